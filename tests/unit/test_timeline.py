"""The timeline of a scenario: what cannot be is refused in plain words, and a chart has room for its marks."""

import tomllib
from collections.abc import Callable
from datetime import date
from io import StringIO
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import tomli_w

from simulator.answers.answer import Answer
from simulator.charts.marks import GAP, SIZE, Across, Mark, flags, height_of
from simulator.inputs.messages import InputError
from simulator.questions.compare.chart_lines import backlog_chart
from simulator.questions.compare.charts import charts_of
from simulator.questions.compare.course import course_told, when_compared
from simulator.questions.compare.sentences import caveats
from simulator.render.verdict import Verdict
from simulator.scenario.scenario import load_scenario
from simulator.words.estimates import Estimated
from simulator.words.wording import capital

Entries = list[tuple[str, str]]
MakeUp = Callable[..., Estimated]

COMPARED = ("2007-07-01", "compared")
LATER = ("2012-05-01", "option-b")


def table(entries: Entries, **run: Any) -> dict[str, Any]:
    timeline = [{"from": date.fromisoformat(day), "framework": framework} for day, framework in entries]
    return {"extends": "england-2006", "run": run, "timeline": timeline}


def refusal(tmp_path: Path, given: dict[str, Any]) -> str:
    path = tmp_path / "own.toml"
    path.write_text(tomli_w.dumps(given), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_scenario(path)
    message = str(refused.value)
    assert message.startswith(f"{path}: ")
    assert len(message.splitlines()) == 1
    return message.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("entries", "run", "said"),
    [
        ([("2008-04-01", "compared"), COMPARED], {}, "timeline: the dates must rise, but 2007-07-01 comes after 2008"),
        ([COMPARED, ("2007-07-01", "cyclic")], {}, "timeline: the dates must rise, but 2007-07-01 comes after 2007"),
        ([LATER], {}, 'timeline: given 0 entries with framework = "compared"; allowed: exactly one'),
        ([COMPARED, ("2009-04-01", "compared")], {}, 'given 2 entries with framework = "compared"; allowed: exactly'),
        (
            [("2005-04-01", "compared")],
            {},
            'timeline: "compared" takes over on 2005-04-01, before run.start; allowed: 2006-04-01 or later',
        ),
        (
            [COMPARED, ("2016-04-01", "cyclic")],
            {},
            "timeline.entry 2.from: given 2016-04-01, but the run stops on 2016-04-01; allowed: an earlier date",
        ),
        ([COMPARED, LATER], {"years": 3}, "timeline.entry 2.from: given 2012-05-01, but the run stops on 2009-04-01"),
        (
            [COMPARED],
            {"warm_up_framework": "itself"},
            'run.warm_up_framework: given "itself"; allowed with a timeline: the framework in force before its first',
        ),
        (
            [("2003-04-01", "cyclic"), COMPARED],
            {},
            'run.warm_up_framework: given "2006-regime", but by the timeline "cyclic" is in force when the run begins',
        ),
        (
            [("2002-04-01", "option-a"), ("2003-01-01", "cyclic"), COMPARED],
            {"warm_up_framework": "option-a"},
            'given "option-a", but by the timeline "cyclic" is in force when the run begins, on 2003-04-01; allowed:',
        ),
        (
            [COMPARED, ("2012-05-01", "optoin-b")],
            {},
            'timeline.entry 2.framework: there is no framework "optoin-b"; did you mean "option-b"? allowed: compared,',
        ),
        ([COMPARED, ("2012-05-01", "itself")], {}, 'timeline.entry 2.framework: there is no framework "itself"'),
        ([COMPARED], {"warm_up_framework": "compared"}, 'run.warm_up_framework: there is no framework "compared"'),
    ],
)
def test_a_timeline_that_does_not_fit_is_refused(
    entries: Entries, run: dict[str, Any], said: str, tmp_path: Path
) -> None:
    assert said in refusal(tmp_path, table(entries, **run))


@pytest.mark.parametrize(
    ("timeline", "said"),
    [
        (3, "timeline: given 3; must be a list in square brackets"),
        ([3], "timeline.entry 1: given 3; must be a table"),
        ([{"framework": "compared"}], "timeline.entry 1.from: missing"),
        ([{"from": date(2007, 7, 1)}], "timeline.entry 1.framework: missing: a shipped name"),
        ([{"from": "July", "framework": "compared"}], 'timeline.entry 1.from: given "July"; must be a date'),
        ([{"from": date(2007, 7, 1), "framework": 3}], "timeline.entry 1.framework: given 3; must be text"),
        ([{"from": date(2007, 7, 1), "framework": "compared", "until": 1}], "timeline.entry 1.until: unknown key"),
    ],
)
def test_entries_that_are_none_are_refused(timeline: Any, said: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, {"extends": "england-2006", "timeline": timeline}).startswith(said)


def test_without_a_timeline_a_scenario_says_nothing_of_one(tmp_path: Path) -> None:
    england = load_scenario("england-2006")
    assert england.timeline == []
    assert "timeline" not in tomllib.loads(england.resolved_toml())
    path = tmp_path / "own.toml"
    path.write_text('extends = "england-2005-2017"\ntimeline = []\n', encoding="utf-8")
    own = load_scenario(path)
    assert own.timeline == []
    assert not any(key.startswith("timeline") for key in own.evidence)


# In words and in charts

TITLES = {"2006-regime": "2006 regime", "option-a": "Option A", "option-b": "Option B"}
COURSE = [
    (date(2002, 9, 1), "2006 regime"),
    (date(2005, 9, 1), "2005 reviews and assessments"),
    (date(2006, 4, 1), "2006 regime"),
    (date(2007, 4, 1), "2007 merged inspectorate"),
    (date(2007, 7, 1), "compared"),
    (date(2012, 5, 1), "2012 cycles as proposed"),
    (date(2013, 11, 1), "2013 single framework"),
]


