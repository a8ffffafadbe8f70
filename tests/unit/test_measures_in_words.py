"""Every measure in every sentence that can name any measure: whole sentences, whoever has less or more of it."""

import re
from collections.abc import Iterator
from string import Formatter
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest

from simulator.answers.kind import Kind
from simulator.answers.spread import Spread
from simulator.inspectorate.titles import Title
from simulator.measures.bands import Band
from simulator.measures.names import ALL_SERVICES, BESIDE_SIZE, HEADLINES, HELPED, KEY, MEASURES, Measure
from simulator.questions.compare.answer import Compared
from simulator.questions.compare.precision_words import pairing_sentences, precision_sentences
from simulator.questions.frontier.answer import Curves
from simulator.questions.frontier.chart import without_brackets
from simulator.questions.frontier.curves import Pair
from simulator.questions.frontier.words import frontier_sentences
from simulator.questions.over_fits.spreading import spread_over
from simulator.questions.over_fits.words import told_of
from simulator.questions.sensitivity.words import answer_told, swing_told
from simulator.questions.size.found import Point
from simulator.questions.size.monotone import Harm
from simulator.questions.size.words import order_remarks, sizing_sentences
from simulator.running.precision import Known
from simulator.running.targets import Quantity, Standing, Target, Verdict
from simulator.running.worlds import FITS, PLAUSIBLE, Sort
from simulator.statistics.crossings import Course, Crossing
from simulator.statistics.crossings_by_cost import CourseByCost
from simulator.statistics.verdicts import Share, Standings
from simulator.words.quantities import does

TITLES: Final = {"a": "Option A", "p": Title("2012 proportional cycles", is_plural=True), "n": "Mine"}
WHOSE: Final = ("childrens_home", "fe_college", ALL_SERVICES)
NUMBERS: Final = (2.0, 4.0, 6.0)
PLURALS: Final = {
    "asks": "ask",
    "costs": "cost",
    "deregisters": "deregister",
    "ends": "end",
    "finds": "find",
    "gives": "give",
    "inspects": "inspect",
    "keeps": "keep",
    "leaves": "leave",
    "lets": "let",
    "makes": "make",
    "raises": "raise",
    "sees": "see",
    "spends": "spend",
    "takes": "take",
    "tells": "tell",
    "uses": "use",
    "visits": "visit",
}
"""Every verb of a measure, with what it is behind a plural."""
COMPARATIVES: Final = {
    "a shorter time": "a longer time",
    "at less cost": "at more cost",
    "cheaper": "more expensive",
    "fewer": "more",
    "for less time": "for longer",
    "less": "more",
    "less often": "more often",
    "less well": "better",
    "sooner": "later",
}
"""Every word for less, with that for more."""
NOBODYS: Final = {
    "backlog_at_end",
    "backlog_growth_per_year",
    "backlog_mean",
    "late_share",
    "on_time_share",
    "posts_cost_per_year",
    "posts_cost_present_value",
}
"""Measures whose words name no providers: they are of all inspectors, or told of one framework's inspections."""

each_measure = pytest.mark.parametrize("measure", MEASURES, ids=[measure.name for measure in MEASURES])


def band(*means: float) -> Band:
    mean = np.array(means)
    return Band(mean, mean - 0.5, mean + 0.5)


def courses() -> Iterator[Course]:
    """Clear everywhere, here and there, at one number, and nowhere; crossing once, and there and back."""
    for signs in ((-1, -1, -1), (1, 1, 1), (0, 1, 1), (0, 0, -1), (0, 0, 0)):
        yield Course(band(*signs), np.array(signs), ())
    once, back = Crossing(3.0, 2.5, 3.5, -1), Crossing(5.0, 4.5, 5.5, 1)
    yield Course(band(-1, 1, 1), np.array((-1, 1, 1)), (once,))
    yield Course(band(-1, 1, -1), np.array((-1, 1, -1)), (once, back))


def of_a_frontier(quantity: Quantity) -> Iterator[str]:
    for course in courses():
        for framework, other in (("a", "p"), ("p", "n")):
            by_cost = CourseByCost(np.array((2e6, 4e6, 6e6)), course)
            pairs = [Pair(framework, other, quantity, course, each) for each in (by_cost, None)]
            frontier: Any = SimpleNamespace(question=SimpleNamespace(titles=TITLES), numbers=NUMBERS, pairs=pairs)
            told = frontier_sentences(frontier)
            yield from told
            yield f"{without_brackets(told[0])}."


