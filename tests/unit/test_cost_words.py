"""What a comparison says of money."""

from collections.abc import Callable
from typing import Any

import pytest

from simulator.scenario.scenario import Scenario
from simulator.words.costs import cost_sentences, price_base
from simulator.words.estimates import Estimate, Estimated
from simulator.words.money import about, pounds, pounds_and_range

MakeUp = Callable[..., Estimated]
NAN = float("nan")
UNDEFINED = (NAN, NAN, NAN)
MONEY = {
    "cost_per_year": (17.9e6, 17.8e6, 18e6),
    "posts_cost_per_year": (18_921_600.0, 18_921_600.0, 18_921_600.0),
    "burden_days_per_year": (36_776, 36_700, 36_850),
    "burden_cost_per_year": (6.25e6, 6.2e6, 6.3e6),
    "enforcement_cost_per_year": (0, 0, 0),
    "cost_per_inspection": (3387, 3380, 3394),
    "cost_per_poor_found": (27_902, 27_472, 28_332),
    "posts_cost_per_poor_found": (42_936, 42_000, 43_900),
    "cost_present_value": (150e6, 149e6, 151e6),
    "posts_cost_present_value": (160e6, 160e6, 160e6),
    "enforcement_cost_present_value": (0, 0, 0),
    "burden_cost_present_value": (52e6, 51e6, 53e6),
}
SAME = {"Option A": dict.fromkeys(MONEY, (0, 0, 0))}


def test_posts_frameworks_and_prices_are_told(make_up: MakeUp, england: Scenario) -> None:
    undiscounted = england.changed({"costs": {"discount_rate": 0}}, "a test")
    posts, base, option, amounts, prices = cost_sentences(make_up(SAME, MONEY, scenario=undiscounted))
    assert posts == (
        "Inspectors' posts cost £18.92 million a year under every framework, whether there is work for them or not "
        "(292 full-time equivalents, each 120 days at £540)."
    )
    assert base == (
        "The 2006 regime, a year: inspectors' work £17.90 million (£3,390 an inspection); no enforcement; 36,800 days "
        "of providers' staff, £6.25 million. Each poor home found: £27,900 (£27,500 to £28,300) in work, each poor "
        "provider of any kind £42,900 in posts."
    )
    assert option.startswith("Option A, a year: inspectors' work £17.90 million")
    assert "pounds of 2006-07, without inflation, and nothing is discounted" in amounts
    assert prices.startswith("All prices are assumptions, with ranges to vary in brackets: £540 for an inspector-day")
    assert "£3,000 for a notice (£900 to £9,000)" in prices


def test_a_poor_one_that_nobody_finds_has_no_price(make_up: MakeUp) -> None:
    none = MONEY | {"cost_per_poor_found": UNDEFINED, "posts_cost_per_poor_found": UNDEFINED}
    base = cost_sentences(make_up({}, none))[1]
    assert base.endswith("No poor home is found, so finding one has no price.")


def test_without_limit_posts_have_no_price(make_up: MakeUp) -> None:
    limitless = MONEY | dict.fromkeys(("posts_cost_per_year", "posts_cost_per_poor_found"), UNDEFINED)
    told = cost_sentences(make_up({}, limitless))
    assert told[0].startswith("There is no limit to inspectors")
    assert "in posts" not in " ".join(told)


def test_a_discount_rate_is_said_and_its_values_stand_beside(make_up: MakeUp, england: Scenario) -> None:
    rated = england.changed({"costs": {"discount_rate": 0.035}}, "a test")
    told = cost_sentences(make_up({}, MONEY, scenario=rated))
    assert "and not discounted" in told[2]
    assert told[3] == (
        "Discounted at 3.5% a year, the present value over 10 years is £150.00 million of inspectors' work, £160.00 "
        "million of posts, £0 of enforcement and £52.00 million to providers under the 2006 regime."
    )


def test_a_price_that_is_no_assumption_is_not_called_one(make_up: MakeUp, england: Scenario) -> None:
    evidence = {"costs.cost_per_inspector_day": {"mark": "F", "unit": "pounds", "source": "accounts"}}
    known = england.changed({"costs": {"cost_per_inspector_day": 610}, "evidence": evidence}, "a test")
    prices = cost_sentences(make_up({}, MONEY, scenario=known))[-1]
    assert "Published figure: £610 for an inspector-day." in prices
    assert "Assumption: £170 for a day of a provider's staff" in prices


def test_nothing_is_said_where_costs_were_not_measured(make_up: MakeUp) -> None:
    assert cost_sentences(make_up({"Option A": {}})) == []


def test_the_century_turns(england: Scenario) -> None:
    turned = england.changed({"costs": {"price_year": 1999}}, "a test")
    assert price_base(turned) == "1999-00"


@pytest.mark.parametrize(
    ("value", "told"), [(0, "£0"), (540, "£540"), (27_902, "£27,900"), (-1234, "£−1,230"), (2_434_000, "£2.43 million")]
)
def test_pounds(value: float, told: Any) -> None:
    assert pounds(about(value)) == told


def test_an_interval_that_rounds_away_is_not_told() -> None:
    assert pounds_and_range(Estimate(27_902, 27_901, 27_903)) == "£27,900"
    assert pounds_and_range(Estimate(27_902, NAN, NAN)) == "£27,900"
