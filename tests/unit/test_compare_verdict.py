"""The verdict of a comparison: what a reader quotes, and what must come before it."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from simulator.questions.compare.comparison import Comparison
from simulator.questions.compare.headlines import compare_headline
from simulator.questions.compare.of_hundred import of_hundred
from simulator.questions.compare.trouble import in_words, trouble
from simulator.questions.compare.verdict import verdict_of
from simulator.render.verdict import Verdict, as_json, blocks_of, frame_of, read_verdict
from simulator.running.options import with_options
from simulator.scenario.scenario import Scenario
from simulator.words.estimates import CHILDRENS_HOMES, Estimated
from simulator.words.rounded import as_percent, in_pounds, nearly_percent, short

Triple = tuple[float, float, float]
MakeUp = Callable[..., Estimated]

FEWER: dict[str, Triple] = {
    "inspections_per_year": (-600, -620, -580),
    "days_unfound_mean": (4, 3, 5),
    "undetected_poor_provider_years": (6, 5, 7),
}
FAR: Mapping[str, Triple] = {
    "inspections_per_year": (-2900, -2950, -2850),
    "days_unfound_mean": (45, 44, 46),
    "undetected_poor_provider_years": (60, 58, 62),
}
NOTHING: Mapping[str, Triple] = dict.fromkeys(FEWER, (0.0, 0.0, 0.0))


def asked(made_up: Estimated, packaged: tuple[str, ...] = (), now: bool = True) -> Comparison:
    """Add to a made-up comparison the question that it answers."""
    frameworks = [
        SimpleNamespace(name=name, title=title, packages=("the package",) if title in packaged else ())
        for name, title in made_up.titles.items()
    ]
    warm_up = SimpleNamespace(name=made_up.baseline if now else "another")
    question = SimpleNamespace(
        frameworks=frameworks, warm_up=warm_up, own_register=True, scenario=made_up.scenario, idle_pools=()
    )
    peers = tuple(name for name, title in made_up.titles.items() if title not in packaged)
    return cast("Comparison", _Asked(made_up, question, peers))


class _Asked:
    def __init__(self, made_up: Estimated, question: Any, peers: tuple[str, ...]) -> None:
        self._made_up, self.question, self.peers, self.finished = made_up, question, peers, 20

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made_up, name)


def test_the_title_is_about_the_options_asked_first_and_not_about_the_farthest(make_up: MakeUp) -> None:
    title = verdict_of(asked(make_up({"Option A": FEWER, "Option B": FEWER, "2012 cycles": FAR}))).title
    assert "ption A" in title
    assert "option B" in title
    assert "2012" not in title
    assert "15% fewer inspections of homes than now" in title
    assert "for 4 days longer (99, not 95)" in title


def test_the_title_is_about_the_layer_of_the_baseline(make_up: MakeUp) -> None:
    verdict = verdict_of(asked(make_up({"Option A as proposed": FAR, "Option A": FEWER}), ("Option A as proposed",)))
    assert verdict.title.startswith("By the rules alone, option A makes 15% fewer")
    assert "as proposed" not in verdict.title
    assert verdict.layers == ("Rules alone", "With the package", "Rules alone")
    assert any(told.startswith("Option A as proposed (with the package):") for told in verdict.told)
    assert "the package" in verdict.told[-1]


def test_a_pool_with_work_and_without_inspectors_is_trouble(make_up: MakeUp, england: Scenario) -> None:
    nobody = with_options(england, inspectors={"area": 0})
    compared = asked(make_up({"Option A": FEWER}, scenario=nobody))
    assert verdict_of(compared).trouble[0].startswith('The pool "area" has no inspectors from 2006-04-01 on')
    compared.question.idle_pools = ("area",)  # type: ignore[misc]
    assert not verdict_of(compared).trouble


def test_each_column_and_sentence_says_its_layer_where_all_are_rules_alone(make_up: MakeUp) -> None:
    verdict = verdict_of(asked(make_up({"Option A": FEWER})))
    assert verdict.title.startswith("By the rules alone, option A")
    assert verdict.heads == ["Now (2006 regime) (rules alone)", "Option A (rules alone)"]
    assert verdict.told[0].startswith("Option A (rules alone):")
    assert verdict.told[-1] == "Rules alone: none of these frameworks carries a package of further proposals."


def test_where_only_options_have_the_package_the_fair_pair_is_named(make_up: MakeUp) -> None:
    verdict = verdict_of(asked(make_up({"Option A as proposed": FEWER}), ("Option A as proposed",)))
    assert verdict.told[-1].endswith("--framework 2006-regime-with-package --framework option-a-as-proposed).")
    both = make_up({"Option A as proposed": FEWER, "2006 regime with package": {}})
    packaged = ("Option A as proposed", "2006 regime with package")
    assert "inspectsim" not in verdict_of(asked(both, packaged)).told[-1]


def test_frameworks_that_differ_in_nothing_are_told_as_such(make_up: MakeUp) -> None:
    nothing = dict.fromkeys(make_up({}).summary["measure"], (0.0, 0.0, 0.0))
    copy = verdict_of(asked(make_up({"A copy": nothing})))
    assert copy.title == "By the rules alone, A copy differs in nothing from the 2006 regime."
    assert copy.told[0] == "A copy differs in nothing from the 2006 regime (rules alone)."
    twice = make_up({"Option A": FEWER, "A copy": FEWER})
    assert verdict_of(asked(twice)).title.endswith("; A copy differs in nothing from option A.")
    assert compare_headline(twice).endswith("; A copy differs in nothing from option A")
    assert "nothing" not in verdict_of(asked(make_up({"Option A": FEWER, "Option B": FAR}))).title


def test_a_title_with_nothing_beside_the_baseline_reports_its_level(make_up: MakeUp) -> None:
    assert "unfound for 95 days" in verdict_of(asked(make_up({}))).title


def test_no_difference_is_told_as_none(make_up: MakeUp) -> None:
    none_at_all, none_clear = "for about as long (95 days)", "for 96 days (no clear difference from 95)"
    for differences, days in ((NOTHING, none_at_all), ({}, none_clear)):
        verdict = verdict_of(asked(make_up({"Option A": differences})))
        assert "about as many inspections" in verdict.title
        assert days in verdict.title
        for claim in ("longer", " less", " more", "fewer", "%"):
            assert claim not in verdict.title + verdict.told[0]


def test_the_baseline_is_now_only_if_it_was_in_force_before(make_up: MakeUp) -> None:
    assert verdict_of(asked(make_up({"Option A": FEWER}))).columns[0] == "Now (2006 regime)"
    later = verdict_of(asked(make_up({"Option A": FEWER}), now=False))
    assert later.columns[0] == "2006 regime"
    assert "than under the 2006 regime" in later.title


def test_of_a_hundred_adds_up(make_up: MakeUp) -> None:
    levels = {"detected_within_90_days": (0.584, 0.58, 0.59), "never_detected_share": (0.204, 0.2, 0.21)}
    compared = make_up({"Option A": {}}, levels=levels)
    for counted in of_hundred(compared, CHILDRENS_HOMES).values():
        assert sum(counted) == 100
    lines = {line.label: line.cells for line in verdict_of(asked(compared)).lines}
    assert (lines["found within 90 days"][0], lines["found later"][0], lines["never found"][0]) == ("58", "22", "20")


def test_late_duties_come_before_any_number(make_up: MakeUp) -> None:
    due = {"duties_due_per_year": (4000, 4000, 4000)}
    late = due | {"late_share": (0.52, 0.51, 0.53), "providers_past_duty": (743, 740, 746)}
    same = FEWER | dict.fromkeys(late, (0.0, 0.0, 0.0))
    verdict = verdict_of(asked(make_up({"Option A": same}, levels=late)))
    assert "the law is not kept" in verdict.title.lower()
    assert "1 in 2" in verdict.title
    assert "743 providers" in verdict.trouble[0]
    assert "for 4 days longer" in verdict.told[0]
    kept = due | {"late_share": (0.02, 0.02, 0.02), "providers_past_duty": (1, 1, 1)}
    assert trouble(make_up({"Option A": same}, levels=kept)) == ((), ())


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.05, "1 in 20"), (0.34, "1 in 3"), (0.5, "1 in 2"), (0.62, "6 in 10"), (0.99, "nearly all"), (1.0, "all")],
)
def test_a_share_in_words(share: float, words: str) -> None:
    assert in_words(share) == words


def test_numbers_as_a_lay_reader_takes_them_in() -> None:
    written = [short(value) for value in (0, 1.94, 9.96, 69.4, 330.2, 33_150)]
    assert written == ["0", "1.9", "10", "69", "330", "33,000"]

    assert (as_percent(0.154), nearly_percent(0.9996), nearly_percent(1.0)) == ("15%", "nearly all", "100%")
    assert (in_pounds(1871), in_pounds(561)) == ("£1,900", "£560")


def test_a_verdict_is_read_back_as_it_was_written(make_up: MakeUp) -> None:
    verdict = verdict_of(asked(make_up({"Option A": FEWER, "Option B": FAR}), ("Option B",)))
    assert read_verdict(as_json(verdict).encode()) == verdict
    assert frame_of(verdict).shape == (len(verdict.lines), 4)
    shown = len(verdict.trouble) + len(verdict.told) - len(verdict.repeats)
    assert len(verdict.repeats) == 3
    assert len(list(blocks_of(verdict))) == shown + 3
    for content in (b"{}", b"[]", b'{"title": "a", "lines": [1]}', b"no"):
        with pytest.raises(ValueError, match="not a verdict"):
            read_verdict(content)


def test_a_verdict_of_one_sentence_needs_no_table() -> None:
    assert [block.kind for block in blocks_of(Verdict("So it is.", told=("Thus.",)))] == ["paragraph"]
