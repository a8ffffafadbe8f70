"""What a calibration is asked: a scenario moved to the years of the records, under the framework of those years."""

from datetime import date, timedelta

from simulator.inputs.messages import InputError, Named
from simulator.inspectorate.framework import load_framework
from simulator.questions.calibrate.records import Records
from simulator.questions.calibrate.trial import Bench, bench_of
from simulator.questions.calibrate.window import Window, within
from simulator.scenario.scenario import Scenario
from simulator.ticks import inspection_year_start


def posed_to(scenario: Scenario, framework: str, records: Records) -> Bench:
    """Set up the trials of a calibration.

    Parameters
    ----------
    scenario
        What is not fitted: closures, complaints, changes of manager, how many providers there are.
    framework
        Name or path of that in force in the years of the records, and in the warm-up before them.
    records
        What the model is to come near to.

    Raises
    ------
    InputError
        If they do not go together.
    """
    loaded = load_framework(framework)
    run = {
        "start": records.start,
        "years": records.years,
        "warm_up_framework": framework,
        "frameworks": [framework],
        "baseline": framework,
    }
    moved = scenario.changed({"run": run, "timeline": []}, "the records")
    if not moved.run.warm_up_years:
        raise InputError(
            "run.warm_up_years: given 0; allowed: 1 or more, so that the records do not begin with a start state that "
            "no inspection has met"
        )
    return bench_of(moved, loaded, records.service_type)


def of_years(records: Records, first: date | None, last: date | None) -> Records:
    """Return the part of records that lies in some of their inspection years.

    Parameters
    ----------
    records
        All there are.
    first
        First day, a 1 April; if left out, that of the records.
    last
        Last day, a 31 March; if left out, that of the records.

    Raises
    ------
    InputError
        If the days are no ends of inspection years that the records cover.
    """
    start, end = records.start, records.until
    begins, after = first or start, last + timedelta(days=1) if last else end
    for option, given, day, allowed in (
        ("from", begins, begins, f"the first day of an inspection year from {start} on"),
        ("until", after - timedelta(days=1), after, f"the last day of one until {end - timedelta(days=1)}"),
    ):
        if day != inspection_year_start(day) or not start <= day <= end:
            raise InputError(Named(option), f": given {given}; allowed: {allowed}")
    if begins >= after:
        raise InputError(
            Named("from"),
            ", ",
            Named("until"),
            f": given {first} and {last}; allowed: at least one whole inspection year",
        )
    if (begins, after) == (start, end):
        return records
    kept = within(records.inspections, start, Window(begins, begins, after))
    return Records(kept, records.service_type, begins)