def of_plausible_worlds(quantity: Quantity) -> Iterator[str]:
    if quantity.of.better is None:
        return  # nobody can win by it, and it is refused
    for shares in ((50, 8, 4, 2), (8, 50, 4, 2), (30, 30, 4, 0), (0, 0, 64, 0), (0, 0, 0, 64)):
        by_verdict = {
            name: Share(count, count / 64, max(count / 64 - 0.1, 0), min(count / 64 + 0.1, 1))
            for name, count in zip(("better", "worse", "undecided", "same"), shares, strict=True)
        }
        for frameworks in (("a", "p"), ("p", "a")):
            found: Any = SimpleNamespace(
                question=SimpleNamespace(titles=TITLES),
                frameworks=frameworks,
                standings=Standings(np.zeros(0), (), by_verdict, 0.0),  # type: ignore[arg-type]
                quantity=quantity,
                sign=1 if quantity.of.better == "higher" else -1,
            )
            yield answer_told(found)
            yield swing_told(swinging(found))


def swinging(found: Any) -> Any:
    speed = SimpleNamespace(key="quality.speed", alike=False)
    at_ends = [Band(np.array(mean), np.array(mean - 0.25), np.array(mean + 0.25)) for mean in (-0.5, 0.5)]
    ends = [SimpleNamespace(assumption=speed, end=float(end), difference=at) for end, at in enumerate(at_ends)]
    swings = SimpleNamespace(swings=ends, given=at_ends[1], width=lambda _: 1.0)
    return SimpleNamespace(**vars(found), swings=swings, singly=[speed])


def of_a_size(quantity: Quantity) -> Iterator[str]:
    if quantity.measure not in HELPED:
        return  # more inspectors are no way to reach it, and it is refused
    wanted = Target(quantity, HELPED[quantity.measure], 0.5)
    standings: tuple[Standing, ...] = ("undefined", "missed", "unclear")
    for standing in standings:
        point = Point(np.inf, (Verdict(0.25, 0.2, 0.3, 4, standing),), 4, 1.0, 1.0)
        sized: Any = SimpleNamespace(
            framework="p",
            fte=None,
            without_limit=point,
            disordered=(2.0, 4.0),
            harms=(Harm(wanted, 2.0, np.inf, 0.125),),
        )
        sizing: Any = SimpleNamespace(
            question=SimpleNamespace(titles=TITLES),
            targets=(wanted,),
            effort=SimpleNamespace(step=1.0),
            sized=(sized,),
            next=None,
        )
        yield from sizing_sentences(sizing)
        yield from order_remarks(sizing, sized)


def of_a_precision(quantity: Quantity) -> Iterator[str]:
    known = [
        Known("p", "a", quantity.service_type, quantity.measure, 1.0, *rest)
        for rest in ((0.5, 0.25, 20), (np.nan, 0.25, 1), (0.125, 0.25, 20), (np.nan, np.nan, 0))
    ]
    for told in (known, known[2:], known[3:]):
        yield from precision_sentences(told, TITLES, "After 20 replications", most=True)
    for needed in (10, 400):
        row = {"service_type": quantity.service_type, "measure": quantity.measure, "gain": 2.5}
        pairing = pd.DataFrame([row | {"replications_independent": needed, "replications": 20}])
        yield from pairing_sentences(pairing, quantity.service_type, [quantity.measure])


def broken(sentence: str) -> list[str]:
    """Name what is wrong with the form of a sentence, and its words that no English sentence has."""
    rules = {
        "begins small": not re.match(r"[A-Z]", sentence),
        "has no full stop": not sentence.endswith("."),
        "has a place that was not filled": re.search(r"[{}]", sentence),
        "has spaces or marks astray": re.search(r"  | [,.;:)]|\( |\(\)|,,|\.\.|,\.|,;", sentence),
        "has a value that is none": re.search(r"\b(nan|None|inf)\b", sentence),
        "has a word cut short": re.search(r"\b(ha|i|doe)\b", sentence),
        "counts one as several": re.search(r"\b(all 1|1 \w+ \w+s) ", sentence),
        "says a word twice": re.search(r"\b(\w+) \1\b", sentence),
    }
    return [what for what, found in rules.items() if found]


@each_measure
@pytest.mark.parametrize("service_type", WHOSE)
def test_every_sentence_that_names_a_measure_is_whole(measure: Measure, service_type: str) -> None:
    quantity = Quantity(measure.name, service_type)
    told = [
        *of_a_frontier(quantity),
        *of_plausible_worlds(quantity),
        *of_a_size(quantity),
        *of_a_precision(quantity),
    ]
    assert len(told) > 46
    assert {sentence: broken(sentence) for sentence in told if broken(sentence)} == {}


