"""What MkDocs does besides: the notebooks as pages, as they are stored with what they show. Nothing is run.

A page is Markdown: the text as it is, code and printed text in blocks, tables as they show themselves. Pictures become
files of their own, described by the words that the notebook has for them.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

FOLDER = "notebooks"
PICTURE = "image/svg+xml"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each notebook, its pictures, and the page that lists them."""
    folder = Path(config.config_file_path).parent / FOLDER
    listed = (folder / "README.md").read_text(encoding="utf-8")
    files.append(File.generated(config, f"{FOLDER}/index.md", content=linked(listed)))
    for path in sorted(folder.glob("*.ipynb")):
        page, pictures = converted(nbformat.read(path, as_version=4), path.stem)
        files.append(File.generated(config, f"{FOLDER}/{path.stem}.md", content=page))
        for name, picture in pictures.items():
            files.append(File.generated(config, f"{FOLDER}/{name}", content=picture))
    return files


def converted(notebook: Any, name: str) -> tuple[str, dict[str, str]]:
    """Turn a notebook into Markdown and the pictures that it shows, by the names of their files."""
    parts: list[str] = []
    pictures: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(linked(cell.source))
            continue
        parts.append(block(cell.source, "python"))
        for output in cell.outputs:
            data = output.get("data", {})
            if PICTURE in data:
                file = f"{name}-{len(pictures) + 1}.svg"
                pictures[file] = data[PICTURE]
                parts.append(f"![{in_brackets(data['text/plain'])}]({file})")
            elif "text/html" in data:
                parts.append(table(data["text/html"]))
            else:
                parts.append(block(data.get("text/plain", output.get("text", "")), "text"))
    parts.append(f"*Shown as it is stored in `{FOLDER}/{name}.ipynb`; [how to run it](index.md).*")
    return "\n\n".join(parts) + "\n", pictures


def linked(text: str) -> str:
    """Let links lead to the pages of the site in place of files of the repository."""
    return re.sub(r"(\]\([\w-]+)\.ipynb\)", r"\1.md)", text.replace("](../docs/", "](../"))


def block(text: str, language: str) -> str:
    """Put text into a block of code."""
    return f"````{language}\n{text.rstrip()}\n````"


def in_brackets(text: str) -> str:
    """Make text one line that may stand in the brackets of a link."""
    return re.sub(r"([\[\]\\])", r"\\\1", " ".join(text.split()))


def table(shown: str) -> str:
    """Give what a cell shows as HTML a look of the site's, and room to be scrolled to the side."""
    plain = re.sub(r"<style scoped>.*?</style>", "", shown, flags=re.DOTALL)
    plain = re.sub(r"<table[^>]*>", '<table class="shown">', plain).replace("<th></th>", "<td></td>")
    lines = "\n".join(without_blank(plain))
    return f'<div class="output" tabindex="0" role="region" aria-label="What the code shows">\n{lines}\n</div>'


def without_blank(text: str) -> Iterator[str]:
    """Leave out empty lines, which would end a block of HTML."""
    return (line for line in text.splitlines() if line.strip())
