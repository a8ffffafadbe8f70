"""The commands that compare frameworks: over many runs, and in the life of one provider."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands.answering import Consoles, answering, carry_out, end
from simulator.commands.asking import RESULTS, crewing_of, opened_for
from simulator.commands.fits import asks_many, in_world
from simulator.questions.compare.ask import Compare
from simulator.questions.trace.ask import Trace

if TYPE_CHECKING:
    from simulator.questions.compare.comparison import Comparison
    from simulator.questions.over_fits.comparison import OverFits
    from simulator.running.crews import Crewing
    from simulator.running.run_folder import Opened
    from simulator.running.store import RunFolder


def compare(asked: Compare) -> None:
    """Compare frameworks of inspection on the same providers.

    Prints a sentence for each framework and a table. All results and charts are written to a folder.
    """
    with answering() as consoles:
        from simulator.questions.compare.answer import Compared
        from simulator.questions.compare.comparison import compare_posed
        from simulator.questions.compare.console import print_first_failure
        from simulator.render.terminal import progress
        from simulator.running.batch_files import batch_folder
        from simulator.running.question import posed

        opened = opened_for(
            asked,
            consoles.remarks,
            replications=asked.replications,
            precision=asked.precision,
            most_replications=asked.most_replications,
            inspectors=asked.inspectors,
            yardsticks=asked.yardsticks,
        )
        into = asked.out or RESULTS / opened.name
        crewing = replace(crewing_of(asked), engine=asked.engine)
        if asks_many(asked):
            _compare_in_fits(asked, opened, crewing, into, consoles)
            return
        question = in_world(posed(opened.scenario, register=opened.register), asked)
        crewing.opener()

        def compare_all(folder: "RunFolder") -> "Comparison":
            with batch_folder(folder.unfinished) as batches, progress(consoles.remarks, asked.engine) as told:
                return compare_posed(
                    question,
                    crewing,
                    progress=told,
                    events=asked.events,
                    batches=batches,
                    resume=asked.resume,
                )

        answer = carry_out(Compared, into, asked, consoles, compare_all)
        if answer.missing.failed:
            print_first_failure(answer.comparison, into, consoles.remarks)
        end(answer, consoles.remarks)


def _compare_in_fits(asked: Compare, opened: "Opened", crewing: "Crewing", into: Path, consoles: Consoles) -> None:
    """Compare under every fit of a set, and report how answers spread over them."""
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.comparison import MOST_COMPARED, over_fits
    from simulator.questions.over_fits.comparison_answer import ComparedOverFits
    from simulator.render.terminal import progress

    fits = load_fits(asked.fits or "")

    def compare_all(folder: "RunFolder") -> "OverFits":
        with progress(consoles.remarks, asked.engine) as told:
            return over_fits(
                opened.scenario,
                fits,
                register=opened.register,
                crewing=crewing,
                progress=told,
                events=asked.events,
                folder=folder.unfinished,
                resume=asked.resume,
                most=asked.most_fits or MOST_COMPARED,
            )

    end(carry_out(ComparedOverFits, into, asked, consoles, compare_all), consoles.remarks)


def trace(asked: Trace) -> None:
    """Show the life of one provider as a diary and a chart.

    True grade, concerns, inspections and judgements in one run, including those of its successors.
    """
    with answering() as consoles:
        from simulator.questions.trace.answer import Lives
        from simulator.questions.trace.diary import name_of_files
        from simulator.questions.trace.life import Followed, life_of, row_of
        from simulator.render.terminal import announce_compiling
        from simulator.running.question import only, place_of, posed, settings_of

        opened = opened_for(asked, consoles.remarks, inspectors=asked.inspectors)
        question = in_world(posed(opened.scenario, register=opened.register), asked)
        if not asked.framework:
            question = only(question, [question.baseline])
        settings, place = settings_of(question), place_of(question, asked.provider)
        row_of(settings[0], place)

        def follow(_: "RunFolder") -> Followed:
            announce_compiling(consoles.remarks)
            return Followed(question, tuple(life_of(setting, place, asked.replication) for setting in settings))

        into = asked.out or RESULTS / name_of_files(place, question.names, asked.replication)
        carry_out(Lives, into, asked, consoles, follow)
