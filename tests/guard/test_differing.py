"""The guard tells what differs, in text, bytes and workbooks, and is silent where nothing does."""

import io
import zipfile

from tests.guard.differing import differences
from tests.guard.normal import normal


def told(before: dict[str, bytes], now: dict[str, bytes], most: int = 40) -> list[str]:
    return "\n".join(differences(before, now, most)).splitlines()


def workbook(text: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        parts.writestr("sheet.xml", f"<row><cell>{text}</cell></row>")
    return written.getvalue()


def test_what_is_the_same_is_not_told() -> None:
    same = {"a.txt": b"one", "b.xlsx": workbook("one")}
    assert told(same, dict(same)) == []


def test_lines_that_differ_are_told_so_many_at_most() -> None:
    before, now = ("".join(f"{word} {line}\n" for line in range(9)).encode() for word in ("old", "new"))
    lines = told({"a.txt": before}, {"a.txt": now})
    assert lines[:2] == ["--- before/a.txt", "+++ now/a.txt"]
    assert {"-old 0", "+new 8"} <= set(lines)
    assert told({"a.txt": before}, {"a.txt": now}, most=5)[-1] == "... and 16 lines more"


def test_files_that_went_or_came_are_named() -> None:
    assert told({"a.txt": b""}, {"b.txt": b""}) == ["a.txt: gone", "b.txt: new"]


def test_ends_of_lines_and_bytes_count() -> None:
    assert told({"a.txt": b"one\n"}, {"a.txt": b"one\r\n"}) == ["a.txt: the ends of lines differ"]
    assert told({"a.png": b"\xff"}, {"a.png": b"\xff\xfe"}) == ["a.png: 1 bytes before, 2 now, not the same"]


def test_a_workbook_is_told_part_by_part() -> None:
    lines = told({"a.xlsx": workbook("one")}, {"a.xlsx": workbook("two")})
    assert lines[0] == "a.xlsx: another workbook"
    assert {"-<cell>one</cell>", "+<cell>two</cell>"} <= set(lines)


def test_times_and_progress_are_not_frozen() -> None:
    assert normal("size.txt", b"4 of 9 runs done, about 3 s left\n2 FTE: met (2 runs done, about 5 s left)\n") == (
        b"2 FTE: met (2 runs done)\n"
    )
    assert b"2026" not in normal("out/a/manifest.json", b'{"began": "2026-11-30"}')
    assert normal("out/a/answer.txt", b"4 of 9 runs done\n") == b"4 of 9 runs done\n"
