import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import simulator
from simulator.charts.line_plot import apart
from simulator.charts.palette import DARK_BLUE, DARK_PINK, INK, LOOKS, ORANGE, QUIET, TURQUOISE
from simulator.charts.sheet import NARROW, Chart, drawing
from simulator.inspectorate.titles import Title
from simulator.measures.bands import Band
from simulator.measures.series import SeriesBands
from simulator.questions.compare.chart_compare import compare_chart
from simulator.questions.compare.chart_found import found_headline
from simulator.questions.compare.chart_lines import detection_chart
from simulator.questions.compare.charts import charts_of
from simulator.questions.compare.headlines import (
    backlog_headline,
    compare_headline,
    detection_headline,
    inspections_headline,
    unfound_headline,
)
from simulator.words.estimates import Estimated, asked_about

MakeUp = Callable[..., Estimated]
Triple = tuple[float, float, float]

CLEAR: dict[str, Triple] = {
    "inspections_per_year": (-1140, -1160, -1120),
    "undetected_poor_provider_years": (22, 18, 26),
    "detected_within_365_days": (-0.1, -0.12, -0.08),
    "backlog_mean": (-130, -140, -120),
}
NAMES = [
    "found",
    "visits-by-rating",
    "compare",
    "services",
    "inspections-by-kind",
    "detection",
    "undetected-poor",
    "backlog",
    "assessment",
]
CYCLES = Title("2012 proportional cycles", is_plural=True)
FOUR = {"Option A": CLEAR, "Option B": CLEAR, CYCLES: CLEAR}
SEVEN = FOUR | {"Discretion": CLEAR, "Mine & <yours>": CLEAR, "A third": CLEAR}


Drawn = Callable[[dict[str, dict[str, Triple]]], list[tuple[Chart, str]]]


@pytest.fixture(scope="module")
def drawn_once(make_up: MakeUp) -> Drawn:
    """What draws the charts of a made-up comparison, each with its SVG; those of the same titles once for all tests."""
    drawn: dict[tuple[str, ...], list[tuple[Chart, str]]] = {}

    def charts(differences: dict[str, dict[str, Triple]]) -> list[tuple[Chart, str]]:
        if tuple(differences) not in drawn:
            drawn[tuple(differences)] = [(chart, chart.svg().decode()) for chart in charts_of(make_up(differences))]
        return drawn[tuple(differences)]

    return charts


def test_every_chart_is_written_twice(drawn_once: Drawn, tmp_path: Path) -> None:
    paths = [path for chart, _ in drawn_once(FOUR) for path in chart.write(tmp_path)]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)
    assert [path.name for path in paths] == [f"{name}.{form}" for name in NAMES for form in ("svg", "png")]


@pytest.mark.parametrize("differences", [FOUR, SEVEN])
def test_the_same_comparison_gives_the_same_bytes(
    make_up: MakeUp, drawn_once: Drawn, differences: dict[str, dict[str, Triple]]
) -> None:
    for (chart, drawn), again in zip(drawn_once(differences), charts_of(make_up(differences)), strict=True):
        assert again.svg().decode() == drawn
        assert again.png() == chart.png()


def test_settings_of_the_machine_change_nothing(make_up: MakeUp) -> None:
    import matplotlib

    def drawn() -> bytes:
        with drawing():
            chart = detection_chart(make_up(FOUR))
        return chart.png()

    plain = drawn()
    with matplotlib.rc_context({"axes.facecolor": "red", "lines.linewidth": 9, "savefig.facecolor": "blue"}):
        assert drawn() == plain


@pytest.mark.parametrize("differences", [{}, FOUR, SEVEN])
def test_an_svg_is_read_aloud_by_its_title_and_description(
    drawn_once: Drawn, differences: dict[str, dict[str, Triple]]
) -> None:
    for chart, drawn in drawn_once(differences):
        root = ET.fromstring(drawn)
        told = {child.tag.rpartition("}")[2]: child for child in root[:2]}
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{told['title'].get('id')} {told['desc'].get('id')}"
        assert told["title"].text == chart.title
        assert told["desc"].text == chart.alt
        assert [child.tag for child in root].count("{http://www.w3.org/2000/svg}title") == 1
        assert "nan" not in chart.alt
        assert "<dc:date>" not in drawn


def test_text_in_an_svg_is_text_and_says_where_it_comes_from(drawn_once: Drawn) -> None:
    for _, drawn in drawn_once(FOUR):
        source = (
            f"Source: simulation of synthetic providers, inspectsim {simulator.__version__}. It depends on "
            "assumptions: the report lists each."
        )
        assert f">{source}<" in drawn
        assert drawn.count("'DejaVu Sans'") == drawn.count("'DejaVu Sans', Verdana, sans-serif") > 0
        for title in ("2006 regime", "Option A", "Option B"):
            assert title in drawn


