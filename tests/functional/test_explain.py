"""Which parts make a difference: they add up to it, one without effect gets 0, and wrong input gets one message."""

import json
from pathlib import Path
from typing import Final

import pandas as pd
import pytest

import simulator
from simulator.frameworks.clause_rows import values_of
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework
from simulator.questions.explain.answer import Why
from simulator.questions.explain.groups import groups_of
from simulator.questions.explain.parts import Pair, mixed
from simulator.running.targets import Quantity
from tests.commands import SMALL, ended, ran

HOMES: Final = Quantity("undetected_poor_provider_years", "childrens_home")
EVERY: Final = ("undetected_poor_provider_years of childrens_home", "inspections_per_year", "on_time_share")


def explained(option: str | Path, by: str | Path = "paragraphs", replications: int = 3, **asked: object) -> Why:
    return simulator.explain(option, scenario=SMALL, by=by, measures=EVERY, replications=replications, **asked)  # type: ignore[arg-type]


FEW: Final = """
[groups]
"how often homes are inspected" = ["rules.childrens-homes"]
"other services" = ["rules", "alignments"]
"assessment and self-assessment" = ["assessments", "self_assessments", "triggers"]
"""
"""Groups of option A as proposed; what is left is the fourth one."""


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Why:
    """Option A with the package, in four groups, with and without a limit to inspectors."""
    file = tmp_path_factory.mktemp("groups") / "few.toml"
    file.write_text(FEW)
    return explained("option-a-as-proposed", file, inspectors_time=True)


