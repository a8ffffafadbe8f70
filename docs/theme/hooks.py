"""What MkDocs does besides, when it builds the docs (`make docs`).

The page of commands is made from the commands themselves. Cells of tables carry the heading of their column, so that
a narrow screen can show each row as a list (site.css); long names in them may be parted at their dots and dashes.
"""

import re
from xml.etree.ElementTree import Element, SubElement

import typer.main
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from typer.cli import get_docs_for_click

from simulator.commands.cli import app

HEAD = """\
# Commands

Every command and option, as `inspectsim --help` and `inspectsim COMMAND --help` print them. What is in square brackets
is what holds if an option is left out, or which numbers are allowed.

"""


SEARCH = 'data-md-component="search" role="dialog"'


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the labels of cells to what Markdown does."""
    config.markdown_extensions.append(LabelledTables())
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page of commands."""
    files.append(File.generated(config, "commands.md", content=commands_page()))
    return files


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Name the dialogue of the search, which the theme leaves without a name."""
    return output.replace(SEARCH, f'{SEARCH} aria-label="Search"')


def commands_page() -> str:
    """Write the page of commands in Markdown."""
    command = typer.main.get_command(app)
    made = get_docs_for_click(obj=command, ctx=typer.Context(command), name="inspectsim")
    listed = re.sub(r"\*\*Commands\*\*:\n\n(?:\*.*\n)+", "", made.partition("\n")[2])  # headings list them too
    return HEAD + listed.replace("```console\n$ ", "```text\n")


class LabelledTables(Extension):
    """Markdown whose tables can be read on a narrow screen."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the name that Markdown asks for)
        """Label cells after everything else."""
        md.treeprocessors.register(_Labels(md), "labelled-tables", 1)


class _Labels(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            labels = ["".join(head.itertext()) for head in table.iter("th")]
            for row in table.iter("tr"):
                for label, cell in zip(labels, row.findall("td"), strict=False):
                    cell.set("data-label", label)
            for head in [*table.iter("th")]:
                head.tag = "th" if "".join(head.itertext()).strip() else "td"  # what says nothing heads nothing
            for code in [*table.iter("code")]:
                _part(code)


def _part(code: Element) -> None:
    """Let a long name break behind a dot, an underscore, a dash or a slash."""
    first, *others = re.split(r"(?<=[._/-])(?=\w)", code.text or "")
    code.text = first
    for other in others:
        SubElement(code, "wbr").tail = other
