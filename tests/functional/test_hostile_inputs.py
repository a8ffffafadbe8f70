"""Small inputs that once failed: refused with one message, or told, before anything is run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.inputs.given_files import content_of
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import load_framework
from simulator.questions.calibrate.records import read_records
from simulator.questions.compare.for_whom import FOR_WHOM, table_of
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


def test_a_provider_of_the_records_has_a_name_that_can_be_shown(tmp_path: Path) -> None:
    for name, said in (("9\x01", "U+0001"), ("9\uffff", "U+FFFF"), ("9" * 200, "has 200 characters")):
        rows = f"{name},childrens_home,full,2014-04-02,3\n"
        told = refused(read_records, written(tmp_path, "records.csv", RECORD + rows))
        assert "line 2: provider: given" in told
        assert said in told


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


NUMBERS = ",".join("1" * 19_000)
SCENARIO = 'title = "T"\nextends = "england-2006"\n'
FRAMEWORK = 'title = "T"\nsummary = "s"\nextends = "option-b"\n'
ENDLESS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "list for a table": (load_scenario, f"{SCENARIO}population = [{NUMBERS}]", "population: given [1, 1,"),
    "list for a text": (load_scenario, f"{SCENARIO}description = [{NUMBERS}]", "description: given [1, 1,"),
    "list for a name": (load_scenario, f'title = "T"\nextends = [{NUMBERS}]', "extends: given [1, 1,"),
    "lists in a list": (load_scenario, SCENARIO + "run = " + "[" * 400 + "]" * 400, "beyond 8 levels"),
    "lists without an end": (load_scenario, SCENARIO + "run = " + "[" * 30_000, "too large"),
    "tables in a table": (load_scenario, SCENARIO + "run = " + "{a = " * 90 + "1" + "}" * 90, "beyond 8 levels"),
    "key of many parts": (load_scenario, SCENARIO + ".".join("a" * 30_000) + " = 1", "a key of too many parts"),
    "long key": (load_scenario, SCENARIO + "a" * 400 + " = 1", "a key that is longer than 300"),
    "long title": (load_scenario, SCENARIO.replace("T", "T" * 100_000), "title: has 100,000 characters"),
    "long description": (load_scenario, f'{SCENARIO}description = "{"d " * 50_000}"', "at most 4,000"),
    "long summary": (load_framework, FRAMEWORK.replace('"s"', f'"{"s " * 50_000}"'), "summary: has 100,000"),
    "sign of no XML": (load_framework, FRAMEWORK.replace('"s"', '"\\uffff"'), "summary: has the character U+FFFF"),
    "escapes without an end": (load_framework, FRAMEWORK + 'x = "' + '\\"' * 400_000, "Unterminated string"),
    "unknown keys": (load_framework, FRAMEWORK + "".join(f"a{n} = 1\n" for n in range(19_000)), "18,950 more problems"),
    "values": (load_framework, FRAMEWORK + "".join(f"a{n} = 1\n" for n in range(30_000)), "more than 20,000 values"),
    "large": (load_framework, FRAMEWORK + "#" * 2**20, "allowed: at most 1,048,576"),
    "lines all wrong": (read_register, HEADER + "x\n" * 50_000, "and at least 991 more like these"),
    "records all wrong": (read_records, RECORD + "x,y,z,v,w\n" * 50_000, "more like these"),
}


@pytest.mark.parametrize(("read", "content", "said"), ENDLESS.values(), ids=ENDLESS)
def test_what_would_take_for_ever_is_refused_at_once(
    read: Callable[[Path], object], content: str, said: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "endless.toml", content)
    began = time.process_time()
    told = refused(read, path)
    assert time.process_time() - began < 2
    assert said in told
    assert len(told) < 20_000


@pytest.mark.skipif(os.name != "posix", reason="devices and pipes of Unix")
@pytest.mark.parametrize("read", [load_scenario, load_framework, read_register, read_records])
def test_what_is_no_file_is_not_read(read: Callable[[Path], object], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    (tmp_path / "folder.toml").mkdir()
    for name, said in (("pipe", "a device or a pipe"), ("zero", "a device or a pipe"), ("folder", "a folder")):
        assert f"it is {said}" in refused(read, tmp_path / f"{name}.toml")
    assert "File name too long" in refused(read, tmp_path / f"{'n' * 300}.toml")


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rights of the system are played, since tests may run as its administrator."""

    of_system = Path.stat

    def shut(self: Path, **given: bool) -> os.stat_result:
        if tmp_path in self.parents:
            raise PermissionError(13, "Permission denied", str(self))
        return of_system(self, **given)

    monkeypatch.setattr(Path, "stat", shut)
    for read in (load_scenario, load_framework, read_register, read_records):
        assert "cannot be read (Permission denied)" in refused(read, tmp_path / "mine.toml")


def test_a_table_of_a_run_that_is_damaged_is_told(tmp_path: Path) -> None:
    for content in (b"", b"PAR1", bytes(100), b"PAR1" + bytes(100) + b"PAR1"):
        (tmp_path / FOR_WHOM).write_bytes(content)
        assert f"{FOR_WHOM}: cannot be read as a table" in refused(table_of, tmp_path)


def test_a_file_that_grows_while_it_is_read_is_bounded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 3 bytes"):
        content_of(Path("/proc/self/status"), 3)  # has no size until it is read


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_cannot_be_written_is_told_in_one_message() -> None:
    with Path("/dev/full").open("w") as full:
        call = [sys.executable, "-c", "from simulator.commands.cli import main; main()", "--version"]
        told = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert told.returncode == 2
    assert told.stderr == "standard output: cannot be used (No space left on device)\n"
