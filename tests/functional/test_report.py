"""Report, workbook and data dictionary of a run: complete, the same again from the folder alone, and safe."""

import html
import io
import itertools
import json
import re
import shutil
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import docx
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from simulator.answers.files import SHOWN
from simulator.commands.cli import app
from simulator.render.document import OF_A_REGISTER, SYNTHETIC, Document, Paragraph, Points, Section
from simulator.render.word import as_word
from simulator.running.store import MANIFEST, UNFINISHED
from simulator.words.estimates import Estimate
from simulator.words.wording import decimals_beside, figure, written

SMALL: Final = Path(__file__).parents[1] / "data" / "small.toml"
HOSTILE: Final = '=1+1</title></style><script>alert("x")</script> [a](http://b) $$c$$ & \\" onload=\'d\''
TWO: Final = ("--framework", "2006-regime", "--framework")
HOMES: Final = "homes-2014-2017"
VARIED: Final = ("--vary", "quality.speed", "--vary", "quality.falls", "--vary", "costs.cost_per_inspector_day")
FITTED: Final = ("compare", "size", "frontier")
EMPTY: Final = ("meta", "link", "br", "wbr", "img", "hr", "input")


def inspectsim(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Run each question once, with a framework whose title is hostile."""
    folder = tmp_path_factory.mktemp("runs")
    hostile = folder / "hostile.toml"
    title = json.dumps(HOSTILE, ensure_ascii=False)
    hostile.write_text(f'extends = "option-a"\ntitle = {title}\nsummary = {title}\n')
    asked: dict[str, list[str | Path]] = {
        "compare": ["--replications", "3", "--events", "first", "--framework", "none", "--framework", "clairvoyant"],
        "size": ["--step", "4", "--replications", "2", "--most-replications", "2"],
        "frontier": ["--from", "2", "--to", "6", "--step", "2", "--replications", "3"],
        "sensitivity": ["--years", "1", "--worlds", "16", "--replications", "2", "--singly", "1", *VARIED],
    }
    for question, options in asked.items():
        done = inspectsim(question, SMALL, "--out", folder / question, *TWO, hostile, *options)
        assert done.exit_code == 0, done.stderr
        assert "report.html" in done.stdout
    done = inspectsim("trace", FOLLOWED, SMALL, "--out", folder / "trace", *TWO, hostile)
    assert done.exit_code == 0, done.stderr
    few = folder / "few.toml"
    few.write_text(f'title = "Few"\nextends = "{HOMES}"\n[population.types.childrens_home]\ncount = 100\n')
    over: dict[str, list[str | Path]] = {
        "compare": [],
        "size": ["--step", "8", "--most-replications", "2", "--target", "undetected_poor_provider_years <= 40"],
        "frontier": ["--from", "4", "--to", "8", "--step", "4"],
    }
    for question, options in over.items():
        frameworks: list[str | Path] = ["--framework", "childrens-homes-2014", "--framework", hostile, "--fits", HOMES]
        fits = [] if question == "compare" else ["--most-fits", "2"]
        into = folder / f"{question} over fits"
        done = inspectsim(
            question, few, "--out", into, *frameworks, *fits, "--years", "1", "--replications", "2", *options
        )
        assert done.exit_code == 0, done.stderr
    return {question: folder / question for question in ALL}


FOLLOWED: Final = "childrens_home-0003"
ALL: Final = ("compare", "size", "frontier", "sensitivity", "trace", *(f"{each} over fits" for each in FITTED))
QUESTIONS = pytest.mark.parametrize("question", ALL)


class Page(HTMLParser):
    """A page read strictly: every tag is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.tables: list[list[list[str]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)
        if {"td", "th"} & set(self.open):
            self.tables[-1][-1][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def pages(runs: dict[str, Path]) -> dict[str, Page]:
    return {question: Page((folder / "report.html").read_text("utf-8")) for question, folder in runs.items()}


@QUESTIONS
def test_a_report_is_made_again_from_the_folder_alone(runs: dict[str, Path], tmp_path: Path, question: str) -> None:
    folder = tmp_path / "given by somebody"
    shutil.copytree(runs[question], folder)
    written = {name: (folder / name).read_bytes() for name in (*SHOWN, MANIFEST)}
    for name in SHOWN:
        (folder / name).unlink()
    done = inspectsim("report", folder)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.split("\n")[: len(SHOWN)] == [str(folder / name) for name in SHOWN]
    assert {name: (folder / name).read_bytes() for name in written} == written
    assert not (folder / UNFINISHED).exists()


@QUESTIONS
def test_a_report_needs_nothing_else(runs: dict[str, Path], pages: dict[str, Page], question: str) -> None:
    text = (runs[question] / "report.html").read_text("utf-8")
    page = pages[question]
    assert not page.all("script")
    assert not page.all("link")
    for tag, attributes in page.tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("src", "href", "xlink:href"):
                assert (value or "").startswith("#"), (tag, name, value)
    assert "url(http" not in text
    assert "@import" not in text


@QUESTIONS
def test_a_report_is_well_made(pages: dict[str, Page], question: str) -> None:
    page = pages[question]
    assert page.all("html") == [{"lang": "en-GB"}]
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    assert len(page.all("caption")) == len(page.all("table")) == len(page.tables)
    assert all(each.get("scope") in ("row", "col") for each in page.all("th"))
    for attributes in page.all("a"):
        assert (attributes["href"] or "")[1:] in names
    for each in page.tags:
        assert (each[1].get("aria-labelledby") or names[0]) is not None
        assert set((each[1].get("aria-labelledby") or "").split()) <= set(filter(None, names))


@QUESTIONS
def test_a_report_says_what_it_must(runs: dict[str, Path], pages: dict[str, Page], question: str) -> None:
    page = pages[question]
    headings = page.texts["h2"]
    assert headings.index("Contents") < headings.index("What the model cannot say") < headings.index("Annex")
    assert headings[-1] == "Annex"
    annexed = page.texts["h3"][page.texts["h3"].index("The question") :]
    assert annexed[:2] == ["The question", "The answer"]
    assert annexed[-5:] == ["The frameworks", "Assumptions", "How to reproduce it", "The data", "Versions"]
    assert ("What it costs" in annexed) == (question != "trace")
    if question in ("compare", "size", "frontier", "sensitivity"):
        assert "Which assumptions decide" in headings
    assert page.texts["strong"].count("Assumed:") > 50
    paragraphs = (runs[question] / "answer.txt").read_text("utf-8").split("\n\n")
    answer = paragraphs[paragraphs.index("THE ANSWER") + 1]
    assert " ".join(answer.split()) in page.texts["p"]
    styles = "".join(page.texts["style"])
    assert styles.count("Simulated data about synthetic providers") == 1  # at the foot of every page printed
    whom = f"{FOLLOWED} " if question == "trace" else ""
    assert f"inspectsim {question.split(maxsplit=1)[0]} {whom}FOLDER" in "".join(page.texts["code"])


def not_pictured(verdict: dict[str, Any], question: str) -> list[list[str]]:
    """Return the cells of the lines that the picture of page one does not show: that of a comparison is of 100 dots."""
    dots = question == "compare"
    return [cells for _, cells, group, *_ in verdict["lines"] if not (dots and group.startswith("Of 100 "))]


def page_one(folder: Path) -> Page:
    text = (folder / "report.html").read_text("utf-8")
    begins = text.index('<section id="verdict"')
    assert "<nav" not in text[:begins]
    return Page(text[begins : text.index("<nav", begins)])


@QUESTIONS
def test_page_one_is_the_verdict_and_nothing_else(runs: dict[str, Path], question: str) -> None:
    verdict = json.loads((runs[question] / "verdict.json").read_text("utf-8"))
    page = page_one(runs[question])
    assert page.texts["h1"] == [verdict["title"]]
    assert page.texts["strong"][0] == SYNTHETIC
    told = ["".join(text.split()) for text in page.texts["p"]]
    for sentence in (*verdict["trouble"], *verdict["told"]):
        assert ("".join(sentence.split()) in told) == (sentence not in verdict["repeats"])
    assert page.texts.get("li", []) == verdict["doubts"][:3]
    drawn = (runs[question] / "charts").is_dir()
    assert len(page.all("figure")) == drawn
    if verdict["lines"]:
        (table,) = page.tables
        rows = [tuple(row[1:]) for row in table[1:] if len(row) > 1]
        assert rows == [tuple(cells) for cells in not_pictured(verdict, question)]
    else:
        assert page.tables == []


def test_what_page_one_has_no_room_for_comes_next(runs: dict[str, Path], pages: dict[str, Page]) -> None:
    verdict = json.loads((runs["compare"] / "verdict.json").read_text("utf-8"))
    told = ["".join(text.split()) for text in pages["compare"].texts["p"]]
    assert verdict["repeats"]
    assert {"".join(sentence.split()) for sentence in verdict["repeats"]} <= set(told)
    assert set(verdict["doubts"]) <= set(pages["compare"].texts["li"])


def test_the_picture_of_a_comparison_is_the_one_of_100_dots(runs: dict[str, Path]) -> None:
    (figure,) = page_one(runs["compare"]).all("figure")
    assert figure["id"] == "chart-found"


@QUESTIONS
def test_each_chart_has_a_message_and_a_table(runs: dict[str, Path], pages: dict[str, Page], question: str) -> None:
    page = pages[question]
    drawn = sorted(path.stem for path in (runs[question] / "charts").glob("*.svg"))
    assert sorted((each["id"] or "").removeprefix("chart-") for each in page.all("figure")) == drawn
    assert drawn == sorted(path.stem for path in (runs[question] / "charts").glob("*.csv"))
    pictures = page.all("svg")
    assert len(pictures) == len(drawn)
    for each in pictures:
        assert each["role"] == "img"
        title, _ = (each["aria-labelledby"] or "").split()
        assert ("title", {"id": title}) in page.tags
    tables = [each["id"] for each in page.all("div") if (each.get("class") or "") == "table"]
    assert {f"{name}-numbers" for name in drawn} <= set(tables)


def told(estimates: list[Estimate]) -> list[str]:
    """Write estimates side by side."""
    pairs = zip(estimates, decimals_beside(estimates), strict=True)
    return [" ".join(written(*pair)).strip() if pair[0].defined else "undefined" for pair in pairs]


def table_under(runs: dict[str, Path], question: str, name: str) -> list[list[str]]:
    text = (runs[question] / "report.html").read_text("utf-8")
    begins = text.index(f'<div class="table" id="{name}-numbers">')
    return Page(text[begins : text.index("</table>", begins)] + "</table></div></div>").tables[0]


@pytest.mark.parametrize(
    ("question", "name", "by", "factor"),
    [
        ("compare", "compare", "measure", 1),
        ("compare", "detection", "days", 100),
        ("compare", "undetected-poor", "service_type", 1),
        ("compare", "inspections-by-kind", "kind", 1),
        ("frontier", "days_unfound_mean-childrens_home-by-fte", "fte", 1),
    ],
)
def test_the_table_under_a_chart_has_the_numbers_of_its_file(
    runs: dict[str, Path], question: str, name: str, by: str, factor: float
) -> None:
    head, *rows = table_under(runs, question, name)
    frame = pd.read_csv(runs[question] / "charts" / f"{name}.csv", keep_default_na=False, na_values=[""])
    assert len(head) == 1 + frame["framework"].nunique()
    estimates: dict[Any, list[Estimate]] = {}
    for row in frame.to_dict("records"):
        estimates.setdefault(row[by], []).append(Estimate(*(factor * row[end] for end in ("mean", "low", "high"))))
    expected = {key: told(mine) for key, mine in estimates.items()}
    shown = [[" ".join(cell.split()) for cell in row[1:]] for row in rows]
    assert all(each in expected.values() for each in shown)
    if by == "days":
        assert shown == [expected[days] for days in (30, 60, 90, 180, 365, 545, 730)]
    else:
        assert shown == list(expected.values())


@QUESTIONS
def test_a_hostile_name_is_shown_as_it_is(runs: dict[str, Path], pages: dict[str, Page], question: str) -> None:
    text = (runs[question] / "report.html").read_text("utf-8")
    assert "<script" not in text
    assert html.escape(HOSTILE, quote=False)[:30] in text
    assert any(HOSTILE in cell for table in pages[question].tables for row in table for cell in row)


@QUESTIONS
def test_a_workbook_has_a_title_and_a_named_table_on_each_sheet(runs: dict[str, Path], question: str) -> None:
    book = openpyxl.load_workbook(runs[question] / "workbook.xlsx")
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert book.sheetnames[-2:] == ["Assumptions", "Measures"]
    assert len(book.sheetnames) > 5
    names = []
    for sheet in book:
        assert sheet["A1"].value
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        if sheet.title != "Cover":
            (table,) = sheet.tables.values()
            names.append(table.displayName)
            assert sheet[table.ref][0][0].column == 1
            assert all(cell.value is not None for row in sheet[table.ref] for cell in row[:1])
        if sheet.title not in ("Cover", "Contents", "Notes"):
            assert sheet["A2"].value == SYNTHETIC
            assert "[z]" in str(sheet["A4"].value)
            assert "[note 1]" in str(sheet["A1"].value)
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                assert cell.hyperlink is None or cell.hyperlink.target is None, (sheet.title, cell.coordinate)
    assert len(set(names)) == len(names)


@QUESTIONS
def test_a_workbook_begins_with_the_verdict(runs: dict[str, Path], question: str) -> None:
    verdict = json.loads((runs[question] / "verdict.json").read_text("utf-8"))
    cover = [row[0].value for row in openpyxl.load_workbook(runs[question] / "workbook.xlsx")["Cover"].iter_rows()]
    place = cover.index(SYNTHETIC)
    plain = verdict["title"].replace("](", "] (").replace("$$", "$ $")
    assert cover[place + 1] == plain


@pytest.mark.parametrize("question", ["compare", "size", "frontier"])
def test_key_figures_come_first_with_a_column_for_each_framework(runs: dict[str, Path], question: str) -> None:
    book = openpyxl.load_workbook(runs[question] / "workbook.xlsx")
    assert book.sheetnames[3] == "Key figures"
    sheet = book["Key figures"]
    (table,) = sheet.tables.values()
    head, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    frameworks = json.loads((runs[question] / MANIFEST).read_text("utf-8"))["frameworks"]
    assert head[:3] == ["Figure", "Of", "Unit"]
    assert len(head) == 3 + 2 * len(frameworks) - 1
    verdict = json.loads((runs[question] / "verdict.json").read_text("utf-8"))
    of_verdict = [line for line in verdict["lines"] if line[3]]
    assert len(rows) >= len(of_verdict) > 3
    for row, (_, _, _, values, unit) in zip(rows, of_verdict, strict=False):
        assert row[2] == unit
        assert row[3 : 3 + len(frameworks)] == [
            "[z]" if value is None else pytest.approx(value, rel=1e-4) for value in values
        ]
        for value, difference in zip(values[1:], row[3 + len(frameworks) :], strict=True):
            if value is None or values[0] is None:
                assert difference == "[z]"
            else:
                assert difference == pytest.approx(value - values[0], rel=1e-4)


def test_key_measures_of_a_comparison_are_among_the_key_figures(runs: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(runs["compare"] / "workbook.xlsx")["Key figures"]
    rows = {tuple(row[:2]): row for row in sheet.iter_rows(values_only=True)}
    frame = pd.read_csv(runs["compare"] / "summary.csv").set_index(["framework", "service_type", "measure"])["mean"]
    row = rows["Inspections a year", "Children's homes"]
    assert row[2] == "inspections per year"
    assert row[3] == pytest.approx(frame["2006-regime", "childrens_home", "inspections_per_year"], rel=1e-4)


@QUESTIONS
def test_the_word_file_is_page_one(runs: dict[str, Path], question: str) -> None:
    verdict = json.loads((runs[question] / "verdict.json").read_text("utf-8"))
    page = docx.Document(str(runs[question] / "answer.docx"))
    by_style: dict[str, list[str]] = {}
    for paragraph in page.paragraphs:
        by_style.setdefault(paragraph.style.name if paragraph.style else "", []).append(paragraph.text)
    assert by_style["Heading 1"] == [verdict["title"]]
    assert by_style.get("List Bullet", []) == verdict["doubts"][:3]
    assert set(verdict["told"]) - set(verdict["repeats"]) <= set(by_style["Normal"])
    assert by_style["Normal"][0] == SYNTHETIC
    drawn = len(list((runs[question] / "charts").glob("*.svg")))
    assert len(page.inline_shapes) == min(drawn, 1)
    for shape in page.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 50
    assert len(page.tables) == bool(verdict["lines"])
    for table in page.tables:
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        shown = [row[1:] for row in cells[1:] if len(set(row)) > 1 or len(row) == 1]
        assert not_pictured(verdict, question) == [row for row in shown if row]
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_nothing_in_a_word_file_knows_the_time(runs: dict[str, Path]) -> None:
    with zipfile.ZipFile(runs["compare"] / "answer.docx") as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"(\d{4})-\d\d-\d\dT", core)) == {"2006"}


def test_the_impact_assessment_adds_up_and_is_in_the_annex_and_the_workbook(
    runs: dict[str, Path], pages: dict[str, Page]
) -> None:
    frame = pd.read_csv(runs["compare"] / "impact.csv")
    differences = pd.read_csv(runs["compare"] / "differences.csv", dtype={"framework": str})
    of_all = differences[differences["service_type"] == "all"].set_index(["framework", "measure"])["mean"]
    frameworks = list(frame["framework"].unique())
    assert len(frameworks) == 3
    for name in frameworks:
        mine = frame[frame["framework"] == name].set_index("item")["mean"]
        parts = [mine[part] for part in ("inspectors_work", "enforcement", "providers_staff_days")]
        assert mine["net_present_cost"] == pytest.approx(sum(parts))
        for part, measure in zip(parts, ("cost", "enforcement_cost", "burden_cost"), strict=True):
            assert part == pytest.approx(of_all[name, f"{measure}_present_value"])
        both = mine["private_providers"] + mine["voluntary_providers"]
        assert mine["private_and_voluntary_providers"] == pytest.approx(both)
        by_size = mine[[f"{size}_private_and_voluntary_providers" for size in ("small", "medium", "large")]]
        assert by_size.sum() == pytest.approx(both)
        assert abs(both) <= abs(of_all[name, "burden_cost_per_year"]) or both * of_all[name, "burden_cost_per_year"] < 0
    page = pages["compare"]
    assert "Impact assessment" in page.texts["h3"]
    facts = dict(zip(page.texts["dt"], page.texts["dd"], strict=True))
    assert facts["Appraisal period"].startswith("2 years, 1 April 2006 to ")
    assert facts["Price year"] == "2006-07, without inflation"
    assert facts["Base year"].startswith("2006-07: the first year counts in full")
    assert re.match(r"3\.5% a year \(.*social time preference rate of The Green Book", facts["Discount rate"])
    sheet = openpyxl.load_workbook(runs["compare"] / "workbook.xlsx")["Impact assessment"]
    assert "Net present cost: these three together" in {cell.value for row in sheet.iter_rows() for cell in row}
    assert "impact.csv" not in {path.name for path in runs["size"].iterdir()}


def test_a_word_file_leaves_out_what_no_xml_may_have() -> None:
    title = "One\x07 two\ud800 <b>&amp;</b>\ufffe"
    front = Section("verdict", title, (Paragraph(title), Points((title,))))
    written = as_word(Document("Compared", title, SYNTHETIC, "1", front), {})
    assert written == as_word(Document("Compared", title, SYNTHETIC, "1", front), {})
    page = docx.Document(io.BytesIO(written))
    assert {paragraph.text for paragraph in page.paragraphs[2:]} == {"One two <b>&amp;</b>"}


def test_pairing_has_a_sheet_and_a_table(runs: dict[str, Path], pages: dict[str, Page]) -> None:
    assert "Pairing" in openpyxl.load_workbook(runs["compare"] / "workbook.xlsx").sheetnames
    assert "Precision" in pages["compare"].texts["h3"]
    (table,) = (each for each in pages["compare"].tables if "Independent" in each[0])
    frame = pd.read_csv(runs["compare"] / "pairing.csv")
    gains = {figure(each) for each in frame["gain"].dropna()}
    assert len(table) > 1
    assert {row[2] for row in table[1:]} <= gains


def test_a_sensitivity_report_tells_every_assumption_and_every_outcome(
    runs: dict[str, Path], pages: dict[str, Page]
) -> None:
    tables = {each[0][0]: each for each in pages["sensitivity"].tables}
    shares = pd.read_csv(runs["sensitivity"] / "shares.csv")
    assert [int(row[1]) for row in tables["Outcome"][1:]] == shares["worlds"].tolist()
    varied = pd.read_csv(runs["sensitivity"] / "assumptions.csv")
    (of_assumptions,) = (each for each in pages["sensitivity"].tables if "Varied over" in each[0])
    assert [row[0] for row in of_assumptions[1:]] == varied["assumption"].tolist()
    told = "".join(pages["sensitivity"].texts["code"])
    assert (
        "--vary quality.speed --vary quality.falls --vary costs.cost_per_inspector_day --worlds 16 --singly 1" in told
    )


def test_a_title_of_several_lines_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('extends = "option-a"\ntitle = "One\\u0007 two"\n')
    done = inspectsim("compare", SMALL, "--framework", own, "--out", tmp_path / "run")
    assert done.exit_code == 2
    assert "title: has the character U+0007" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_sheets_have_the_numbers_of_the_files(runs: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(runs["compare"] / "workbook.xlsx")["Summary"]
    rows = [row for row in sheet.iter_rows(min_row=8, values_only=True) if row[0]]
    frame = pd.read_csv(runs["compare"] / "summary.csv")
    assert len(rows) == len(frame)
    for row, wanted in zip(rows, frame.to_dict("records"), strict=True):
        for value, name in zip(row[4:7], ("mean", "low", "high"), strict=True):
            if pd.isna(wanted[name]):
                assert value == "[z]"
            else:
                assert value == pytest.approx(wanted[name], rel=1e-4)


def test_sheets_say_in_words_what_files_say_in_names(runs: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(runs["size"] / "workbook.xlsx")
    answer, tried = (
        {cell.value for row in book[name].iter_rows() for cell in row} for name in ("Answer", "Numbers tried")
    )
    assert "Inspectors of services" in answer
    assert "At least 95% of statutory inspections end on time" in tried
    assert not {"regulatory", "on_time_share >= 0.95"} & (answer | tried)
    costs = [cell for row in book["Answer"].iter_rows() for cell in row if isinstance(cell.value, int | float)]
    assert {cell.number_format for cell in costs if cell.value > 100_000} == {"#,##0"}


def test_nothing_in_a_workbook_knows_the_time(runs: dict[str, Path]) -> None:
    content = (runs["compare"] / "workbook.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {each.date_time[:3] for each in parts.infolist()} <= {(1980, 1, 1), (1980, 1, 31)}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"(\d{4})-\d\d-\d\dT", core)) == {"2006"}


def tables_there(folder: Path) -> dict[str, list[str]]:
    there = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".csv":
            there[name] = list(pd.read_csv(path, nrows=1).columns)
        elif path.suffix == ".parquet":
            there[name] = list(pd.read_parquet(path).columns)
    return there


@QUESTIONS
def test_every_column_of_every_table_is_explained(runs: dict[str, Path], question: str) -> None:
    frame = pd.read_csv(runs[question] / "data-dictionary.csv", keep_default_na=False)
    explained = {str(name): list(part["column"]) for name, part in frame.groupby("file", sort=False)}
    assert explained == tables_there(runs[question])
    for column in ("type", "unit", "meaning"):
        assert not frame[frame[column] == ""][["file", "column"]].to_dict("records")


def test_providers_of_a_register_are_not_called_synthetic(runs: dict[str, Path], tmp_path: Path) -> None:
    register = runs["compare"] / "providers.csv"
    done = inspectsim(
        "compare", SMALL, "--register", register, "--framework", "2006-regime", "--replications", "1", "--out", tmp_path
    )
    assert done.exit_code == 0, done.stderr
    text = (tmp_path / "report.html").read_text("utf-8")
    assert OF_A_REGISTER in text
    assert "synthetic" not in re.sub(r"<table.*?</table>", "", text, flags=re.DOTALL)
    assert "One replication has no intervals." in text


def refused(folder: Path) -> str:
    told = inspectsim("report", folder)
    assert told.exit_code == 2
    assert len(told.stderr.strip().splitlines()) == 1
    return told.stderr


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    assert "no such folder" in refused(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    assert "is a file" in refused(tmp_path / "file")
    (tmp_path / "empty").mkdir()
    assert "contains no run" in refused(tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []


def test_half_a_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / UNFINISHED / "batches").mkdir(parents=True)
    assert "was not finished. To finish it, use the same command with --resume" in refused(tmp_path)
    assert (tmp_path / UNFINISHED / "batches").is_dir()


@pytest.fixture
def copied(runs: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(runs["compare"], tmp_path / "copied"))


def test_a_run_of_an_older_version_is_refused(copied: Path) -> None:
    manifest = json.loads((copied / MANIFEST).read_text("utf-8"))
    del manifest["question"]
    (copied / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    said = refused(copied)
    assert "may be older" in said
    assert "allowed: the folder of inspectsim compare, explain, size, intake, frontier, workforce, sensitivity" in said


@pytest.mark.parametrize("name", ["summary.csv", "charts/detection.svg", "charts/backlog.csv", "answer.txt"])
def test_a_file_that_is_missing_or_changed_is_named(copied: Path, name: str) -> None:
    before = (copied / "report.html").read_bytes()
    content = (copied / name).read_bytes()
    (copied / name).write_bytes(content + b" ")
    assert f"{name} has changed since the run" in refused(copied)
    (copied / name).unlink()
    assert f"{name} is missing" in refused(copied)
    assert (copied / "report.html").read_bytes() == before


def test_what_is_written_again_is_listed_anew(copied: Path) -> None:
    (copied / "report.html").write_text("spoilt")
    assert inspectsim("report", copied).exit_code == 0
    import hashlib

    listed = json.loads((copied / MANIFEST).read_text("utf-8"))["files"]
    for name in SHOWN:
        assert listed[name]["sha256"] == hashlib.sha256((copied / name).read_bytes()).hexdigest()
