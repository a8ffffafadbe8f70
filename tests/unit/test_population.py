"""The synthetic population: as the settings say, and nothing moves when others are added."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.world.population import COLUMNS, PlacesSettings, PopulationSettings, share_at, synthetic
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES

CLOSURES = {"poor": 0.2, "adequate": 0.1, "good": 0.1, "excellent": 0.1}


def small(**changes: Any) -> PopulationSettings:
    table: dict[str, Any] = {
        "local_authorities": 10,
        "regions": {"North": 0.3, "South": 0.7},
        "types": {
            "childrens_home": {
                "count": 200,
                "places": {"median": 4, "mean": 4.4},
                "sectors": {"private": 0.7, "voluntary": 0.1, "local_authority": 0.2},
                "closures": CLOSURES,
            },
            "la_fostering": {
                "places": {"median": 100, "mean": 120},
                "sectors": {"local_authority": 1},
                "closures": CLOSURES,
            },
        },
    }
    return PopulationSettings.model_validate(table | changes)


def with_count(count: int) -> PopulationSettings:
    table = small().model_dump()
    table["types"]["childrens_home"]["count"] = count
    return PopulationSettings.model_validate(table)


def test_counts_and_columns_are_as_set() -> None:
    rows = synthetic(small(), seed=1)
    assert tuple(rows.columns) == COLUMNS
    assert rows.service_type.value_counts().to_dict() == {"childrens_home": 200, "la_fostering": 10}
    assert rows.provider.is_unique
    assert {"childrens_home-0001", "la_fostering-010"} <= set(rows.provider)
    assert rows.opened.isna().all()
    assert rows.closed.isna().all()
    assert (rows.places >= 1).all()


def test_every_authority_has_one_service_of_its_own_in_its_own_region() -> None:
    rows = synthetic(small(), seed=1)
    own = rows[rows.service_type == "la_fostering"]
    assert own.local_authority.tolist() == [f"LA {number:03d}" for number in range(1, 11)]
    assert own.region.tolist() == ["North"] * 3 + ["South"] * 7
    region_of = dict(zip(own.local_authority, own.region, strict=True))
    assert (rows.local_authority.map(region_of) == rows.region).all()


def test_attributes_follow_their_shares_and_places_their_distribution() -> None:
    rows = synthetic(with_count(4000), seed=3).query("service_type == 'childrens_home'")
    assert rows.sector.value_counts(normalize=True).to_dict() == pytest.approx(
        {"private": 0.7, "voluntary": 0.1, "local_authority": 0.2}, abs=0.025
    )
    assert rows.places.median() == 4
    assert rows.places.mean() == pytest.approx(4.4, abs=0.15)
    assert rows.places.quantile(0.9) == 7
    assert rows.local_authority.value_counts(normalize=True).max() < 0.13


@settings(max_examples=10)
@given(fewer=st.integers(0, 60), more=st.integers(0, 60), seed=st.integers(0, 2**63 - 1))
def test_more_providers_change_nothing_about_those_there(fewer: int, more: int, seed: int) -> None:
    few = synthetic(with_count(fewer), seed).set_index("provider")
    many = synthetic(with_count(fewer + more), seed).set_index("provider")
    pd.testing.assert_frame_equal(few, many.loc[few.index])


def test_another_type_changes_nothing_about_those_there() -> None:
    table = small().model_dump()
    table["types"]["adoption_support_agency"] = table["types"]["childrens_home"]
    before = synthetic(small(), 7)
    after = synthetic(PopulationSettings.model_validate(table), 7)
    kept = after[after.service_type != "adoption_support_agency"].reset_index(drop=True)
    pd.testing.assert_frame_equal(before, kept)


def test_the_seed_alone_decides() -> None:
    pd.testing.assert_frame_equal(synthetic(small(), 5), synthetic(small(), 5))
    assert not synthetic(small(), 5).equals(synthetic(small(), 6))


def test_a_population_can_be_empty() -> None:
    rows = synthetic(small(types={}), 1)
    assert len(rows) == 0
    assert rows.places.dtype == "int64"


def test_types_are_thirteen_and_those_of_authorities_among_them() -> None:
    assert len(SERVICE_TYPES) == len(set(SERVICE_TYPES)) == 13
    assert set(AUTHORITY_SERVICES) < set(SERVICE_TYPES)


def test_places_are_all_equal_where_mean_and_median_are() -> None:
    places = PlacesSettings(median=6, mean=6)
    assert {places.quantile(z) for z in (-3.0, 0.0, 3.0)} == {6}


@pytest.mark.parametrize(("position", "name"), [(0.0, "a"), (0.2499, "a"), (0.25, "c"), (0.999, "c"), (1.0, "c")])
def test_share_at_lays_shares_end_to_end(position: float, name: str) -> None:
    assert share_at({"a": 0.25, "b": 0.0, "c": 0.75, "d": 0.0}, position) == name


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("types", "childrens_home", "count"), -1, "greater than or equal to 0"),
        (("types", "childrens_home", "count"), None, "give the number of providers"),
        (("types", "la_fostering", "count"), 12, "every local authority has one"),
        (("types", "childrens_home", "places", "mean"), 3, "the mean (3) is below the median (4)"),
        (("types", "childrens_home", "places", "median"), 0, "greater than or equal to 1"),
        (("types", "childrens_home", "sectors"), {"private": 0.5}, "sum to 0.5"),
        (("types", "childrens_home", "closures", "poor"), -0.1, "greater than or equal to 0"),
        (("regions",), {"North": 0.5, "South": 0.6}, "sum to 1.1"),
        (("regions",), {}, "sum to 0"),
        (("local_authorities",), 0, "greater than or equal to 1"),
        (("types", "childrens_home", "colour"), 1, "not permitted"),
    ],
)
def test_what_cannot_be_is_refused(path: tuple[str, ...], value: object, said: str) -> None:
    table = small().model_dump()
    inner = table
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(ValidationError) as refused:
        PopulationSettings.model_validate(table)
    assert said in str(refused.value)


def test_an_authority_service_can_be_left_out_or_counted_as_there_are_authorities() -> None:
    table = small().model_dump()
    table["types"]["la_fostering"]["count"] = 0
    assert PopulationSettings.model_validate(table).count("la_fostering") == 0
    table["types"]["la_fostering"]["count"] = 10
    assert PopulationSettings.model_validate(table).count("la_fostering") == 10