def test_providers_of_a_register_are_not_called_synthetic(make_up: MakeUp) -> None:
    compared = make_up({})
    compared.own_register = True  # type: ignore[misc]
    drawn = charts_of(compared)[0].svg().decode()
    assert "providers of your register" in drawn
    assert "synthetic" not in drawn


def test_a_png_is_twice_as_fine_as_it_is_shown(drawn_once: Drawn) -> None:
    for chart, _ in drawn_once(FOUR):
        width, _ = struct.unpack(">II", chart.png()[16:24])
        assert width == 1600


@pytest.mark.parametrize("differences", [{}, FOUR, SEVEN])
def test_no_chart_has_a_fifth_colour(drawn_once: Drawn, differences: dict[str, dict[str, Triple]]) -> None:
    palette = {DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE}
    neutral = {INK, QUIET, "#d0d0d0", "#e3e3e3", "#efefef", "#ffffff", "#000000"}
    for _, drawn in drawn_once(differences):
        used = set(re.findall(r"#[0-9a-fA-F]{6}", drawn))
        assert {colour.lower() for colour in used} <= {colour.lower() for colour in palette | neutral}


def test_series_differ_by_more_than_their_colour() -> None:
    assert len({str(look.line) for look in LOOKS}) == len({look.marker for look in LOOKS}) == len(LOOKS) == 4


def test_axes_begin_at_nought(drawn_once: Drawn) -> None:
    charts = {chart.name: chart for chart, _ in drawn_once(FOUR)}
    for name in ("compare", "inspections-by-kind", "undetected-poor"):
        assert all(axes.get_xlim()[0] == 0 for axes in charts[name].figure.axes)
    for name in ("detection", "backlog"):
        assert charts[name].figure.axes[0].get_ylim()[0] == 0


def test_from_the_fifth_framework_on_each_has_a_panel_beside_the_baseline(drawn_once: Drawn) -> None:
    charts = {chart.name: chart for chart, _ in drawn_once(SEVEN)}
    for name, lines in (("detection", 2), ("backlog", 2), ("assessment", 3)):
        assert len(charts[name].figure.axes) == 6
        assert all(len(axes.get_lines()) == lines for axes in charts[name].figure.axes)


def test_the_chart_of_assessments_is_drawn_where_somebody_assesses(make_up: MakeUp) -> None:
    compared: Any = make_up({"Option A": {"assessment_auc": (0.05, 0.04, 0.06)}})
    *_, chart = charts_of(compared)
    told = "Chance that an assessment ranks a poor provider above another"
    assert chart.title == f"{told}: the 2006 regime 0.87 and option A 0.92"
    assert "Option A: 0.92: " in chart.alt
    nothing = Band(*(part * np.nan for part in compared.series["option-a"].told_apart))
    unassessed = {name: each._replace(told_apart=nothing) for name, each in compared.series.items()}
    assert [each.name for each in charts_of(replace(compared, series=unassessed))] == NAMES[:-1]


def test_titles_say_what_is_to_be_seen(make_up: MakeUp) -> None:
    compared = make_up({"Option A": CLEAR, "Option B": CLEAR})
    assert inspections_headline(compared) == (
        "Inspections a year against the 2006 regime: option A 29% and option B 29% fewer"
    )
    assert detection_headline(compared) == (
        "Within a year the 2006 regime finds 90% of children's homes that become poor; option A 80% and option B 80%"
    )
    assert unfound_headline(compared) == (
        "At any time the 2006 regime leaves 210 children's homes poor and unfound; option A 22 and option B 22 more"
    )
    assert backlog_headline(compared) == (
        "On average 310 inspections wait under the 2006 regime; option A 130 and option B 130 fewer"
    )


def test_titles_claim_no_difference_that_is_not_clear(make_up: MakeUp) -> None:
    compared = make_up({"Option A": {}, "Option B": CLEAR})
    assert inspections_headline(compared).endswith("option B 29% fewer; option A about as many")
    assert detection_headline(compared).endswith("; option B 80%; option A about the same")
    unclear = make_up({title: {} for title in SEVEN})
    for headline in (inspections_headline, detection_headline, unfound_headline, backlog_headline):
        assert "fewer" not in headline(unclear)
        assert "more" not in headline(unclear)


