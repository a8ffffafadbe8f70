"""The commands that compare frameworks: over many runs, and in the life of one provider."""

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.commands.answering import answering, carry_out, end
from simulator.commands.asking import RESULTS, crewing_of, opened_for
from simulator.commands.fits import compare_in_fits, in_fit
from simulator.questions.compare.ask import Compare
from simulator.questions.trace.ask import Trace

if TYPE_CHECKING:
    from simulator.questions.compare.comparison import Comparison
    from simulator.running.store import RunFolder


def compare(asked: Compare) -> None:
    """Compare frameworks of inspection on the same providers.

    Prints a sentence for each framework and a table. All results and charts are written to a folder.
    """
    with answering() as consoles:
        from simulator.questions.compare.answer import COMPARISON
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
        if asked.fits and asked.fit is None:
            compare_in_fits(asked, opened, into, consoles)
            return
        question = in_fit(posed(opened.scenario, register=opened.register), asked.fits, asked.fit)
        crewing = replace(crewing_of(asked), engine=asked.engine)
        crewing.opener()

        def ask(folder: "RunFolder") -> "Comparison":
            with batch_folder(folder.unfinished) as batches, progress(consoles.remarks, asked.engine) as told:
                return compare_posed(
                    question,
                    crewing,
                    progress=told,
                    events=asked.events,
                    batches=batches,
                    resume=asked.resume,
                )

        comparison = carry_out(COMPARISON, into, asked, consoles, ask)
        if comparison.failures:
            print_first_failure(comparison, into, consoles.remarks)
        end(COMPARISON.missing(comparison), consoles.remarks)


def trace(asked: Trace) -> None:
    """Show the life of one provider as a diary and a chart.

    True grade, concerns, inspections and judgements in one run, including those of its successors.
    """
    with answering() as consoles:
        from simulator.questions.trace.answer import LIVES
        from simulator.questions.trace.diary import name_of_files
        from simulator.questions.trace.life import Followed, life_of, row_of
        from simulator.render.terminal import announce_compiling
        from simulator.running.question import only, place_of, posed, settings_of

        opened = opened_for(asked, consoles.remarks, inspectors=asked.inspectors)
        question = posed(opened.scenario, register=opened.register)
        if not asked.framework:
            question = only(question, [question.baseline])
        settings, place = settings_of(question), place_of(question, asked.provider)
        row_of(settings[0], place)

        def follow(_: "RunFolder") -> Followed:
            announce_compiling(consoles.remarks)
            return Followed(question, tuple(life_of(setting, place, asked.replication) for setting in settings))

        into = asked.out or RESULTS / name_of_files(place, question.names, asked.replication)
        carry_out(LIVES, into, asked, consoles, follow)
