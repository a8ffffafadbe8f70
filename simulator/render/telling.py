"""The whole of a report as plain data, in the order in which it is read."""

from collections.abc import Sequence

from simulator.answers.document import Block, Document, Heading, Paragraph, Points, Section
from simulator.answers.kept_run import KeptRun
from simulator.answers.run_files import those_there
from simulator.questions.registry import told_of
from simulator.render.asked import course_told, nature, setting_told, warnings_of
from simulator.render.assumed import assumptions, frameworks
from simulator.render.limits import limits
from simulator.render.made import again, files, versions


def document_of(run: KeptRun, names: Sequence[str]) -> Document:
    """Lay out the report of a run; `names` are those of the files in its folder, the report's own among them."""
    told = told_of(run)
    figures = told.figures(run)
    pictures = [Section("charts", "Charts", tuple(figures))] if figures else []
    return Document(
        title=told.title,
        subtitle=run.scenario.title,
        synthetic=nature(run),
        version=str(run.manifest["inspectsim"]),
        sections=(
            Section("question", "The question", (Paragraph(told.question(run)), setting_told(run), *course_told(run))),
            Section("answer", "The answer", answer_blocks(run)),
            *pictures,
            *told.sections(run),
            limits(run),
            frameworks(run),
            assumptions(run),
            again(run, told.command(run)),
            files(those_there(dict(told.files), list(names))),
            versions(run),
        ),
    )


def answer_blocks(run: KeptRun) -> tuple[Block, ...]:
    """Return the answer in sentences, what it rests on, and what is missing."""
    return (
        *warnings_of(run),
        *(Paragraph(each) for each in run.answer.told),
        Heading("Basis of the answer"),
        Points((*run.answer.rests_on, *run.answer.known)),
    )
