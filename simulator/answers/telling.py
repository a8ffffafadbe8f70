"""The whole of a report as plain data, in the order in which it is read."""

from collections.abc import Sequence

from simulator.answers.asked import course_told, nature, setting_told, warnings_of
from simulator.answers.assumed import assumptions, frameworks
from simulator.answers.files import those_there
from simulator.answers.kept_run import KeptRun
from simulator.answers.kind import Kind
from simulator.answers.limits import limits
from simulator.answers.made import again, files, versions
from simulator.render.document import Block, Document, Heading, Paragraph, Points, Section
from simulator.render.verdict import blocks_of


def document_of(run: KeptRun, kind: Kind, names: Sequence[str]) -> Document:
    """Return the report of a run; `names` are those of the files in its folder, the report's own among them."""
    figures = kind.figures(run)
    pictures = [Section("charts", "Charts", tuple(figures))] if figures else []
    return Document(
        title=kind.title,
        subtitle=run.scenario.title,
        synthetic=nature(run),
        version=str(run.manifest["inspectsim"]),
        sections=(
            Section("verdict", run.verdict.title, (*warnings_of(run), *blocks_of(run.verdict))),
            Section("question", "The question", (Paragraph(kind.question(run)), setting_told(run), *course_told(run))),
            Section("answer", "The answer", _answer_blocks(run)),
            *pictures,
            *kind.sections(run),
            limits(run),
            frameworks(run),
            assumptions(run),
            again(run, kind.command(run), kind.needs),
            files(those_there(kind.holds, names)),
            versions(run),
        ),
    )


def _answer_blocks(run: KeptRun) -> tuple[Block, ...]:
    """Return the answer in sentences, its caveats, and what is missing."""
    return (
        *(Paragraph(sentence) for sentence in run.answer.told),
        Heading("Basis of the answer"),
        Points((*run.answer.rests_on, *run.answer.known)),
    )
