"""What is said of a set of fits never contradicts its table, and says what speaks against relying on it."""

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.questions.calibrate.fit_tables import Told
from simulator.questions.calibrate.fits import interval
from simulator.questions.calibrate.mechanisms import INTERIM_NOISE, MECHANISMS, NOISE
from simulator.questions.calibrate.words import bounds_sentences, noise_sentence, sentences, set_sentences
from simulator.words.wording import number

MADE: dict[str, Any] = {
    "mechanisms": 16,
    "figures_fitted_to": 30,
    "inspections": 11_333,
    "providers": 2_296,
    "runs": 9_000,
    "usual_runs": 9_932,
    "framework": "childrens-homes-2014",
    "tolerance": 26.3,
    "misfit": 0.9,
    "starts": [44.0, 52.0, 60.0],
    "not_told_of": [INTERIM_NOISE],
}


def a_set(places: np.ndarray, **changed: Any) -> Told:
    """A set of fits at places, 0 to 1, of the space searched; shape (fits, mechanisms)."""
    fits = pd.DataFrame(
        [
            {
                "distance": 40.0 + at,
                "missed": 2,
                "transition_deviance": 20.0 + at,
                "worst_transition_share": 0.04,
                **{each.name: each.at(place) for each, place in zip(MECHANISMS, row, strict=True)},
                "undetected_per_100": 2.0,
                "turned_poor_per_100": 11.0 + at,
                "days_without_inspection": 200.0,
                "never_found_share": 0.4,
            }
            for at, row in enumerate(places)
        ]
    )
    profile = pd.DataFrame({NOISE: [0.0, 0.25, 0.5], "distance": [90.0, 45.0, 300.0], "excess": [50.0, 5.0, 260.0]})
    moments = pd.DataFrame(
        {
            "figure": ["from_3_to_1"],
            "title": ["After good, inadequate"],
            "unit": ["share"],
            "fitted_to": [True],
            "recorded": [0.04],
            "simulated": [0.05],
            "errors_apart": [2.5],
        }
    )
    return Told(fits, profile, moments, pd.DataFrame(), MADE | changed)


MIDDLE = np.full((30, len(MECHANISMS)), 0.5)
AT = {each.name: position for position, each in enumerate(MECHANISMS)}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_noise_in_the_sentence_is_that_of_the_table(places: list[float]) -> None:
    at = MIDDLE[: len(places)].copy()
    at[:, AT[NOISE]] = places
    told = a_set(at)
    said = re.findall(r"\d\.\d\d", noise_sentence(told))
    low, high = interval(told.fits[NOISE].to_list())
    assert said == [number(value, 2) for value in (low, high, told.fits[NOISE].iloc[0])]


def test_a_small_set_a_low_effort_and_a_wrong_model_are_told() -> None:
    fine = " ".join(set_sentences(a_set(MIDDLE)))
    for warning in ("fewer than", "effort was low", "wrong somewhere", "do not rely"):
        assert warning not in fine
    assert "30 fits fit about equally well" in fine
    assert "Searches from 3 starts reached distances of 44 to 60" in fine
    assert "A set of fewer than 20 fits" in " ".join(set_sentences(a_set(MIDDLE[:4])))
    assert "The effort was low: 1,000 runs instead of the usual 9,932." in " ".join(
        set_sentences(a_set(MIDDLE, runs=1000))
    )
    wrong = " ".join(set_sentences(a_set(MIDDLE, misfit=6.6)))
    assert "6.6 times as far from the records as random variation alone" in wrong
    assert "does not widen the set" in wrong
    wild = a_set(MIDDLE)
    wild.fits.loc[0, "worst_transition_share"] = 0.16
    assert "do not rely on it" in " ".join(set_sentences(wild))


@pytest.mark.parametrize(("place", "told"), [(0.0, True), (0.019, True), (0.03, False), (0.97, False), (0.99, True)])
def test_a_mechanism_within_two_per_cent_of_a_bound_is_told(place: float, told: bool) -> None:
    at = MIDDLE.copy()
    at[0, AT["falls_adequate_ratio"]] = place
    said = " ".join(bounds_sentences(a_set(at)))
    assert ("falls from requires improvement against good" in said) == told


def test_a_bound_that_many_fits_are_at_is_told_though_the_best_is_not() -> None:
    at = MIDDLE.copy()
    at[1:9, AT["damping_to_excellent"]] = 0.0
    assert "in 27% of the fits" in " ".join(bounds_sentences(a_set(at)))
    at[3:9, AT["damping_to_excellent"]] = 0.5
    assert not list(bounds_sentences(a_set(at)))


def test_what_the_fits_imply_is_told_with_its_range() -> None:
    said = " ".join(sentences(a_set(MIDDLE)))
    low, high = interval([11.0 + at for at in range(30)])
    assert (
        f"providers turn poor {number(low, 1)} to {number(high, 1)} times per 100 provider-years, 11.0 in the best"
        in said
    )
    assert "they would stay poor for 200 to 200 days on average" in said
    assert "Of every 100 such episodes, 40 to 40 end without being found" in said
    assert "its worst share is 4.0 points off" in said
