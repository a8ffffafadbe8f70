"""Small inputs that once failed: refused with one message, or told, before anything is run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import load_framework
from simulator.questions.calibrate.records import read_records
from simulator.scenario.scenario import load_scenario
from simulator.world.register import read_register
from tests.commands import SMALL, ended, ran

HEADER = "provider,service_type,sector,local_authority,region,places,opened,closed\n"
HOME = "{},childrens_home,private,Northshire,North,{},{},{}\n"
RECORD = "provider,service_type,kind,date,grade\n"


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def refused(read: object, path: Path) -> str:
    with pytest.raises(InputError) as error:
        read(path)  # type: ignore[operator]
    return str(error.value)


def test_a_home_has_a_place(tmp_path: Path) -> None:
    path = written(tmp_path, "register.csv", HEADER + HOME.format("H1", 0, "", ""))
    assert "allowed: a whole number from 1 to 999999" in refused(read_register, path)


@pytest.mark.parametrize("sign", ["\x01", "\x00", "\x9f"])
def test_a_name_has_no_control_character(sign: str, tmp_path: Path) -> None:
    path = written(tmp_path, "register.csv", HEADER + HOME.format(f"H{sign}1", 4, "", ""))
    told = refused(read_register, path)
    assert f"U+{ord(sign):04X}" in told
    assert sign not in told
    assert "line 2: provider" in told


def test_a_name_is_no_longer_than_a_file_may_be_called(tmp_path: Path) -> None:
    path = written(tmp_path, "register.csv", HEADER + HOME.format("H" * 300, 4, "", ""))
    assert "has 300 characters; allowed: at most 120" in refused(read_register, path)


def test_a_title_that_no_chart_has_room_for_is_refused(tmp_path: Path) -> None:
    content = f'title = "{"long " * 120}"\nsummary = "A title too long."\nextends = "option-a"\n'
    path = written(tmp_path, "long.toml", content)
    told = refused(load_framework, path)
    assert "title" in told
    assert "has 600 characters; allowed: at most 120" in told
    assert len(told) < 400


def test_a_population_beyond_all_memory_is_refused(tmp_path: Path) -> None:
    content = 'title = "T"\nextends = "england-2006"\n[population.types]\nchildrens_home.count = 1000000000000\n'
    path = written(tmp_path, "big.toml", content)
    told = refused(load_scenario, path)
    assert "childrens_home.count" in told
    assert "at most 200000" in told


def test_a_full_inspection_has_a_grade(tmp_path: Path) -> None:
    rows = "9,childrens_home,full,2014-04-02,.0\n9,childrens_home,full,2015-03-30,3\n"
    told = refused(read_records, written(tmp_path, "records.csv", RECORD + rows))
    assert 'line 2: grade: given ".0"; must be 4 (best), 3, 2 or 1 (worst)' in told


def test_a_provider_that_a_spreadsheet_wrote_as_a_decimal_is_the_same_one(tmp_path: Path) -> None:
    rows = "1027,childrens_home,full,2014-04-02,3.0\n1027.0,childrens_home,full,2015-03-30,1.0\n"
    records = read_records(written(tmp_path, "records.csv", RECORD + rows))
    assert records.inspections.provider.tolist() == [0, 0]


def test_providers_that_differ_in_leading_noughts_alone_are_refused(tmp_path: Path) -> None:
    rows = "0127,childrens_home,full,2014-04-02,3\n127,childrens_home,full,2015-03-30,1\n"
    assert '"0127" and "127"' in refused(read_records, written(tmp_path, "records.csv", RECORD + rows))


def test_years_without_a_record_are_refused(tmp_path: Path) -> None:
    rows = (
        "1,childrens_home,full,1990-04-05,3\n9,childrens_home,full,2014-04-02,3\n9,childrens_home,full,2016-03-30,3\n"
    )
    told = refused(read_records, written(tmp_path, "records.csv", RECORD + rows))
    assert "no record in 23 of 26 inspection years, first from April 1991 to March 1992" in told


@pytest.mark.parametrize("days", [("", "2001-01-01"), ("2050-01-01", "")])
def test_a_register_of_nobody_is_told(days: tuple[str, str], tmp_path: Path) -> None:
    rows = "".join(HOME.format(name, 4, *days) for name in ("H1", "H2"))
    path = written(tmp_path, "register.csv", HEADER + rows)
    asked = ("--framework", "2006-regime", "--replications", "1", "--years", "1", "--out", tmp_path / "out")
    assert "none of the 2 providers of the register is open" in ran("compare", SMALL, "--register", path, *asked).stderr


def test_a_folder_that_is_not_in_utf8_is_refused_before_anything_runs(tmp_path: Path) -> None:
    name = os.fsdecode(bytes(tmp_path / "q") + b"\xff")
    told = ended(2, "compare", SMALL, "--replications", "1", "--out", name).stderr
    assert "allowed: a name in UTF-8" in told
    assert not os.path.exists(name)  # noqa: PTH110  (a name that no path of the tests has)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_output_that_a_terminal_cannot_hold_is_printed_all_the_same(encoding: str) -> None:
    """A minus sign, a pound and quotation marks go to a stream that knows none of them."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from simulator.commands.cli import main; main()",
            "frameworks",
            "show",
            "2012-proportional",
        ],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr.decode(encoding)
    assert b"UnicodeEncodeError" not in told.stderr
