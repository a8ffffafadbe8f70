"""Whether a set of fits covers what made the records, as often as it says.

Records are made by the simulator itself, from mechanisms that are known, and fitted to as if they were a department's.
Done many times over, the interval of a mechanism, which holds nine in ten of the fits, should hold the true value about
nine times in ten (simulation-based calibration; Talts and others, *Validating Bayesian inference algorithms with
simulation-based calibration*, 2018). The true values are those of fits of a shipped set, so that the records made are
like those that there are; the chances by which they are made are met by no run of the search.

``python -m docs.generators.coverage`` does it and writes the table that docs/validation.md shows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.engine.run import simulate
from simulator.inputs.shipped import folder as shipped_folder
from simulator.questions.calibrate.choosing import TELLING
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.fits import INSIDE, SHIPPED, interval, load_fits
from simulator.questions.calibrate.fitting import Fitted, fit
from simulator.questions.calibrate.implied import IMPLIED
from simulator.questions.calibrate.mechanisms import MECHANISMS
from simulator.questions.calibrate.profile import tried_often
from simulator.questions.calibrate.records import Inspections, Records, year_starts
from simulator.questions.calibrate.search import Space
from simulator.questions.calibrate.trial import Bench, inspections_of, setting_at

if TYPE_CHECKING:
    import pandas as pd

Fit = dict[str, float]

MADE_IN: Final = 900_001
"""The first replication of those in which records are made."""
COVERAGE: Final = "coverage.csv"
"""The table beside the shipped sets."""
WITHIN: Final = "within_tolerance"
"""Whether the true values would belong to the set themselves."""


class Covered(NamedTuple):
    """One number of one lot of records: what made them, and what the set of fits says."""

    lot: int
    name: str
    true: float
    low: float
    high: float
    fits: int
    """Fits in the set."""

    @property
    def inside(self) -> bool:
        """Whether the interval of the set holds the true value."""
        return self.low <= self.true <= self.high

    @property
    def expected(self) -> float:
        """How often it would, were the true value one draw more of those that the fits are: less in a small set."""
        return 1.0 if self.name == WITHIN else max(INSIDE * (self.fits - 1) / (self.fits + 1), 0.0)


def years_without_records(service_type: str, start: date, years: int) -> Records:
    """Return records of some years in which nobody was inspected: what a bench is posed to before there are any."""
    nothing = np.zeros(0, dtype=np.int64)
    nobody = Inspections(nothing, nothing, nothing, nothing, nothing, year_starts(start, years))
    return Records(nobody, service_type, start)


def made_records(bench: Bench, true: Fit, lot: int, directions: bool = False) -> Records:
    """Make records from mechanisms that are known; without what interim visits said, unless asked for."""
    run = bench.scenario.run
    seen = inspections_of(simulate(setting_at(bench, true), MADE_IN + lot), bench.service_type, run.years)
    if not directions:
        seen = seen._replace(direction=np.zeros_like(seen.direction))
    return Records(seen, bench.service_type, run.start)


def covered(
    bench: Bench,
    truths: Sequence[Fit],
    effort: Effort,
    workers: int = 1,
    tell: Callable[[str], None] = lambda _: None,
    known: Sequence[str] = (),
) -> Iterator[Covered]:
    """Fit to one lot of records after the other; yield of each what the set of fits says of every number.

    Mechanisms that are `known`, by name, are held at their true values.
    """
    for lot, true in enumerate(truths):
        held = {name: true[name] for name in known}
        fitted = fit(made_records(bench, true, lot), bench, effort, lot + 1, workers, held=held)
        found = list(_of_lot(fitted, true, lot))
        inside = sum(number.inside for number in found)
        tell(
            f"Records {lot + 1} of {len(truths)}: {len(fitted.fits)} fits, {inside} of {len(found)} true values inside"
        )
        yield from found


def _of_lot(fitted: Fitted, true: Fit, lot: int) -> Iterator[Covered]:
    number = len(fitted.fits)
    for mechanism in fitted.mechanisms:
        name = mechanism.name
        yield Covered(lot, name, true[name], *interval([fit[name] for fit in fitted.fits]), number)
    space = Space(fitted.bench, fitted.mechanisms, {}, fitted.target, fitted.records.inspections.providers)
    tried = tried_often(space, [true], TELLING, fitted.effort.told_replications)
    for name in IMPLIED:
        yield Covered(lot, name, tried.implied[0][name], *interval([beside[name] for beside in fitted.implied]), number)
    far = float(tried.distances(fitted.target)[0])
    yield Covered(lot, WITHIN, far, 0.0, fitted.goodness[0].distance + fitted.tolerance, number)


def effort_of(factor: float) -> Effort:
    """Return an effort for many calibrations: a shorter search, but a set large enough for its ends to be told."""
    return replace(
        Effort().times(factor),
        descents=3,
        descent_steps=5,
        descent_replications=8,
        candidates=40,
        drawn_steps=3,
        drawn_replications=3,
        candidate_replications=2,
        finals=8,
        final_replications=8,
        told=64,
        told_replications=6,
    )


def coverage_frame(found: Sequence[Covered], homes: int, effort: Effort) -> "pd.DataFrame":
    """Return how often each number was covered, and how wide the intervals were.

    The width is that over the space searched for a mechanism, that over the true value for what follows from them.
    """
    import pandas as pd

    searched = {mechanism.name: mechanism for mechanism in MECHANISMS}
    rows = []
    for name in dict.fromkeys(number.name for number in found):
        of_name = [number for number in found if number.name == name]
        widths = [
            searched[name].place_of(number.high) - searched[name].place_of(number.low)
            if name in searched
            else (number.high - number.low) / number.true
            for number in of_name
        ]
        inside = sum(number.inside for number in of_name)
        rows.append(
            {
                "name": name,
                "times": len(of_name),
                "inside": inside,
                "share": inside / len(of_name),
                "expected": float(np.mean([number.expected for number in of_name])),
                "width": float(np.mean(widths)) if name != WITHIN else float("nan"),
                "homes": homes,
                "runs": effort.runs,
                "mechanisms": len({number.name for number in found} & searched.keys()),
            }
        )
    return pd.DataFrame(rows)


def read_coverage() -> "pd.DataFrame":
    """Read the table that is shipped with the sets of fits."""
    import pandas as pd

    return pd.read_csv(shipped_folder() / SHIPPED / COVERAGE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit to made records many times over, and write how often the sets cover what made them."""
    from argparse import ArgumentParser

    from simulator.questions.calibrate.posing import posed_to
    from simulator.questions.over_fits.worlds import spread_out
    from simulator.scenario.scenario import load_scenario

    parser = ArgumentParser(description=main.__doc__)
    parser.add_argument("--fits", default="homes-2014-2017", help="set whose fits make the records")
    parser.add_argument("--scenario", default="homes-2014-2017", help="what is not fitted")
    parser.add_argument("--framework", default="childrens-homes-2014", help="in force in the years of the records")
    parser.add_argument("--times", type=int, default=20, help="lots of records")
    parser.add_argument("--homes", type=int, default=1900, help="providers in each")
    parser.add_argument("--effort", type=float, default=0.5, help="of each calibration")
    parser.add_argument("--known", default="", metavar="NAMES", help="mechanisms held at their true values, by commas")
    parser.add_argument("--workers", type=int, default=1, help="runs at a time")
    parser.add_argument("--out", type=Path, help="file to write; beside the shipped sets if left out")
    given = parser.parse_args(arguments)
    fits = load_fits(given.fits)
    few = {"population": {"types": {fits.service_type: {"count": given.homes}}}}
    scenario = load_scenario(given.scenario).changed(few, "the command line")
    asked = years_without_records(fits.service_type, scenario.run.start, scenario.run.years)
    bench = posed_to(scenario, given.framework, asked)
    truths = [fits.fits[place - 1] for place in spread_out(len(fits.fits), given.times)]
    effort = effort_of(given.effort)
    known = [name for name in given.known.split(",") if name]
    out = given.out or shipped_folder() / SHIPPED / COVERAGE
    found: list[Covered] = []
    for number in covered(bench, truths, effort, given.workers, lambda said: print(said, flush=True), known):
        found.append(number)
        if number.name == WITHIN:  # the last of its lot
            table = coverage_frame(found, given.homes, effort)
            table.to_csv(out, index=False, float_format="%.4g", lineterminator="\n")


if __name__ == "__main__":
    main()