def over_fits(spread: Spread, kind: Kind, less: float, sort: Sort = FITS) -> list[str]:
    """Less in every fit than under the baseline, more in some, the same, and no number in one fit or in any."""
    question: Any = SimpleNamespace(titles=TITLES, baseline="p")
    cases = ((1.0, 1.5, 2.0), (1.0, 3.0, 4.0), (2.5, 2.5, 2.5), (1.0, np.nan, 3.0), (np.nan, np.nan, np.nan))
    rows = [
        {"measure": measure.name, "service_type": service_type, "framework": name, "baseline": "p", "fte": fte}
        for measure in MEASURES
        for service_type in WHOSE
        for fte in range(len(cases))
        for name in ("a", "p")
    ]
    means = [
        [(2.5 if row["framework"] == "p" else cases[int(row["fte"])][fit]) - less for row in rows] for fit in range(3)
    ]
    whole = spread._replace(keys=tuple(dict.fromkeys((*spread.keys, "fte"))), told=True)
    table = spread_over(whole, [pd.DataFrame(rows).assign(mean=mean) for mean in means], "p", sort)
    return [one.sentence for one in told_of([table], question, kind, sort)]


def test_every_sentence_over_fits_is_whole() -> None:
    levels = over_fits(Curves.kind.spreads[0], Curves.kind, 0.0)
    differences = over_fits(Compared.kind.spreads[1], Compared.kind, 2.5)
    told = [*levels, *differences]
    assert len(set(levels)) > 9 * len(MEASURES)
    assert {sentence: broken(sentence) for sentence in told if broken(sentence)} == {}
    assert any("in 3 of 3 fits" in sentence.lower() for sentence in levels)
    assert any("; no number in 1 of 3 fits" in sentence for sentence in differences)


def test_every_sentence_over_worlds_is_whole_and_counts_without_the_assumed_values() -> None:
    told = over_fits(Curves.kind.spreads[0], Curves.kind, 0.0, PLAUSIBLE)
    assert {sentence: broken(sentence) for sentence in told if broken(sentence)} == {}
    assert any("in 2 of 2 worlds" in sentence.lower() for sentence in told)
    assert any("with the assumed values" in sentence for sentence in told)


@each_measure
def test_a_measure_has_words_that_make_a_sentence(measure: Measure) -> None:
    verb, what, less, more = measure.words
    assert verb in PLURALS
    assert COMPARATIVES[less] == more
    places = [name for _, name, _, _ in Formatter().parse(what) if name is not None]
    assert sorted(places) == (["way"] if measure.name in NOBODYS else ["providers", "way"])
    assert what == what.strip()


@each_measure
@pytest.mark.parametrize("sign", [-1, 1])
def test_the_verb_of_a_measure_agrees_with_the_title(measure: Measure, sign: int) -> None:
    quantity = Quantity(measure.name, "childrens_home")
    one, several = (does(TITLES[name], quantity, sign) for name in "ap")
    verb = measure.words.verb
    assert one.startswith(f"option A {verb} ")
    assert several == one.replace(f"option A {verb} ", f"the 2012 proportional cycles {PLURALS[verb]} ")


def test_no_two_measures_are_told_by_the_same_words() -> None:
    alike = [measure.name for measure in MEASURES if [each.words for each in MEASURES].count(measure.words) > 1]
    assert alike == ["days_to_detection_median", "days_to_detection_mean"]


@pytest.mark.parametrize(
    ("name", "sign", "told"),
    [
        ("undetected_poor_provider_years", -1, "the 2012 proportional cycles leave fewer homes poor and unfound"),
        ("days_unfound_mean", 1, "the 2012 proportional cycles leave poor homes unfound for longer"),
        ("false_alarm_share", -1, "the 2012 proportional cycles raise fewer false alarms among homes judged poor"),
        ("burden_cost_per_year", 1, "the 2012 proportional cycles cost homes more"),
        ("cost_per_inspection", 1, "the 2012 proportional cycles make each inspection of homes more expensive"),
        (
            "assessment_auc",
            -1,
            "the 2012 proportional cycles tell poor homes from others less well in yearly assessments",
        ),
    ],
)
def test_measures_are_told_in_plain_words(name: str, sign: int, told: str) -> None:
    assert does(TITLES["p"], Quantity(name, "childrens_home"), sign) == told


def test_a_measure_cannot_be_declared_without_words() -> None:
    with pytest.raises(TypeError):
        Measure("waste", "Waste", "pounds per year", "What is wasted.", "lower")  # type: ignore[call-arg]


def test_places_are_given_once_and_without_a_gap() -> None:
    for places in ([each.headline for each in MEASURES], [each.beside_size for each in MEASURES]):
        given = sorted(place for place in places if place is not None)
        assert given == list(range(1, len(given) + 1))
    assert len(HEADLINES) == 4
    assert len(BESIDE_SIZE) == 5


def test_what_is_told_first_is_in_the_table_of_a_comparison_too() -> None:
    assert set(HEADLINES) <= {measure.name for measure in KEY}


def test_a_target_goes_the_way_that_is_better() -> None:
    way = {"lower": "<=", "higher": ">="}
    judged = [measure for measure in MEASURES if measure.helped and measure.better]
    assert {measure.name for measure in judged if measure.helped != way[measure.better or ""]} == set()
    assert {measure.name for measure in MEASURES if measure.target} <= set(HELPED)
