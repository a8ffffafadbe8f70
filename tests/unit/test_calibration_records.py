"""Inspection records are read as they are kept, and refused in words where they cannot be used."""

from datetime import date
from pathlib import Path

import pytest

from simulator.inputs.messages import InputError
from simulator.questions.calibrate.enough import check_enough
from simulator.questions.calibrate.records import FULL, INTERIM, MONITORING, Records, read_records

HEAD = "provider,service_type,kind,date,grade"
USUAL = ["7,childrens_home,full,2014-05-01,3", "7,childrens_home,interim,2015-02-20,"]


def written(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "records.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_records(path)
    return str(refused.value)


def test_records_are_sorted_by_provider_and_day_whatever_the_order_of_the_lines(tmp_path: Path) -> None:
    lines = [
        "b,childrens_home,full,2015-03-30,2.0",
        "a,childrens_home,interim,2015-01-10,",
        "b,childrens_home,monitor,2014-04-20,",
        "a,childrens_home,full,2014-04-01,4",
        "c,boarding_school,full,2014-04-01,1",
    ]
    read = read_records(written(tmp_path, *lines))
    seen = read.inspections
    assert (read.start, read.years, seen.providers) == (date(2014, 4, 1), 1, 2)
    assert seen.provider.tolist() == [0, 0, 1, 1]
    assert seen.day.tolist() == [0, 284, 19, 363]
    assert seen.kind.tolist() == [FULL, INTERIM, MONITORING, FULL]
    assert seen.grade.tolist() == [4, 0, 0, 2]
    assert seen.year_starts.tolist() == [0, 365]


def test_what_an_interim_visit_said_is_read_where_it_is_there(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "7,childrens_home,full,2014-04-03,3,",
        "7,childrens_home,interim,2015-03-01,,declined",
        head=f"{HEAD},direction",
    )
    assert read_records(path).inspections.direction.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("7,childrens_home,ful,2014-05-01,3", 'line 4: kind: there is no kind "ful"; did you mean "full"?'),
        ("7,childrens_home,full,2014-05-01,5", 'line 4: grade: given "5"; must be 4 (best), 3, 2 or 1 (worst)'),
        ("7,childrens_home,full,2014-05-01,", "line 4: grade: empty; a full inspection gives one"),
        ("7,childrens_home,full,01/05/2014,3", 'line 4: date: given "01/05/2014"; must be a day'),
        ("7,childrens_home,full,2014-02-30,3", 'line 4: date: given "2014-02-30"; must be a day'),
        (",childrens_home,full,2014-05-01,3", "line 4: provider: empty"),
        ("7,childrens_homes,full,2014-05-01,3", 'did you mean "childrens_home"?'),
        ("7,childrens_home,full,2014-05-01", "line 4: 4 fields where the first line names 5 columns"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = written(tmp_path, *USUAL, line)
    assert said in refusal(path)
    assert refusal(path).startswith(str(path))


def test_ten_problems_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    told = refusal(written(tmp_path, *["7,childrens_home,full,2014-05-01,9"] * 13)).splitlines()
    assert len(told) == 11
    assert told[-1].endswith("and 3 more like these")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, head="provider,service_type,kind,dates,grade"))
    assert 'missing column date; did you mean "dates"?' in said


def test_records_of_others_alone_are_refused_with_what_is_there(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, "7,boarding_school,full,2014-05-01,3"))
    assert 'no inspection of service type "childrens_home" in it; there is boarding_school (1)' in said


def test_years_must_be_whole(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, "7,childrens_home,full,2014-07-01,3", USUAL[1]))
    assert "run from 2014-07-01 to 2015-02-20; needed are whole inspection years" in said


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "none.csv: cannot be read (No such file or directory)" in refusal(tmp_path / "none.csv")


def test_too_few_records_are_refused_with_what_is_short_and_what_for(tmp_path: Path) -> None:
    read = read_records(written(tmp_path, *USUAL, "7,childrens_home,full,2015-03-20,1"))
    with pytest.raises(InputError) as refused:
        check_enough(read, "records.csv")
    told = str(refused.value)
    assert "1 whole inspection years, 2 needed" in told
    assert "1 providers with a full inspection, 150 needed" in told
    assert "1 pairs of a full inspection and the next, 250 needed" in told
    assert "1 finds of inadequate at a home last judged good or better, 15 needed" in told


def test_enough_records_pass() -> None:
    from tests.unit.test_calibration_moments import inspections

    many = [(home, day, FULL, grade) for home in range(200) for day, grade in ((10, 3), (400, 1), (800, 3))]
    check_enough(Records(inspections(many, years=3), "childrens_home", date(2014, 4, 1)), "records.csv")