@pytest.fixture
def with_timeline(make_up: MakeUp) -> MakeUp:
    """Make up a comparison by the shipped timeline, and some more changes."""

    def make(*titles: str) -> Estimated:
        scenario = load_scenario("england-2005-2017")
        compared: Any = make_up({title: {} for title in titles}, scenario=scenario)
        compared.course = COURSE
        return compared  # type: ignore[no-any-return]

    return make


def test_what_is_in_force_when_is_told_in_words(with_timeline: MakeUp, make_up: MakeUp) -> None:
    compared = with_timeline("Option A", "Option B")
    assert list(course_told(compared)) == [
        "from 1 September 2002: the 2006 regime",
        "from 1 September 2005: the 2005 reviews and assessments",
        "from 1 April 2006: the 2006 regime",
        "from 1 April 2007: the 2007 merged inspectorate",
        "from 1 July 2007: the 2006 regime, option A or option B, which are compared",
        "from 1 May 2012: the 2012 cycles as proposed",
        "from 1 November 2013: the 2013 single framework",
        "measured: 1 September 2005 to 31 August 2017",
    ]
    assert when_compared(compared) == "from 1 July 2007 to 30 April 2012"
    assert "in force from 1 July 2007 to 30 April 2012" in caveats(compared)[0]
    compared.course = COURSE[:5]  # type: ignore[misc]
    assert when_compared(compared) == "from 1 July 2007"
    plain = make_up({"Option A": {}})
    assert list(course_told(plain)) == []
    assert when_compared(plain) == ""
    assert len(caveats(plain)) == 3


def test_the_terminal_begins_with_it(with_timeline: MakeUp) -> None:
    from rich.console import Console

    printed = StringIO()
    course = [capital(line) for line in course_told(with_timeline("Option A"))]
    told = {"course": course, "sentences": ["A sentence."], "costs": [], "basis": [], "known": [], "apart": False}
    told |= {"verdict": Verdict("A sentence.")}
    Answer.show(cast(Answer, SimpleNamespace(**told, grids=list)), Console(file=printed, width=200))
    assert printed.getvalue().split("\n")[1] == "From 1 September 2002: the 2006 regime"


def test_charts_say_when_frameworks_take_over(with_timeline: MakeUp, make_up: MakeUp) -> None:
    for chart in charts_of(with_timeline("Option A")):
        assert "frameworks compared on 1 July 2007" in chart.alt
        assert "the 2013 single framework on 1 November 2013" in chart.alt
    for chart in charts_of(make_up({"Option A": {}})):
        assert "take over" not in chart.alt


def upright(axes: Any) -> list[Any]:
    """The lines that go straight up."""
    return [line for line in axes.get_lines() if np.ptp(np.asarray(line.get_xdata(), dtype=float)) == 0]


def test_each_takeover_is_a_line_with_a_label_that_covers_no_other_text(with_timeline: MakeUp) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    chart = backlog_chart(with_timeline("Option A", "Option B"))
    (axes,) = chart.figure.axes
    labels = [text for text in axes.texts if text.get_fontsize() == SIZE]
    titles = [title for _, title in COURSE[1:] if title != "compared"]
    assert sorted(text.get_text() for text in labels) == sorted(["frameworks compared", "warm-up", *titles])
    assert len(upright(axes)) == len(COURSE)
    renderer = FigureCanvasAgg(chart.figure).get_renderer()  # type: ignore[no-untyped-call]
    every = [*axes.texts, *chart.figure.texts]
    boxes = {id(text): text.get_window_extent(renderer) for text in every}
    for one, other in combinations(every, 2):
        assert not boxes[id(one)].overlaps(boxes[id(other)]), (one.get_text(), other.get_text())
    for label in labels:
        assert boxes[id(label)].y0 >= axes.get_window_extent().y1 - 1
        assert boxes[id(label)].x1 <= chart.figure.bbox.x1
        for line in upright(axes):
            ends = line.get_window_extent(renderer)
            assert not (boxes[id(label)].x0 + 1 < ends.x0 < boxes[id(label)].x1 and ends.y1 > boxes[id(label)].y1)


def test_in_panels_the_lines_stand_alone_and_are_explained(with_timeline: MakeUp) -> None:
    chart = backlog_chart(with_timeline("Option A", "Option B", "Discretion", "Mine"))
    assert len(chart.figure.axes) == 4
    assert "Thin lines: a framework takes over" in " ".join(text.get_text() for text in chart.figure.texts)


def test_a_chart_without_a_timeline_has_no_marks(make_up: MakeUp) -> None:
    (axes,) = backlog_chart(make_up({"Option A": {}})).figure.axes
    assert not upright(axes)
    assert "warm-up" in {text.get_text() for text in axes.texts}


def test_labels_share_a_row_where_they_have_room() -> None:
    across = Across(0, 100, inches=5, room=6)
    far = flags([Mark(0, "one"), Mark(50, "other")], across)
    assert {flag.row for flag in far} == {0}
    near = {flag.label: flag for flag in flags([Mark(0, "a long one"), Mark(2, "another"), Mark(60, "far")], across)}
    assert (near["a long one"].row, near["another"].row, near["far"].row) == (1, 0, 0)
    assert near["another"].left == pytest.approx(0.1)
    assert height_of(list(near.values())) == 2 * height_of([near["far"]])
    assert height_of([]) == 0
    (late,) = flags([Mark(100, "a label that is longer than the room")], across)
    assert late.left < 5 - GAP
