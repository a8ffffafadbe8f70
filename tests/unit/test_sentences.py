from collections.abc import Callable
from datetime import date

import pytest

from simulator.answers.cells import cells_of
from simulator.inspectorate.titles import Title
from simulator.questions.compare.sentences import caveats, sentences
from simulator.words.estimates import Estimate, Estimated
from simulator.words.wording import (
    article,
    counted,
    day_in_short,
    day_words,
    joined,
    mean_and_range,
    named,
    number,
    percent,
    verb,
)

MakeUp = Callable[..., Estimated]
Triple = tuple[float, float, float]

NAN = float("nan")
CLEAR: dict[str, Triple] = {
    "inspections_per_year": (-1140, -1160, -1120),
    "days_unfound_mean": (41, 35, 47),
    "undetected_poor_provider_years": (22, 18, 26),
}
NOTHING: dict[str, Triple] = dict.fromkeys(CLEAR, (0, 0, 0))


def test_a_clear_difference_is_told_with_its_interval(make_up: MakeUp) -> None:
    told = sentences(make_up({"Option B": CLEAR}))
    assert told[1] == (
        "Option B makes 29% fewer inspections of children's homes than the 2006 regime and leaves poor homes unfound "
        "for 41 days longer (35 to 47); at any time 22 more homes (18 to 26) are poor and unfound."
    )


def test_the_baseline_comes_first_and_in_levels(make_up: MakeUp) -> None:
    assert sentences(make_up({"Option B": CLEAR}))[0] == (
        "The 2006 regime makes 3,930 inspections of children's homes a year (3,900 to 3,960), and leaves poor homes "
        "unfound for 95 days on average (93 to 97) and 210 homes (205 to 215) poor and unfound at any time."
    )


def test_duties_that_are_not_kept_come_first(make_up: MakeUp) -> None:
    late = {"on_time_share": (0.06, 0.05, 0.07), "providers_past_duty": (743, 740, 746)}
    first, second, *_ = sentences(make_up({"Option B": CLEAR}, levels=late))
    assert "the law is not kept" in first
    assert "6% of statutory inspections" in first
    assert "743 providers" in first
    assert second.startswith("The 2006 regime makes")
    kept = {"on_time_share": (0.97, 0.97, 0.97)}
    assert not any("not kept" in told for told in sentences(make_up({"Option B": CLEAR}, levels=kept)))


def test_better_is_told_as_less_and_fewer(make_up: MakeUp) -> None:
    mirrored = {name: (-mean, -high, -low) for name, (mean, low, high) in CLEAR.items()}
    assert sentences(make_up({"Option A": mirrored}))[1] == (
        "Option A makes 29% more inspections of children's homes than the 2006 regime and leaves poor homes unfound "
        "for 41 days less (35 to 47); at any time 22 fewer homes (18 to 26) are poor and unfound."
    )


def test_an_interval_that_takes_in_nought_is_no_difference(make_up: MakeUp) -> None:
    told = sentences(make_up({"Option A": {}}))[1]
    assert told == (
        "Option A makes about as many inspections of children's homes as the 2006 regime (no clear difference: "
        "−3 to 5 a year) and leaves poor homes unfound for about as long (no clear difference: −3 to 5 days); "
        "about as many homes are poor and unfound at any time (no clear difference: −3 to 5)."
    )
    for claim in ("longer", "less", "more", "fewer", "%"):
        assert claim not in told


def test_the_same_to_the_last_bit_is_told_as_that(make_up: MakeUp) -> None:
    assert sentences(make_up({"Option A": NOTHING}))[1].count("exactly as") == 3


def test_an_undefined_measure_is_said_to_be(make_up: MakeUp) -> None:
    differences = CLEAR | {"days_unfound_mean": (NAN, NAN, NAN)}
    told = sentences(make_up({"Option A": differences}, levels={"days_unfound_mean": (NAN, NAN, NAN)}))
    assert "too few homes become poor to say for how long" in told[0]
    assert "cannot be compared" in told[1]
    assert "nan" not in " ".join(told)


def test_a_baseline_without_inspections_is_no_divisor(make_up: MakeUp) -> None:
    more = CLEAR | {"inspections_per_year": (50.0, 40.0, 60.0)}
    told = sentences(make_up({"Option A": more}, levels={"inspections_per_year": (0, 0, 0)}))
    assert "makes no inspections" in told[0]
    assert "makes 50 inspections of children's homes a year, where the 2006 regime makes none" in told[1]


def test_one_replication_gives_no_interval(make_up: MakeUp) -> None:
    alone = {name: (mean, NAN, NAN) for name, (mean, _, _) in CLEAR.items()}
    compared = make_up({"Option B": alone}, replications=1)
    assert "for 41 days longer; at any time 22 more homes are poor" in sentences(compared)[1]
    assert "One replication gives no interval" in " ".join(caveats(compared))


def test_without_childrens_homes_everyone_is_told_of(make_up: MakeUp) -> None:
    told = sentences(make_up({"Option B": CLEAR}, service_types=("all",)))
    assert "inspections of all providers" in told[1]
    assert "22 more providers (18 to 26)" in told[1]


