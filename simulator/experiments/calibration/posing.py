"""What a calibration is asked: a scenario moved to the years of the records, under the framework of those years."""

from simulator.experiments.calibration.records import Records
from simulator.experiments.calibration.trial import Bench, bench_of
from simulator.inspectorate.framework import load_framework
from simulator.messages import InputError
from simulator.scenario import Scenario


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
