"""The shipped set of fits, the scenario that has its best fit, and the page that says how well it fits."""

from pathlib import Path

import pytest

from docs.generators.validation import SHIPPED_SET, shipped_page
from docs.generators.validation_words import GROUPS, KNOWN
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import load_framework
from simulator.questions.calibrate.best_scenario import evidence_of
from simulator.questions.calibrate.choosing import FEWEST_FITS, MOST_DEVIANCE
from simulator.questions.calibrate.fit_tables import read_told
from simulator.questions.calibrate.fits import TABLES, fits_folder, load_fits
from simulator.questions.calibrate.goodness import MOST_APART
from simulator.questions.calibrate.mechanisms import MECHANISMS, NOISE, SEVERITY, fitted_scenario
from simulator.running.store import read_manifest
from simulator.scenario.scenario import load_scenario

EARLIER_SET = "homes-2014-2016"
"""Fitted to the first two years alone, so that the third can be predicted."""
PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
TRANSITIONS = [[312, 149, 27, 7], [271, 1459, 282, 83], [19, 487, 221, 79], [0, 99, 190, 57]]


def test_the_page_in_docs_is_the_one_that_is_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == shipped_page(), (
        "run: python -m docs.generators.validation > docs/validation.md"
    )


def test_every_figure_is_on_the_page_once() -> None:
    told = read_told(SHIPPED_SET)
    begins = [start for group in GROUPS for start in (*group.begins, "from_")]
    for figure in told.moments["figure"]:
        assert [start for start in dict.fromkeys(begins) if figure.startswith(start)], figure
    assert set(KNOWN) <= set(told.moments["figure"])


def test_the_records_were_counted_as_they_were_known_before() -> None:
    told = read_told(SHIPPED_SET)
    assert told.transitions["recorded"].to_numpy().reshape(4, 4).tolist() == TRANSITIONS
    recorded = told.moments.set_index("figure")["recorded"]
    assert recorded["found_ratio"] == pytest.approx(3.5, abs=0.05)
    assert recorded["gap_mean"] == pytest.approx(184, abs=0.5)
    assert recorded["after_poor_median"] == 51
    assert recorded["judged_1_in_year_1"] == pytest.approx(0.093, abs=0.0005)


def test_the_shipped_set_holds_no_records_and_says_what_it_is() -> None:
    for name in (SHIPPED_SET, EARLIER_SET):
        folder = fits_folder(name)
        manifest = read_manifest(folder)
        assert manifest is not None
        assert manifest["framework"] == "childrens-homes-2014"
        assert "Ofsted official statistics" in manifest["records"]
        assert {path.name for path in folder.iterdir()} == {*TABLES, "manifest.json"}


def test_no_fit_of_a_shipped_set_misses_transitions_wildly() -> None:
    for name in (SHIPPED_SET, EARLIER_SET):
        told = read_told(name)
        fits = told.fits
        assert len(fits) >= FEWEST_FITS
        assert fits["transition_deviance"].max() <= MOST_DEVIANCE
        assert fits["worst_transition_share"].max() <= MOST_APART
        assert (fits["distance"] <= fits["distance"].iloc[0] + told.manifest["tolerance"]).all()
        assert fits["never_found_share"].between(0, 1).all()


def test_the_earlier_set_has_seen_nothing_of_the_third_year() -> None:
    told = read_told(EARLIER_SET)
    assert (told.manifest["from"], told.manifest["inspection_years"]) == ("2014-04-01", 2)
    assert told.manifest["inspections"] < read_told(SHIPPED_SET).manifest["inspections"]
    assert not [figure for figure in told.moments["figure"] if figure.endswith("year_3")]
    assert load_fits(EARLIER_SET).begins == load_fits(SHIPPED_SET).begins


def test_the_shipped_scenario_has_the_best_fit_and_its_source() -> None:
    fits = load_fits(SHIPPED_SET)
    scenario = load_scenario(SHIPPED_SET)
    assert scenario.run.begins == fits.begins
    best = fitted_scenario(scenario, fits.fits[0], fits.service_type, "a test")
    assert scenario.quality.speed == pytest.approx(best.quality.speed, rel=5e-3)
    for name in ("falls", "found_out"):
        there, fitted = (getattr(each.quality, name).model_dump() for each in (scenario, best))
        assert there == pytest.approx(fitted, rel=5e-3)
    shares = (each.quality.natural_shares["childrens_home"].model_dump() for each in (scenario, best))
    assert next(shares) == pytest.approx(next(shares), abs=1e-3)
    entry = scenario.evidence["quality.speed"]
    assert (entry.mark, entry.source) == ("D", f"fitted to {read_told(SHIPPED_SET).manifest['records']}")
    assert set(evidence_of(fits.fits, fits.service_type, "x")) <= set(scenario.evidence)
    framework = load_framework("childrens-homes-2014")
    assert framework.kinds["key"].sigma == pytest.approx(fits.fits[0][NOISE], rel=5e-3)
    assert framework.severity["first-year"].grades_added == pytest.approx(-fits.fits[0][SEVERITY], abs=1e-3)


def test_fits_lie_within_the_space_that_was_searched() -> None:
    for fit in load_fits(SHIPPED_SET).fits:
        for each in MECHANISMS:
            assert each.low * (1 - 1e-6) <= fit[each.name] <= each.high * (1 + 1e-6)


def test_a_set_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        load_fits("homes-2015-2017")
    assert 'there is no set of fits "homes-2015-2017"; did you mean "homes-2014-2017"?' in str(refused.value)
    with pytest.raises(InputError, match="or a folder that inspectsim calibrate has written"):
        load_fits(tmp_path)