def test_a_plural_title_takes_a_plural_verb(make_up: MakeUp) -> None:
    told = sentences(make_up({Title("2012 proportional cycles", is_plural=True): CLEAR}))[1]
    assert told.startswith("The 2012 proportional cycles make 29% fewer")
    assert " and leave poor homes " in told


def test_the_caveats_name_the_choice_that_was_to_be_made(make_up: MakeUp) -> None:
    said = " ".join(caveats(make_up({"Option A": CLEAR, "Option B": CLEAR})))
    assert "report.html" in said
    assert "Which of option A and option B does better depends on them" in said
    assert "20 replications" in said


def test_the_caveats_name_all_where_there_is_no_such_choice(make_up: MakeUp) -> None:
    said = " ".join(caveats(make_up({"Mine": CLEAR})))
    assert "Which of the 2006 regime and Mine does better" in said
    assert "does better" not in " ".join(caveats(make_up({})))


@pytest.mark.parametrize(
    ("estimate", "expected"),
    [
        ((41, 35, 47), ("41", "35 to 47")),
        ((-41, -47, -35), ("−41", "−47 to −35")),
        ((2.2, 0.2, 4.1), ("2.2", "0.2 to 4.1")),
        ((0.04, 0.02, 0.06), ("0.04", "0.02 to 0.06")),
        ((1, -3, 5), ("1", "−3 to 5")),
        ((10.3, 10.2, 10.4), ("10.3", "10.2 to 10.4")),
        ((1234.5, 1234.4, 1234.6), ("1,234", "1,234 to 1,235")),
        ((7, 7, 7), ("7", "")),
        ((7, NAN, NAN), ("7", "")),
        ((0, 0, 0), ("0", "")),
    ],
)
def test_an_estimate_is_written_with_the_decimals_it_needs(estimate: Triple, expected: tuple[str, str]) -> None:
    assert mean_and_range(Estimate(*estimate)) == expected


@pytest.mark.parametrize(
    ("estimates", "expected"),
    [
        ([(23.1, 22.8, 23.3), (40, 37, 43)], ["23.1 22.8 to 23.3", "40.0 37.0 to 43.0"]),
        ([(84, 82, 85), (125, 124, 127)], ["84 82 to 85", "125 124 to 127"]),
        ([(0, 0, 0), (11.2, 9.4, 13), (0.8, -0.1, 1.7)], ["0", "11.2 9.4 to 13.0", "0.8 −0.1 to 1.7"]),
        (
            [(8.3, 4.4, 12.3), (1499.2, 1430.8, 1567.5), (0.2, -0.3, 0.6)],
            ["8.3 4.4 to 12.3", "1,499 1,431 to 1,568", "0.2 −0.3 to 0.6"],
        ),
        ([(-5.5, -6, -5.1), (0.63, 0.03, 1.24)], ["−5.5 −6.0 to −5.1", "0.63 0.03 to 1.24"]),
        ([(7, NAN, NAN), (0.52, NAN, NAN)], ["7.0", "0.5"]),
        ([(NAN, NAN, NAN), (0, 0, 0)], ["undefined", "0"]),
    ],
)
def test_estimates_side_by_side_are_written_alike(estimates: list[Triple], expected: list[str]) -> None:
    cells = cells_of([Estimate(*each) for each in estimates])
    assert [f"{cell.text} {cell.beside}".strip() for cell in cells] == expected


def test_no_clear_end_of_an_interval_is_rounded_to_nought() -> None:
    _, interval = mean_and_range(Estimate(3.4, 0.004, 6.8))
    assert interval == "0.004 to 6.800"


def test_small_words() -> None:
    assert [named("Option B"), named("2006 regime"), named("Optional"), named("Mine")] == [
        "option B",
        "the 2006 regime",
        "Optional",
        "Mine",
    ]
    cycles = Title("Cycles", is_plural=True)
    assert [verb(title, "makes") for title in ("Option S", "Cycles", Title("Cycles"), cycles)] == [
        "makes",
        "makes",
        "makes",
        "make",
    ]
    assert [verb(cycles, singular) for singular in ("has", "is", "does", "stays")] == ["have", "are", "do", "stay"]
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [number(-0.2), number(-1234.0), percent(0.293), percent(0)] == ["0", "−1,234", "29%", "0%"]
    assert [article("area review"), article("key inspection")] == ["an area review", "a key inspection"]
    assert [counted(n, "day") for n in (0, 1, 2)] == ["no days", "1 day", "2 days"]
    assert [day_words(date(2006, 4, 3)), day_in_short(date(2006, 4, 3))] == ["3 April 2006", "3 Apr 2006"]


def test_too_few_inspectors_for_work_at_discretion_are_told(make_up: MakeUp) -> None:
    many: dict[str, Triple] = {"lapsed_per_year": (500, 480, 520)}
    told = caveats(
        make_up({"Option A": many, "Option B": {"lapsed_per_year": (2, 1, 3)}}, {"lapsed_per_year": (0, 0, 0)})
    )
    (said,) = (each for each in told if "no time" in each)
    assert said == (
        "Inspectors had no time for 480 random and themed visits and 18 re-inspections a year under option A. "
        "With more inspectors the comparison would be different."
    )
    assert not any("no time" in each for each in caveats(make_up({"Option A": {}}, {"lapsed_per_year": (0, 0, 0)})))
