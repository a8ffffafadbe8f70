"""How sure a comparison is: what it hangs on, what is assumed, and what chance does."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from simulator.inputs.evidence import counted_assumptions
from simulator.questions.compare.in_worlds import worlds_told
from simulator.questions.compare.precision_words import missed_told
from simulator.questions.compare.trouble import busy_told
from simulator.questions.compare.varied import order_told
from simulator.scenario.scenario import Scenario
from simulator.words.estimates import Estimates, others, subject_of
from simulator.words.wording import counted, figure, joined, named

if TYPE_CHECKING:
    from simulator.questions.compare.comparison import Comparison

_DAYS: Final = "days_unfound_mean"


def doubts(compared: "Comparison") -> Iterator[str]:
    """Return the sentences, the weightiest first."""
    yield from busy_told(compared)
    yield from _hangs_on(compared)
    yield assumed_told(compared.scenario)
    yield from missed_told(compared)
    yield from _chance(compared)


def assumed_told(scenario: Scenario) -> str:
    """Report how many numbers of a scenario are made up."""
    assumed, of = counted_assumptions(scenario.settings(), scenario.evidence)
    return (
        f"{assumed:,} of the {counted(of, 'number')} of the scenario are our assumptions, without a published source. "
        "The report lists each, with the range to vary it over."
    )


def _hangs_on(compared: "Comparison") -> Iterator[str]:
    """Report what the order of the options depends on."""
    varied = [*order_told(compared), *worlds_told(compared)]
    if varied:
        yield from varied
        return
    options = [named(compared.titles[name]) for name in others(compared)]
    if options:
        yield (
            f"Which of {joined([named(compared.titles[compared.baseline]), *options])} does better depends on the "
            "assumptions. Vary them (inspectsim sensitivity) before you rely on the order."
        )


def _chance(compared: "Comparison") -> Iterator[str]:
    """Report how far chance alone moves the days unfound."""
    replications = compared.finished
    if replications == 1:
        yield "One replication gives no interval: any difference may be chance."
        return
    estimates, subject = Estimates(compared), subject_of(compared)
    levels = [estimates.level(name, subject, _DAYS) for name in compared.titles]
    halves = [(level.high - level.low) / 2 for level in levels if level.has_interval]
    if halves:
        yield (
            f"Chance moves the days unfound by at most ±{figure(max(halves))} over {replications} replications. Wrong "
            "assumptions can move every number more than that."
        )
