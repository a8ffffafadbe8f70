"""The whole of a report as plain data, in the order in which it is read.

Page one can be read alone. Charts, the limits of the model and the assumptions that decide come next. All else is
annex.
"""

from collections.abc import Sequence

from simulator.answers.asked import course_told, nature, setting_told, warnings_of
from simulator.answers.assumed import assumptions, frameworks
from simulator.answers.files import those_there
from simulator.answers.kept_run import KeptRun
from simulator.answers.kind import Kind
from simulator.answers.limits import limits
from simulator.answers.made import again, files, versions
from simulator.render.document import Block, Document, Figure, Heading, Paragraph, Points, Section
from simulator.render.verdict import DOUBTS, blocks_of


def document_of(run: KeptRun, kind: Kind, names: Sequence[str]) -> Document:
    """Return the report of a run; `names` are those of the files in its folder, the report's own among them."""
    figures = kind.figures(run)
    return Document(
        title=kind.title,
        subtitle=run.scenario.title,
        synthetic=nature(run),
        version=str(run.manifest["inspectsim"]),
        front=front_of(run, figures[:1]),
        sections=(*_left_out(run), *_charts(figures[1:]), limits(run), *kind.deciding(run)),
        annex=(
            Section("question", "The question", (Paragraph(kind.question(run)), setting_told(run), *course_told(run))),
            Section("answer", "The answer", _answer_blocks(run)),
            *kind.sections(run),
            *_numbers(figures),
            frameworks(run),
            assumptions(run),
            again(run, kind.command(run), kind.needs),
            files(those_there(kind.holds, names)),
            versions(run),
        ),
    )


def front_of(run: KeptRun, pictures: Sequence[Figure]) -> Section:
    """Return page one: runs that are missing, then the verdict with its picture."""
    return Section("verdict", run.verdict.title, (*warnings_of(run), *blocks_of(run.verdict, pictures)))


def _left_out(run: KeptRun) -> list[Section]:
    """Return what page one has no room for: a sentence on each option, and further doubts."""
    verdict = run.verdict
    more = verdict.doubts[DOUBTS:]
    doubted = (Heading("Further doubts"), Points(more)) if more else ()
    blocks = (*map(Paragraph, verdict.repeats), *doubted)
    title = "Each option in a sentence" if verdict.repeats else "Further doubts"
    return [Section("options", title, blocks)] if blocks else []


def _charts(figures: Sequence[Figure]) -> list[Section]:
    """Return the charts that are not on page one."""
    return [Section("charts", "Charts", tuple(figures))] if figures else []


def _numbers(figures: Sequence[Figure]) -> list[Section]:
    """Return the numbers of all charts."""
    tables = tuple(figure.table for figure in figures)
    return [Section("numbers", "Numbers of the charts", tables)] if tables else []


def _answer_blocks(run: KeptRun) -> tuple[Block, ...]:
    """Return the answer in sentences, its caveats, and what is missing."""
    return (
        *(Paragraph(sentence) for sentence in run.answer.told),
        Heading("Basis of the answer"),
        Points((*run.answer.rests_on, *run.answer.known)),
    )