def own(folder: Path, name: str, content: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(f'title = "{name}"\nsummary = "A framework of tests."\n{content}')
    return path


WITHOUT_EFFECT: Final = """
[triggers.declined]
types = ["childrens_home"]
signal = "declined"
action = "move"
probability = 1.0
delay_days = 1
within_days = 31
source = { assumption = "no kind of visit here says that a home has declined" }
"""


def test_parts_add_up_to_the_difference_of_a_comparison(proposed: Why) -> None:
    scenario = simulator.load_scenario(SMALL, replications=3)
    compared = simulator.compare(scenario, frameworks=["option-a-as-proposed", "2006-regime"])
    rows = compared.differences.set_index(["framework", "measure", "service_type"])
    for quantity in proposed.found.quantities:
        total = proposed.found.total(quantity)
        assert total.mean == rows.loc[("option-a-as-proposed", quantity.measure, quantity.service_type), "mean"]
        parts = proposed.parts.query(f"measure == '{quantity.measure}' and service_type == '{quantity.service_type}'")
        assert parts["value"].sum() == pytest.approx(total.mean, abs=1e-12)


def test_written_parts_add_up_to_the_written_difference(proposed: Why) -> None:
    for column in range(len(proposed.verdict.columns)):
        cells = {line.label: line.cells[column] for line in proposed.verdict.lines if line.group.startswith("What")}
        numbers = [float(cell.replace("−", "-").replace(",", "")) for cell in cells.values()]
        assert sum(numbers[:-1]) == pytest.approx(numbers[-1])


def test_groups_are_those_of_the_document_and_say_what_goes_together() -> None:
    pair = Pair(*(simulator.load_framework(name) for name in ("option-a-as-proposed", "2006-regime")))
    groups = {group.title: group for group in groups_of(pair, "paragraphs")}
    assert list(groups) == [
        "how often homes are inspected",
        "how often other services are inspected",
        "visits sooner than the minimum",
        "random and themed inspections",
        "the yearly assessment",
        "visits after news",
        "self-assessments",
        "improvement plans and enforcement",
    ]
    together = groups["self-assessments"]
    assert [part.key for part in together.parts] == ["triggers.breach", "self_assessments.aqaa"]
    assert "a breach is one that is missing or misleads" in together.together
    assert groups["how often homes are inspected"].paragraphs == "Consultation 2006: 3.1.5, 3.1.11"


@pytest.mark.parametrize("by", ["paragraphs", "clauses", "figures"])
@pytest.mark.parametrize("option", ["option-b-as-proposed", "2012-proportional", "childrens-homes-2014", "none"])
def test_every_shipped_framework_has_parts_that_can_be_taken_one_by_one(option: str, by: str) -> None:
    """All parts together are the option itself, no part the baseline, and each part by itself is a framework."""
    pair = Pair(simulator.load_framework(option), simulator.load_framework("2006-regime"))
    groups = groups_of(pair, by)
    everything = mixed(pair, [part for group in groups for part in group.parts], option)
    assert everything is not None
    assert as_sets(everything) == as_sets(pair.option)
    assert as_sets(mixed(pair, [], option)) == as_sets(pair.baseline)
    assert all(mixed(pair, group.parts, "one") for group in groups)


def as_sets(framework: Framework | None) -> dict[str, dict[str, object]]:
    """Return the clauses of a framework, whatever their order in its file and whoever says so."""
    assert framework is not None
    named = {section: getattr(framework, section) for section in NAMED_CLAUSES}
    return {
        section: {
            name: values_of(clause) | {"types": sorted(values_of(clause).get("types", ()))}
            for name, clause in clauses.items()
        }
        for section, clauses in named.items()
    }


def test_by_rule_and_by_time_add_up(proposed: Why) -> None:
    parts = proposed.parts
    assert (parts["as_rule"] + parts["by_time"]).to_numpy() == pytest.approx(parts["value"].to_numpy())


def test_every_measure_of_every_combination_is_kept(proposed: Why) -> None:
    rows = proposed.combinations.query("measure == 'inspections_per_year' and not unlimited").set_index("combination")
    everything = rows.index.max()
    total = proposed.found.total(proposed.found.quantities[1])
    assert rows.loc[everything, "mean"] - rows.loc[0, "mean"] == pytest.approx(total.mean)


def test_a_framework_that_differs_in_nothing_leaves_nothing_to_explain(tmp_path: Path) -> None:
    why = explained(own(tmp_path, "copy", 'extends = "2006-regime"\n'))
    assert why.found.groups == ()
    assert all(why.found.total(of).mean == 0 for of in why.found.quantities)
    assert "prescribes the same as the 2006 regime" in why.verdict.title


def test_a_clause_without_effect_gets_nothing_and_moves_nothing(tmp_path: Path) -> None:
    both = own(tmp_path, "both", f'extends = "option-a"\n{WITHOUT_EFFECT}')
    with_it, without = explained(both), explained("option-a")
    share = dict(zip([group.title for group in with_it.found.groups], with_it.found.shares(HOMES), strict=True))
    news = share["visits after news"]
    assert news.value == news.alone == news.last == (0, 0, 0)
    kept = without.parts.set_index(["part", "measure", "service_type"])["value"]
    again = with_it.parts.set_index(["part", "measure", "service_type"])["value"]
    pd.testing.assert_series_equal(again[kept.index], kept, rtol=1e-9)


def test_the_order_of_groups_changes_nothing(tmp_path: Path) -> None:
    lists = {"homes": '["rules.childrens-homes"]', "fostering": '["rules", "alignments"]'}
    found = []
    for order in (list(lists), list(lists)[::-1]):
        named = {**lists, "fostering": '["rules.fostering-and-family-centres", "alignments"]'}
        file = tmp_path / "groups.toml"
        file.write_text("[groups]\n" + "".join(f"{title} = {named[title]}\n" for title in order))
        found.append(explained("option-a", file).parts.set_index(["measure", "service_type", "part"]).sort_index())
    one, other = (frame.select_dtypes("number") for frame in found)
    pd.testing.assert_frame_equal(one, other, rtol=1e-9)


def test_clauses_add_up_to_their_groups() -> None:
    groups = explained("option-a").parts.groupby(["measure", "part"])["value"].sum()
    clauses = explained("option-a", "clauses").parts
    within = clauses.assign(within=clauses["within"]).groupby(["measure", "within"])["value"].sum()
    assert within.to_numpy() == pytest.approx(groups.to_numpy())


def test_figures_of_one_clause(tmp_path: Path) -> None:
    """What its two figures bring adds up, and a figure for a grade that nobody has brings nothing."""
    why = explained("option-a", "figures", replications=2)
    keys = {key for parts in why.made["parts"].values() for key in parts}
    assert "rules.childrens-homes.per_year.good" in keys
    assert "rules.childrens-homes.per_year.not_yet_graded" in keys
    for of in why.found.quantities:
        total = sum(share.value.mean for share in why.found.shares(of))
        assert total == pytest.approx(why.found.total(of).mean)


def test_orders_are_drawn_where_there_are_too_many_parts() -> None:
    why = explained("option-a-as-proposed", "clauses", replications=2, most_combinations=100)
    assert not why.found.exact
    assert len(why.found.cases.frameworks) <= 100
    assert "orders drawn" in " ".join(why.caveats)
    for of in why.found.quantities:
        total = sum(share.value.mean for share in why.found.shares(of))
        assert total == pytest.approx(why.found.total(of).mean)


def test_parts_that_prescribe_nothing_new_are_run_once(tmp_path: Path) -> None:
    """Two clauses on news that never comes: four mixtures, all of them 0 apart."""
    two = WITHOUT_EFFECT + WITHOUT_EFFECT.replace("triggers.declined", "triggers.also").replace(
        "childrens_home", "boarding_school"
    )
    why = explained(own(tmp_path, "two", f'extends = "2006-regime"\n{two}'), "clauses", replications=2)
    assert len(why.found.cases.case) == 4
    assert all(share.value == (0, 0, 0) for of in why.found.quantities for share in why.found.shares(of))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("explain") / "why"
    ran("explain", "option-a", "--scenario", SMALL, "--replications", "2", "--out", out)
    return out


def test_the_command_leaves_tables_charts_and_a_report(folder: Path) -> None:
    assert json.loads((folder / "manifest.json").read_text())["question"] == "explain"
    parts = pd.read_csv(folder / "parts.csv")
    assert set(parts["part"]) == {"how often homes are inspected", "how often other services are inspected"}
    assert parts["value"].notna().all()
    report = (folder / "report.html").read_text()
    assert "Which parts of option A make the difference between it and the 2006 regime?" in report
    assert "inspectsim explain option-a --against 2006-regime --scenario FOLDER" in report
    for chart in ("days_unfound_mean", "undetected_poor_provider_years", "inspections_per_year"):
        assert (folder / "charts" / f"{chart}-childrens_home.svg").is_file()


def test_asked_again_of_its_folder_it_leaves_the_same_tables(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    ran("explain", "option-a", "--against", "2006-regime", "--scenario", folder, "--replications", "2", "--out", again)
    for name in ("parts.csv", "combinations.csv"):
        assert (again / name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["option-aa"], 'did you mean "option-a"?'),
        (["option-a", "--against", "2006"], "2006-regime"),
        (["option-a", "--against", "option-a"], "--against: given option-a, the framework to explain"),
        (["option-a", "--measure", "days_unfound"], "did you mean"),
        (["option-a", "--by", "paragraph"], 'did you mean "paragraphs"?'),
        (["option-a", "--by", "there-is-none.toml"], "there-is-none.toml"),
        (["option-a", "--scenario", "england"], "england-2006"),
    ],
)
def test_what_it_refuses_is_one_message(asked: list[str], told: str, tmp_path: Path) -> None:
    scenario = [] if "--scenario" in asked else ["--scenario", str(SMALL)]
    refused = ended(2, "explain", *asked, *scenario, "--out", tmp_path / "out")
    assert told in refused.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a = 1\n", "must have one table, [groups]"),
        ("[groups]\n", "must have one table, [groups]"),
        ('[groups]\nhomes = "rules"\n', "must be a list"),
        ('[groups]\nhomes = ["rules.childrens-home"]\n', 'did you mean "rules.childrens-homes"?'),
        ('[groups]\nhomes = ["rules"]\nmore = ["rules.childrens-homes"]\n', "is already in another group"),
    ],
)
def test_a_file_of_groups_that_cannot_be_used_is_refused(content: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "groups.toml"
    file.write_text(content)
    refused = ended(2, "explain", "option-a", "--scenario", SMALL, "--by", file, "--out", tmp_path / "out")
    assert told in refused.stderr
    assert "groups.toml" in refused.stderr


def test_one_measure_alone_has_a_workbook(tmp_path: Path) -> None:
    """Columns of this verdict are measures, not frameworks that could be subtracted."""
    out = tmp_path / "one"
    ran("explain", "option-a", "--scenario", SMALL, "--measure", "on_time_share", "--replications", "2", "--out", out)
    assert (out / "workbook.xlsx").is_file()
