"""The commands that vary the number of inspectors: the smallest that is enough, and results for each number."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from simulator.commands.answering import Consoles, answering, carry_out, end
from simulator.commands.asking import RESULTS, crewing_of, opened_for
from simulator.commands.fits import asks_many, in_world, worlds_asked
from simulator.questions.frontier.ask import Frontier
from simulator.questions.size.ask import GROWTH, ON_TIME, Size

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console

    from simulator.answers.answer import Answer, Made
    from simulator.questions.frontier.curves import Frontier as Found
    from simulator.running.store import RunFolder

A = TypeVar("A")


def size(asked: Size) -> None:
    """Find the smallest number of inspectors that meets targets.

    For each framework: FTE and cost with their intervals, the result of simple arithmetic, and why they differ.
    The number applies from the day on which the framework takes over.
    """
    with answering() as consoles:
        from simulator.questions.over_fits.levels import size_over_fits
        from simulator.questions.over_fits.levels_answer import SizedOverFits
        from simulator.questions.size.answer import Sized
        from simulator.questions.size.found import Effort
        from simulator.questions.size.search import size as size_posed
        from simulator.render.search_progress import search_progress
        from simulator.running.posts import pool_named
        from simulator.running.question import posed
        from simulator.running.targets import target as read_target

        opened = opened_for(asked, consoles.remarks, replications=asked.replications)
        question = posed(opened.scenario, register=opened.register)
        targets = [read_target(each, question.service_types) for each in dict.fromkeys(asked.target or [ON_TIME])]
        first = opened.scenario.run.replications
        effort = Effort(asked.step, asked.confidence, first, asked.most_replications or GROWTH * first)
        pool = pool_named(opened.scenario, asked.pool)
        into = asked.out or RESULTS / f"{opened.name}-size"
        if asks_many(asked):
            search = partial(size_over_fits, worlds_asked(question, asked), targets, pool, effort)
            _answer(SizedOverFits, search, search_progress, into, asked, consoles)
        else:
            fitted = in_world(question, asked)
            _answer(Sized, partial(size_posed, fitted, targets, pool, effort), search_progress, into, asked, consoles)


def frontier(asked: Frontier) -> None:
    """Show results by number of inspectors under each framework.

    Curves with intervals over the number of inspectors and over cost, and where they cross.
    """
    with answering() as consoles:
        from simulator.questions.frontier.answer import Curves
        from simulator.questions.frontier.curves import numbers_between, trace_frontier
        from simulator.questions.over_fits.levels import frontier_over_fits
        from simulator.questions.over_fits.levels_answer import CurvesOverFits
        from simulator.render.terminal import progress
        from simulator.running.batch_files import batch_folder
        from simulator.running.defaults import frontier_measures
        from simulator.running.posts import pool_named
        from simulator.running.question import posed
        from simulator.running.targets import quantity

        opened = opened_for(asked, consoles.remarks, replications=asked.replications)
        question = posed(opened.scenario, register=opened.register)
        types = question.service_types
        measures = dict.fromkeys(asked.measure or frontier_measures(types))
        quantities = [quantity(measure, types) for measure in measures]
        pool = pool_named(opened.scenario, asked.pool)
        numbers = [float(each) for each in numbers_between(question, pool, asked.first, asked.last, asked.step)]
        into = asked.out or RESULTS / f"{opened.name}-frontier"
        if asks_many(asked):
            search = partial(frontier_over_fits, worlds_asked(question, asked), quantities, pool, numbers)
            _answer(CurvesOverFits, search, progress, into, asked, consoles)
            return

        fitted = in_world(question, asked)

        def ask(folder: "RunFolder") -> "Found":
            with batch_folder(folder.unfinished) as batches, progress(consoles.remarks) as told:
                return trace_frontier(
                    fitted,
                    quantities,
                    pool,
                    numbers,
                    crewing=crewing_of(asked),
                    progress=told,
                    batches=batches,
                    resume=asked.resume,
                )

        end(carry_out(Curves, into, asked, consoles, ask), consoles.remarks)


def _answer(
    made: "Made[A, Answer]",
    search: Callable[..., A],
    shown: "Callable[[Console], AbstractContextManager[object]]",
    into: Path,
    asked: Size | Frontier,
    consoles: Consoles,
) -> None:
    """Carry out a question whose runs are kept in folders of their own, and show how far it is."""

    def ask(folder: "RunFolder") -> A:
        with shown(consoles.remarks) as told:
            return search(crewing=crewing_of(asked), progress=told, folder=folder.unfinished, resume=asked.resume)

    end(carry_out(made, into, asked, consoles, ask), consoles.remarks)
