"""How many replications, as given on the command line: a precision, and the most that it may take."""

from typing import Any, Final

from simulator.inputs.messages import InputError, Named
from simulator.measures.names import HEADLINES
from simulator.running.options import SOURCE
from simulator.scenario.replications import FEWEST, UntilPrecise
from simulator.scenario.scenario import Scenario

_GROWTH: Final = 10
"""Times the least replications at most, where the scenario says nothing of it."""

_Table = dict[str, Any]


def with_precision(
    scenario: Scenario, *, replications: int | None = None, precision: float | None = None, most: int | None = None
) -> Scenario:
    """Return the scenario with a precision asked for in place of its own, or of a number of replications.

    Parameters
    ----------
    scenario
        As its file has it.
    replications
        As given besides: a number is exactly so many, and goes with neither of the others.
    precision
        Of every headline difference, as a share of the level.
    most
        Replications after which it ends in any case; fewer than the scenario's least are the least then.

    Raises
    ------
    InputError
        If one of them cannot be used.
    """
    if precision is None and most is None:
        return scenario
    _check(scenario, replications, precision, most)
    until = scenario.run.until
    table = _table(until) if until else _begun_with(scenario.run.replications)
    if precision is not None:
        table["precision"] = {name: {"relative": precision} for name in table["precision"]}
    if most is not None:
        table |= {"most": most, "least": min(table["least"], most)}
    return scenario.changed({"run": {"replications": table}}, SOURCE)


def _table(until: UntilPrecise) -> _Table:
    return until.model_dump(exclude_none=True)


def _begun_with(replications: int) -> _Table:
    least = max(replications, FEWEST)
    return {"least": least, "most": _GROWTH * least, "precision": dict.fromkeys(HEADLINES)}


def _check(scenario: Scenario, replications: int | None, precision: float | None, most: int | None) -> None:
    if replications is not None:
        given = Named("precision" if precision is not None else "most-replications")
        raise InputError(
            Named("replications"),
            f" {replications} sets an exact number, and ",
            given,
            " a precision to reach. Use one or the other",
        )
    if precision is None and scenario.run.until is None:
        raise InputError(
            Named("most-replications"),
            f" {most}: the scenario sets exactly {scenario.run.replications} replications, and no precision. Add ",
            Named("precision"),
            ", such as ",
            Named("precision"),
            " 0.01, or use ",
            Named("replications"),
        )
    if precision is not None and not 0 < precision < 1:
        raise InputError(
            Named("precision"),
            f": given {precision:g}; allowed: a fraction of the level, more than 0 and less than 1, such "
            "as 0.01 for 1%",
        )
    if most is not None and most < FEWEST:
        raise InputError(Named("most-replications"), f": given {most}; allowed: {FEWEST} or more")
