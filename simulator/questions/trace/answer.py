"""The answer of `inspectsim trace`, `simulator.trace` and the page Follow one provider."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.spread import Spread, Value
from simulator.engine.recorded import BACKLOG
from simulator.engine.setting import Setting
from simulator.engine.tables import Tables, tables_of
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError, not_one_of
from simulator.inspectorate.kinds import RATINGS
from simulator.questions.trace import report
from simulator.questions.trace.diary import diary
from simulator.questions.trace.files import DIARIES, DIARY, FILES, LIVES
from simulator.questions.trace.history import ratings, true_grades
from simulator.questions.trace.life import Followed, Life
from simulator.questions.trace.told import (
    diaries_frame,
    figures_frame,
    in_force,
    lives_charts,
    lives_sentences,
    lives_told,
)
from simulator.questions.trace.two_lives import Told, caveats
from simulator.running.question import settings_of
from simulator.running.store import RunFolder
from simulator.ticks import timestamps
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from simulator.questions.trace.history import Steps


class Lives(Answer):
    """The answer of `trace`: one provider's life under each framework, everything else as it was."""

    kind = Kind(
        "trace",
        "The life of one provider",
        FILES,
        report.question,
        report.sections,
        report.command,
        report.figures,
        spreads=(
            Spread(LIVES, ("framework", "figure"), (Value("value"),), between=False, of=lambda lives: lives.figures),
        ),
    )

    def __init__(self, followed: Followed, asked: Asked, picked: str = "") -> None:
        super().__init__(followed.question, asked)
        self.lives = dict(zip(followed.question.names, followed.lives, strict=True))
        self._picked = picked

    @property
    def provider(self) -> str:
        """Name of the provider."""
        return next(iter(self.lives.values())).provider

    @cached_property
    def _told(self) -> dict[str, Told]:
        return lives_told(self.question, list(self.lives.values()))

    @property
    def sentences(self) -> list[str]:
        """What differs between two lives, and what came of each; of one life, or of more than two, each by itself."""
        return lives_sentences(self._told, self._picked)

    @property
    def rests_on(self) -> list[str]:
        """What a single life cannot tell."""
        return caveats(*self._told.values(), own_register=self.question.own_register)

    @property
    def table(self) -> "pd.DataFrame":
        """Inspections side by side: the date on which each ended, a column for each framework; years measured only."""
        import pandas as pd

        titles = self.question.titles
        rows: dict[str, dict[str, list[str]]] = {}
        for name, life in self.lives.items():
            table = self._recorded[name].inspections
            start = timestamps(np.array([life.measured_from]), life.epoch)[0]
            done = table[(table["status"] == "done") & (table["ended"] >= start)]
            days = done["ended"].dt.strftime("%Y-%m-%d")
            for day, row in zip(days, done.astype("str").to_dict("records"), strict=True):
                rows.setdefault(day, {}).setdefault(titles[name], []).append(inspection_told(row))
        lines = [
            {"date": day} | {titles[name]: "; ".join(told.get(titles[name], [])) for name in self.lives}
            for day, told in sorted(rows.items())
        ]
        return pd.DataFrame(lines, columns=["date", *(titles[name] for name in self.lives)])

    @property
    def inspections(self) -> "pd.DataFrame":
        """Inspections raised: framework, and the columns of ``inspections.parquet``, a row each."""
        return self._joined("inspections")

    @property
    def assessments(self) -> "pd.DataFrame":
        """Risk assessments: framework, and the columns of ``assessments.parquet``, a row each."""
        return self._joined("assessments")

    @property
    def episodes(self) -> "pd.DataFrame":
        """Times at which it was poor: framework, and the columns of ``episodes.parquet``, a row each."""
        return self._joined("episodes")

    @property
    def grades(self) -> "pd.DataFrame":
        """True grades: framework, since (a moment), grade; empty while it is closed."""
        return self._steps("grade", {name: true_grades(life) for name, life in self.lives.items()})

    @property
    def ratings(self) -> "pd.DataFrame":
        """Ratings that it held: framework, since (a moment), rating; empty while it has none."""
        return self._steps("rating", {name: ratings(life) for name, life in self.lives.items()})

    @property
    def figures(self) -> "pd.DataFrame":
        """The years measured in figures: framework, figure, value."""
        return figures_frame(self._told)

    def diary(self, framework: str | None = None) -> str:
        """Return its life as a diary, a text in lines.

        Parameters
        ----------
        framework : str, optional
            Name of the framework under which; if left out, the first.

        Raises
        ------
        InputError
            If it was not asked for.
        """
        names = list(self.lives)
        name = framework or names[0]
        if name not in self.lives:
            raise InputError(not_one_of(name, "framework", names))
        return diary(self.lives[name], in_force(self.question, names.index(name)))

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return the diaries."""
        return {DIARIES: diaries_frame(self._told)}

    def write_rest(self, folder: RunFolder) -> None:
        """Write the diaries as text."""
        folder.write_text(DIARY, "\n".join(map(self.diary, self.lives)))

    def show(self, console: "Console") -> None:
        """Print the diaries."""
        for name in self.lives:
            console.print(self.diary(name), soft_wrap=True)

    def _draw(self) -> Sequence[Drawn]:
        return [
            Drawn(chart, figures_frame({name: self._told[name] for name in names}))
            for chart, names in lives_charts(self.question, self._told)
        ]

    @property
    def made(self) -> Mapping[str, Any]:
        """Whose life it is, and in which replication."""
        return {"provider": self.provider, "replication": next(iter(self.lives.values())).replication}

    @cached_property
    def _recorded(self) -> dict[str, Tables]:
        """What was recorded of each life, as data frames."""
        settings = settings_of(self.question)
        return {
            name: _recorded_of(life, setting)
            for (name, life), setting in zip(self.lives.items(), settings, strict=True)
        }

    def _joined(self, table: str) -> "pd.DataFrame":
        import pandas as pd

        frames: dict[str, pd.DataFrame] = {name: getattr(tables, table) for name, tables in self._recorded.items()}
        texts = [frame.assign(**_as_text(frame)) for frame in frames.values()]
        for name, frame in zip(frames, texts, strict=True):
            frame.insert(0, "framework", name)
        return pd.concat(texts, ignore_index=True)

    def _steps(self, what: str, by_framework: "dict[str, Steps]") -> "pd.DataFrame":
        import pandas as pd

        epoch = next(iter(self.lives.values())).epoch
        rows = [
            (name, timestamps(np.array([tick]), epoch)[0], RATINGS[grade] if grade else None)
            for name, steps in by_framework.items()
            for tick, grade in steps
        ]
        return pd.DataFrame(rows, columns=["framework", "since", what])


def _recorded_of(life: Life, setting: Setting) -> Tables:
    alone = Trace(
        inspections=life.inspections,
        episodes=life.episodes,
        backlog=np.zeros(0, dtype=BACKLOG),
        provider_years=np.zeros((len(SERVICE_TYPES), len(RATINGS))),
        epoch=life.epoch,
        measured_from=life.measured_from,
        horizon=life.horizon,
        timeline=life.timeline,
        assessments=life.assessments,
    )
    return tables_of(alone, setting)


def _as_text(frame: "pd.DataFrame") -> "dict[str, pd.Series[str]]":
    """Return the columns of names as text, so that tables of two frameworks go below each other."""
    return {str(name): frame[name].astype("str") for name in frame.select_dtypes("category").columns}


def inspection_told(row: dict[str, str]) -> str:
    """Describe an inspection in a few words: kind, why, and what it judged; the truth too, where that is another."""
    told = f"{row['kind']} ({row['reason']})"
    if row["judged"] == "nan":
        return told
    truly = "" if row["judged"] == row["true_grade"] else f" (truly {row['true_grade']})"
    return f"{told}: {row['judged']}{truly}"
