"""A register read from CSV: every row that cannot be used is named by its line."""

from pathlib import Path

import pandas as pd
import pytest

from simulator.inputs.messages import InputError
from simulator.world.population import COLUMNS, synthetic
from simulator.world.register import read_register
from tests.unit.test_population import small

HEADER = ",".join(COLUMNS)
GOOD = "A1,childrens_home,private,Leeds,North,4,2001-05-01,"


def write(folder: Path, *lines: str) -> Path:
    path = folder / "providers.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_register(path)
    return str(refused.value)


def test_a_register_has_the_columns_and_types_of_a_synthetic_population(tmp_path: Path) -> None:
    rows = read_register(write(tmp_path, HEADER, GOOD, "A2,la_fostering,local_authority,Leeds,North,120,,31/03/2010"))
    assert rows.dtypes.equals(synthetic(small(), 1).dtypes)
    assert rows.provider.tolist() == ["A1", "A2"]
    assert rows.opened.tolist() == [pd.Timestamp("2001-05-01"), pd.NaT]
    assert rows.closed.tolist() == [pd.NaT, pd.Timestamp("2010-03-31")]
    assert rows.places.tolist() == [4, 120]


def test_a_synthetic_population_written_to_csv_reads_back_the_same(tmp_path: Path) -> None:
    rows = synthetic(small(), 4)
    rows.to_csv(tmp_path / "own.csv", index=False)
    pd.testing.assert_frame_equal(read_register(tmp_path / "own.csv"), rows)


def test_columns_come_in_any_order_among_others_with_spaces_blank_lines_and_a_byte_order_mark(
    tmp_path: Path,
) -> None:
    path = tmp_path / "providers.csv"
    names = list(reversed(COLUMNS))
    values = dict(zip(COLUMNS, GOOD.split(","), strict=True))
    lines = [
        "name, " + " , ".join(names),
        "",
        '"Home, the\nold one",' + ",".join(f" {values[name]} " for name in names),
        ",,,,,,,,",
    ]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    assert read_register(path).iloc[0].provider == "A1"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "A2,childrens_homes,private,Leeds,North,4,,",
            'line 3: service_type: given "childrens_homes"; allowed: childrens_home, secure_childrens_home',
        ),
        ("A2,childrens_homes,private,Leeds,North,4,,", 'did you mean "childrens_home"?'),
        ("A2,childrens_home,privat,Leeds,North,4,,", 'line 3: sector: given "privat"; allowed: private, voluntary'),
        ("A2,childrens_home,private,Leeds,North,-4,,", 'line 3: places: given "-4"; allowed: a whole number'),
        ("A2,childrens_home,private,Leeds,North,4.5,,", 'line 3: places: given "4.5"; allowed: a whole number'),
        ("A2,childrens_home,private,Leeds,North,,,", "line 3: places: empty; allowed: a whole number"),
        ("A2,childrens_home,private,Leeds,North,4,May 2001,", 'line 3: opened: given "May 2001"; allowed: a date as'),
        ("A2,childrens_home,private,Leeds,North,4,2001-02-30,", "no such day in the calendar"),
        ("A2,childrens_home,private,Leeds,North,4,04/13/2001,", "no such day in the calendar"),
        ("A2,childrens_home,private,Leeds,North,4,0001-01-01,", "allowed: a date from 1800-01-01"),
        (
            "A2,childrens_home,private,Leeds,North,4,2005-01-01,2004-01-01",
            "line 3: closed: given 2004-01-01, not after opened (2005-01-01)",
        ),
        ("A1,childrens_home,private,Leeds,North,4,,", 'line 3: provider: "A1" is already on line 2'),
        (",childrens_home,private,Leeds,North,4,,", "line 3: provider: empty; allowed: a name"),
        ("A2,childrens_home,private,,North,4,,", "line 3: local_authority: empty; allowed: a name"),
        ("A2,childrens_home,private,Leeds,,4,,", "line 3: region: empty; allowed: a name"),
        ("A2,la_adoption,private,Leeds,North,4,,", 'line 3: sector: given "private" for la_adoption'),
        ("A2,childrens_home,private,Leeds,North,4,", "line 3: 7 fields; allowed: one for each of the 8 columns"),
        ('A2,"childrens_home"x,private,Leeds,North,4,,', "line 3: not CSV"),
    ],
)
def test_a_wrong_row_is_named_by_line_column_given_and_allowed(tmp_path: Path, row: str, said: str) -> None:
    message = refusal(write(tmp_path, HEADER, GOOD, row))
    assert said in message
    assert all(line.startswith(str(tmp_path / "providers.csv")) for line in message.splitlines())


def test_an_authority_has_one_service_of_a_kind(tmp_path: Path) -> None:
    row = "{},la_fostering,local_authority,Leeds,North,100,,"
    message = refusal(write(tmp_path, HEADER, row.format("F1"), row.format("F2")))
    assert 'line 3: service_type: a second la_fostering of "Leeds" (the first is on line 2)' in message


def test_the_first_ten_wrong_rows_are_named_and_the_others_counted(tmp_path: Path) -> None:
    rows = [f"B{number},childrens_home,private,Leeds,North,many,," for number in range(13)]
    lines = refusal(write(tmp_path, HEADER, *rows)).splitlines()
    assert len(lines) == 11
    assert "line 11: places" in lines[9]
    assert lines[10].endswith("and 3 more like these")


def test_lines_are_counted_over_quoted_line_breaks(tmp_path: Path) -> None:
    wrong = "A3,childrens_home,private,Leeds,North,many,,"
    assert "line 4: places" in refusal(
        write(tmp_path, HEADER, 'A2,childrens_home,private,"Leeds\nCity",North,4,,', wrong)
    )


def test_a_missing_column_is_named_with_the_nearest_one_given(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, HEADER.replace("service_type", "servicetype").replace(",closed", ""), GOOD))
    assert 'line 1: no column "service_type"; is it the one named "servicetype"?' in message
    assert 'line 1: no column "closed"' in message
    assert f"columns needed: {', '.join(COLUMNS)}" in message


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    assert 'more than one column "places"' in refusal(write(tmp_path, HEADER + ",places", GOOD + ",3"))


def test_another_separator_is_named(tmp_path: Path) -> None:
    assert "columns are parted by ';'; a comma is needed" in refusal(write(tmp_path, HEADER.replace(",", ";")))


def test_files_that_hold_no_register_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert "the file is empty" in refusal(empty)
    assert "no provider in it" in refusal(write(tmp_path, HEADER))
    assert "cannot be read" in refusal(tmp_path)
    assert "cannot be read (No such file or directory)" in refusal(tmp_path / "absent.csv")
    latin = tmp_path / "latin.csv"
    latin.write_bytes(HEADER.encode() + b"\nA1,childrens_home,private,Caf\xe9,North,4,,\n")
    assert "not in UTF-8" in refusal(latin)
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\x00\x01\x02\n")
    assert "binary.csv" in refusal(binary)
