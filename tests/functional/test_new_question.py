"""A question made up here: its folder's parts and a line of registration are all that it takes to be asked and kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import pandas as pd
import typer
from typer.testing import CliRunner

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.file import File
from simulator.answers.files import CHARTS, files
from simulator.answers.folder import rewrite
from simulator.answers.kind import Kind
from simulator.answers.meanings import COUNT, Meaning
from simulator.answers.spread import Spread, Value
from simulator.charts.sheet import Chart, drawing, sheet, source_of
from simulator.commands.answering import carried_out
from simulator.commands.asking import command_of
from simulator.inputs.option import Option
from simulator.questions.over_fits.report import over_kind
from simulator.questions.registry import Entry
from simulator.questions.run import Remark, Run, in_worlds, opened_for, worlds_asked
from simulator.questions.shared_options import OverWorlds, Simulated
from simulator.render.document import Paragraph, Section
from simulator.render.terminal import compiling
from simulator.running.question import Question, posed
from simulator.running.worlds import PLAUSIBLE

SMALL: Final = str(Path(__file__).parent.parent / "data" / "small.toml")


@dataclass(frozen=True, kw_only=True)
class Counting(Simulated, OverWorlds):
    """What is asked."""

    framework: Annotated[list[str] | None, Option("Framework.", "NAME")] = None
    years: Annotated[int | None, Option("Number of years.", "Y", min=1)] = None
    fewest: Annotated[int, Option("Fewest providers of a type to list.", "N", min=0)] = 0


class Counted(Answer):
    """What is answered."""

    kind = Kind(
        "counting",
        "How many providers there are",
        files(
            CHARTS,
            File(
                "counts.csv",
                "providers by type",
                "Counts",
                "Providers by type",
                columns={"providers": Meaning("Providers", "whole number", COUNT, "number of providers")},
            ),
        ),
        lambda _: "How many providers are there of each type?",
        lambda run: [Section("counted", "Counted", (Paragraph(f"{len(run.frame('counts.csv'))} types."),))],
        lambda _: ["inspectsim", "counting", "FOLDER"],
        spreads=(Spread("counts.csv", ("service_type",), (Value("providers"),)),),
    )

    def __init__(self, found: tuple[Question, int], asked: Asked) -> None:
        super().__init__(found[0], asked)
        self.fewest = found[1]

    @property
    def sentences(self) -> list[str]:
        return [f"There are {len(self.question.register)} providers."]

    @property
    def rests_on(self) -> list[str]:
        return ["They are drawn at random."]

    @property
    def table(self) -> pd.DataFrame:
        counts = self.question.register["service_type"].value_counts().rename_axis("service_type")
        return counts[counts >= self.fewest].reset_index(name="providers")

    def tables(self) -> dict[str, pd.DataFrame]:
        return {"counts.csv": self.table}

    def _draw(self) -> list[Drawn]:
        with drawing():
            figure, _ = sheet("Providers", "by type", 1.0, source_of(self.question.own_register))
        return [Drawn(Chart("counts", "Providers", "Nothing is drawn.", figure), self.table)]

    @property
    def made(self) -> dict[str, Any]:
        return {"replications": {"asked": 1, "finished": 1}}


def counting(asked: Counting, remark: Remark) -> Run:
    """Count providers."""
    opened = opened_for(asked, remark)
    worlds = worlds_asked(asked, posed(opened.scenario, register=opened.register))

    def find(world: Question, **_: Any) -> tuple[Question, int]:
        return world, asked.fewest

    return in_worlds(asked, worlds, Counted, find, asked.out or Path("results"), compiling)


def test_a_question_needs_its_own_parts_and_one_line(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(command_of(carried_out(Entry(counting, lambda: (Counted,)))))
    app.command("another")(lambda: None)
    out = tmp_path / "counted"
    told = CliRunner().invoke(app, ["counting", SMALL, "--fewest", "1", "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert "There are " in told.output
    assert "counts.csv" in told.output
    assert {path.name for path in out.iterdir()} >= {
        *("report.html", "workbook.xlsx", "answer.docx", "counts.csv", "manifest.json"),
    }
    assert (out / "charts" / "counts.svg").is_file()
    assert "counts.csv,providers,whole number,number,number of providers" in (out / "data-dictionary.csv").read_text()
    assert "How many providers are there of each type?" in (out / "report.html").read_text()
    report = (out / "report.html").read_bytes()
    rewrite(out, {Counted.kind.name: Counted.kind})
    assert (out / "report.html").read_bytes() == report


def test_it_is_asked_over_a_set_of_fits_by_the_numbers_that_it_declares(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(command_of(carried_out(Entry(counting, lambda: (Counted,)))))
    app.command("another")(lambda: None)
    out = tmp_path / "counted"
    given = ["counting", "homes-2014-2017", "--fits", "homes-2014-2017", "--most-fits", "3", "--out", str(out)]
    told = CliRunner().invoke(app, given)
    assert told.exit_code == 0, told.output
    homes = len(pd.read_csv(out / "providers.csv"))
    assert f"Children's homes, Providers: {homes:,} in every fit." in told.output
    over = pd.read_csv(out / "counts_over_fits.csv")
    assert (over[["best", "mean", "median", "lowest", "low", "high", "highest"]] == homes).all(axis=None)
    assert over["fits"].tolist() == [3]
    assert pd.read_csv(out / "counts.csv").to_dict("list") == {
        "fit": [1, 23, 45],
        "service_type": ["childrens_home"] * 3,
        "providers": [homes] * 3,
    }
    assert (out / "charts" / "over-fits.svg").is_file()
    assert "of the set homes-2014-2017" in (out / "report.html").read_text()
    report = (out / "report.html").read_bytes()
    kind = over_kind(Counted.kind)
    rewrite(out, {kind.name: kind})
    assert (out / "report.html").read_bytes() == report


def test_it_is_asked_in_plausible_worlds_by_the_same_declaration(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(command_of(carried_out(Entry(counting, lambda: (Counted,)))))
    app.command("another")(lambda: None)
    out = tmp_path / "counted"
    told = CliRunner().invoke(app, ["counting", SMALL, "--worlds", "8", "--out", str(out)])
    assert told.exit_code == 0, told.output
    by_world = pd.read_csv(out / "counts.csv")
    homes = by_world[by_world["service_type"] == "childrens_home"].set_index("world")["providers"]
    over = pd.read_csv(out / "counts_over_worlds.csv").set_index("service_type").loc["childrens_home"]
    assert over["best"] == homes[0]
    assert over["worlds"] == len(homes) - 1 == homes[1:].size
    assert (over["lowest"], over["highest"]) == (homes[1:].min(), homes[1:].max())
    assert "30 in every world" in told.output
    assert (out / "charts" / "over-worlds.svg").is_file()
    report = (out / "report.html").read_bytes()
    kind = over_kind(Counted.kind, PLAUSIBLE)
    rewrite(out, {kind.name: kind})
    assert (out / "report.html").read_bytes() == report


def test_what_it_refuses_is_one_message_with_the_option(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(command_of(carried_out(Entry(counting, lambda: (Counted,)))))
    app.command("another")(lambda: None)
    told = CliRunner().invoke(app, ["counting", "smal", "--out", str(tmp_path / "out")])
    assert told.exit_code == 2
    assert 'there is no scenario "smal"' in told.stderr
    assert not (tmp_path / "out").exists()
