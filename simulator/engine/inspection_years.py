"""The inspection year, from 1 April to 31 March, in which a moment falls."""

from simulator.compiling import compiled
from simulator.engine.state import State
from simulator.inspectorate.planner import year_of
from simulator.ticks import MONTHS


@compiled
def start_of_year(state: State, time: int) -> int:
    """Return the tick at which the year of `time` begins."""
    return int(state.month_starts[MONTHS * year_of(state.month_starts, time)])


@compiled
def end_of_year(state: State, time: int) -> int:
    """Return the tick at which the year of `time` ends."""
    return int(state.month_starts[MONTHS * (year_of(state.month_starts, time) + 1)])


@compiled
def end_of_next_year(state: State, time: int) -> int:
    """Return the tick at which the year after that of `time` ends."""
    return int(state.month_starts[MONTHS * (year_of(state.month_starts, time) + 2)])


@compiled
def takes_over_within_year(state: State, time: int) -> bool:
    """Report whether a framework takes over now, and not as a year begins."""
    return bool(state.now[0].took_over == time and time != start_of_year(state, time))
