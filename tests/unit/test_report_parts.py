"""What a report is made of: the file of the answer, pictures, words for style sheets, and the dictionary."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.answers.columns import COLUMNS
from simulator.answers.dictionary import dictionary_frame
from simulator.answers.kept_run import KeptRun
from simulator.answers.pictures import picture
from simulator.answers.text import HEADINGS, as_text, paragraphs_of, read_text
from simulator.inputs.messages import InputError
from simulator.questions.registry import kinds
from simulator.render.html import breakable, css_text
from simulator.render.workbook import rounded

SENTENCES = st.lists(st.text(min_size=1).map(lambda text: f"{text} is told."), max_size=3)
HOSTILE = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10pt" onload="alert(1)"
 role="img" aria-labelledby="a-title a-desc">
 <title id="a-title">Fewer &lt;b&gt; homes</title> <desc id="a-desc">Bar chart.</desc>
 <style>@import url(http://example.org/a.css); * { fill: red }</style>
 <script>alert(2)</script>
 <defs><path id="mark" d="M 0 0"/></defs>
 <a xlink:href="http://example.org"><text>out</text></a>
 <foreignObject><p xmlns="http://www.w3.org/1999/xhtml">no</p></foreignObject>
 <image xlink:href="http://example.org/a.png"/>
 <use xlink:href="#mark" clip-path="url(#mark)" style="fill: url( http://example.org/b )"/>
 <use xlink:href="http://example.org/c.svg#mark"/>
 <text style="fill: #12436d">kept</text>
</svg>"""


@given(SENTENCES, SENTENCES, SENTENCES, SENTENCES)
def test_an_answer_is_read_as_it_was_written(
    told: list[str], rests_on: list[str], course: list[str], costs: list[str]
) -> None:
    answer = paragraphs_of(told, rests_on, course, costs)
    assert read_text(as_text(answer)) == answer


def test_an_answer_is_text_for_people() -> None:
    text = as_text(paragraphs_of(["Option A finds\nthem sooner."], ["Means."]))
    assert text == f"THE ANSWER\n\nOption A finds them sooner.\n\n{HEADINGS[-1]}\n\nMeans.\n"


def test_an_answer_of_an_older_version_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="starts without a heading"):
        read_text("Option A finds them sooner.\n")


def run_with(folder: Path, svg: str) -> KeptRun:
    (folder / "charts").mkdir()
    (folder / "charts" / "a.svg").write_text(svg)
    return KeptRun(folder, {"question": "compare", "inspectsim": "0", "files": {}})


def test_a_picture_keeps_nothing_that_runs_or_loads(tmp_path: Path) -> None:
    drawn = picture(run_with(tmp_path, HOSTILE), "a")
    assert (drawn.title, drawn.alt) == ("Fewer <b> homes", "Bar chart.")
    for gone in ("alert", "example.org", "script", "style>", "foreignObject", "image", "onload", "out"):
        assert gone not in drawn.svg
    assert "kept" in drawn.svg
    assert 'aria-labelledby="a--a-title a--a-desc"' in drawn.svg
    assert 'xlink:href="#a--mark"' in drawn.svg
    assert "url(#a--mark)" in drawn.svg
    assert set(re.findall(r' id="([^"]*)"', drawn.svg)) == {"a--a-title", "a--a-desc", "a--mark"}


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a\\.svg: is not a drawing"):
        picture(run_with(tmp_path, "<svg"), "a")


@given(st.text())
def test_a_text_in_a_style_sheet_cannot_end_it(text: str) -> None:
    written = css_text(text)
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9A-F]{6} )*"', written)
    decoded = re.sub(r"\\([0-9A-F]{6}) ", lambda found: chr(int(found[1], 16)), written[1:-1])
    assert decoded == text


def test_keys_may_be_broken_and_are_escaped() -> None:
    assert breakable("types.secure_home") == "types.<wbr>secure_<wbr>home"
    assert breakable("<b>.x") == "&lt;b&gt;.<wbr>x"


def test_numbers_on_sheets_keep_five_figures() -> None:
    assert [rounded(each) for each in (1234567.0, 0.000123456789, -2.5)] == [1234600.0, 0.00012346, -2.5]


def test_every_meaning_says_something() -> None:
    declared = [file.columns for kind in kinds().values() for file in kind.files]
    for name, meaning in [pair for columns in (COLUMNS, *declared) for pair in columns.items()]:
        assert all((meaning.title, meaning.type, meaning.unit, meaning.meaning)), name


def test_a_dictionary_has_a_row_for_each_column(tmp_path: Path) -> None:
    (tmp_path / "size.csv").write_text("framework,fte,unheard_of\n")
    (tmp_path / "answer.txt").write_text("a,b\n")
    frame = dictionary_frame(kinds()["size"], tmp_path, ["size.csv", "answer.txt"])
    mine = frame[frame["file"] == "size.csv"]
    assert list(mine["column"]) == ["framework", "fte", "unheard_of"]
    assert list(mine["meaning"] == "") == [False, False, True]
    assert set(frame["file"]) == {"size.csv", "data-dictionary.csv"}
    assert isinstance(frame, pd.DataFrame)
