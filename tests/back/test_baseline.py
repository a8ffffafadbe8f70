"""What the shipped England comes to stays as it was stored, until somebody moves it on purpose.

Stored are the means of headline measures over a few replications. Where results moved on purpose, store them anew
by `make baseline`, and say in CHANGELOG.md which moved and why.
"""

import json
import math
from pathlib import Path

import pytest

from simulator.questions.compare.comparison import compare
from simulator.scenario.scenario import load_scenario

BASELINE = Path(__file__).with_name("baseline.json")
REPLICATIONS = 4
SERVICES = ("childrens_home", "all")
FLOORS = {
    "inspections_per_year": 1,
    "inspector_days_per_year": 5,
    "utilisation": 0.002,
    "on_time_share": 0.002,
    "days_overdue_mean": 0.1,
    "providers_past_duty": 1,
    "backlog_mean": 1,
    "poor_episodes_per_year": 1,
    "detected_within_90_days": 0.002,
    "detected_within_365_days": 0.002,
    "days_unfound_mean": 0.5,
    "days_to_detection_mean": 0.5,
    "never_detected_share": 0.002,
    "undetected_poor_provider_years": 0.5,
    "child_years_undetected": 5,
    "false_alarm_share": 0.002,
}
"""The measures stored, each with the difference that is none, however small the value."""
TOLERANCE = 0.01
"""Share of a value that is no difference either: other machines and versions may round otherwise."""

Values = dict[str, dict[str, dict[str, float]]]
"""Means by framework, service type and measure."""


def measured() -> Values:
    """Run the shipped England and take the means of the headline measures."""
    england = load_scenario("england-2006").changed({"run": {"replications": REPLICATIONS}}, "the stored baseline")
    summary = compare(england).summary.set_index(["framework", "service_type", "measure"])["mean"]
    return {
        framework: {
            service: {measure: float(f"{summary[framework, service, measure]:.6g}") for measure in FLOORS}
            for service in SERVICES
        }
        for framework in england.run.frameworks
    }


def store() -> None:
    """Store what comes out now."""
    BASELINE.write_text(json.dumps(measured(), indent=2) + "\n", encoding="utf-8")


def moved(stored: Values, now: Values) -> list[str]:
    """Name the measures that are not what they were."""
    return [
        f"{framework}, {service}: {measure} was {was:g} and is {is_:g}"
        for framework, services in stored.items()
        for service, measures in services.items()
        for measure, was in measures.items()
        for is_ in [now[framework][service][measure]]
        if not math.isclose(was, is_, rel_tol=TOLERANCE, abs_tol=FLOORS[measure])
    ]


def test_results_are_those_stored() -> None:
    stored, now = json.loads(BASELINE.read_text(encoding="utf-8")), measured()
    assert {name: list(each) for name, each in stored.items()} == {name: list(each) for name, each in now.items()}
    found = moved(stored, now)
    assert not found, "\n".join(
        [
            *found,
            "If results moved on purpose, say which and why in CHANGELOG.md, and store them anew: make baseline",
        ]
    )


@pytest.mark.parametrize(("factor", "notices"), [(1.0, False), (1.005, False), (1.05, True)])
def test_a_move_is_noticed(factor: float, notices: bool) -> None:
    stored = {"2006-regime": {"all": dict.fromkeys(FLOORS, 1000.0)}}
    now = {"2006-regime": {"all": dict.fromkeys(FLOORS, factor * 1000)}}
    assert bool(moved(stored, now)) == notices


if __name__ == "__main__":
    store()