def test_the_comparison_is_headed_by_the_options_asked_about_and_not_by_those_farthest_away(make_up: MakeUp) -> None:
    far = CLEAR | {"inspections_per_year": (-3000, -3010, -2990), "undetected_poor_provider_years": (90, 80, 100)}
    assert compare_headline(make_up({"Option A": CLEAR, "Option B": {}, CYCLES: far})) == (
        "Option A makes 29% fewer inspections of children's homes than the 2006 regime, and leaves 22 more poor and "
        "unfound; option B makes about as many and leaves about as many"
    )
    more = {"inspections_per_year": (393, 380, 400)}
    assert compare_headline(make_up({CYCLES: more})) == (
        "The 2012 proportional cycles make 10% more inspections of children's homes than the 2006 regime, and leave "
        "about as many poor and unfound"
    )
    assert "makes about as many inspections of children's homes as the 2006 regime" in compare_headline(
        make_up({"Option A": {}})
    )
    assert compare_headline(make_up({})) == (
        "The 2006 regime makes 3,930 inspections of children's homes a year and leaves 210 poor and unfound at any time"
    )


def test_titles_are_about_the_layer_of_the_baseline_and_have_room_for_the_first_of_many(make_up: MakeUp) -> None:
    compared: Any = replace(make_up(SEVEN), peers=("2006-regime", "option-b", "discretion"))  # type: ignore[type-var]
    assert asked_about(compared) == ["option-b", "discretion"]
    for headline in (compare_headline, inspections_headline, detection_headline, unfound_headline, found_headline):
        assert "ption B" in headline(compared)
        assert "option A" not in headline(compared)
        assert "cycles" not in headline(compared)
        assert "farthest" not in headline(compared)
    alone: Any = replace(make_up(FOUR), peers=("2006-regime",))  # type: ignore[type-var]
    assert asked_about(alone) == ["option-a", "option-b"]


LONG = "Ours with a visit a year to everybody and two to the adequate"


@pytest.mark.parametrize("differences", [{}, FOUR, SEVEN, {LONG: CLEAR}, SEVEN | {LONG: CLEAR}])
def test_charts_are_drawn_anew_for_a_narrow_screen_and_nothing_stands_out(
    make_up: MakeUp, differences: dict[str, dict[str, Triple]], tmp_path: Path
) -> None:
    charts = charts_of(make_up(differences))
    narrow = [chart for chart in charts if chart.narrow]
    assert {*NAMES} - {"found"} == {chart.name for chart in narrow}
    written = [path.name for chart in charts for path in chart.write(tmp_path, ("narrow",))]
    assert written == [f"{chart.name}-narrow.svg" for chart in narrow]
    for chart in narrow:
        assert chart.narrow is not None
        with drawing():
            figure = chart.narrow()
            box = figure.get_tightbbox()
        assert figure.get_figwidth() == NARROW
        assert box.x0 >= -0.01
        assert box.x1 <= NARROW + 0.01
        drawn = (tmp_path / f"{chart.name}-narrow.svg").read_text("utf-8")
        assert f'<title id="{chart.name}-title">' in drawn
        for title in make_up(differences).titles.values():
            assert all(escape(word) in drawn for word in title.split())


def test_the_comparison_has_a_row_for_each_framework_in_both_panels(make_up: MakeUp) -> None:
    for differences in ({}, FOUR, SEVEN):
        with drawing():
            compare = compare_chart(make_up(differences))
        assert [len(axes.patches) for axes in compare.figure.axes] == [1 + len(differences)] * 2
    nan = float("nan")
    nobody = make_up({}, levels={"undetected_poor_provider_years": (nan, nan, nan)})
    inspections, unfound = compare_chart(nobody).figure.axes
    assert len(inspections.patches) == 1
    assert "undefined" in [text.get_text() for text in unfound.texts]


def test_titles_fall_back_to_a_span_that_is_defined(make_up: MakeUp) -> None:
    nan = float("nan")
    undefined = {"detected_within_365_days": (nan, nan, nan)}
    assert detection_headline(make_up({}, levels=undefined)).startswith("Within 180 days the 2006 regime finds 80%")


def test_what_is_undefined_is_drawn_as_nothing(make_up: MakeUp) -> None:
    compared = make_up({"Option A": CLEAR})
    empty = {
        name: SeriesBands(*(Band(*(np.full_like(part, np.nan) for part in band)) for band in each))._replace(
            waiting=each.waiting
        )
        for name, each in compared.series.items()
    }
    compared.series = empty  # type: ignore[misc]
    assert "undefined within 90 days" in next(chart for chart in charts_of(compared) if chart.name == "detection").alt


@given(st.lists(st.floats(0, 3), max_size=4))
def test_labels_are_moved_apart_and_keep_their_order(wanted: list[float]) -> None:
    heights = apart(wanted, 0.2, 3.0)
    ordered = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    for below, above in pairwise(ordered):
        assert heights[above] - heights[below] >= 0.2 - 1e-9
    assert all(height <= 3.0 + 1e-9 for height in heights)


def test_labels_with_room_stay_where_they_are() -> None:
    assert apart([0.5, 1.5, 1.0], 0.2, 3.0) == [0.5, 1.5, 1.0]
