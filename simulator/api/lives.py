"""`simulator.trace`: the life of one provider, under one framework or side by side under several."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.api.answer import Answer
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.engine.recorded import BACKLOG
from simulator.engine.setting import Setting
from simulator.engine.tables import Tables, tables_of
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError, not_one_of
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import RATINGS
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.questions.trace import ask as asks
from simulator.questions.trace.life import Followed, Life, life_of, row_of
from simulator.running.question import Question, only, place_of, settings_of
from simulator.ticks import timestamps
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

    from simulator.answers.keeping import Keeping
    from simulator.charts.sheet import Chart
    from simulator.questions.trace.history import Steps


class Lived(NamedTuple):
    """One life, and what is needed to tell of it."""

    life: Life
    setting: Setting
    frameworks: tuple[Framework, ...]
    """Those in force one after another."""

    @property
    def tables(self) -> Tables:
        """What was recorded of it, as data frames."""
        life = self.life
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
        return tables_of(alone, self.setting)


class Lives(Answer):
    """The answer of `trace`: one provider's life under each framework, everything else as it was."""

    def __init__(self, question: Question, lives: dict[str, Lived], began: datetime) -> None:
        followed = Followed(question, tuple(each.life for each in lives.values()))
        super().__init__(question, followed, {"python": "simulator.trace"}, began)
        self._lives = lives

    @property
    def provider(self) -> str:
        """Name of the provider."""
        return next(iter(self._lives.values())).life.provider

    @property
    def sentences(self) -> list[str]:
        """One for each framework: how often the provider was poor, when it was found, and how often it was visited."""
        from simulator.questions.trace.diary import lived_under

        return [lived_under(self.question.titles[name], each.life) for name, each in self._lives.items()]

    @property
    def caveats(self) -> list[str]:
        """What a single life cannot tell."""
        from simulator.questions.trace.history import ONE_LIFE

        return [ONE_LIFE]

    @property
    def table(self) -> "pd.DataFrame":
        """Inspections side by side: the date on which each ended, a column for each framework; years measured only."""
        import pandas as pd

        titles = self.question.titles
        rows: dict[str, dict[str, list[str]]] = {}
        for name, each in self._lives.items():
            table = each.tables.inspections
            start = timestamps(np.array([each.life.measured_from]), each.life.epoch)[0]
            done = table[(table["status"] == "done") & (table["ended"] >= start)]
            days = done["ended"].dt.strftime("%Y-%m-%d")
            for day, row in zip(days, done.astype("str").to_dict("records"), strict=True):
                rows.setdefault(day, {}).setdefault(titles[name], []).append(inspection_told(row))
        lines = [
            {"date": day} | {title: "; ".join(told.get(title, [])) for title in (titles[name] for name in self._lives)}
            for day, told in sorted(rows.items())
        ]
        return pd.DataFrame(lines, columns=["date", *(titles[name] for name in self._lives)])

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
        from simulator.questions.trace.history import true_grades

        return self._steps("grade", {name: true_grades(each.life) for name, each in self._lives.items()})

    @property
    def ratings(self) -> "pd.DataFrame":
        """Ratings that it held: framework, since (a moment), rating; empty while it has none."""
        from simulator.questions.trace.history import ratings

        return self._steps("rating", {name: ratings(each.life) for name, each in self._lives.items()})

    def diary(self, framework: str | None = None) -> str:
        """Tell its life as a diary, a text in lines.

        Parameters
        ----------
        framework : str, optional
            Name of the framework under which; if left out, the first.

        Raises
        ------
        InputError
            If it was not asked for.
        """
        from simulator.questions.trace.diary import diary

        name = framework or next(iter(self._lives))
        if name not in self._lives:
            raise InputError(not_one_of(name, "framework", list(self._lives)))
        lived = self._lives[name]
        return diary(lived.life, lived.frameworks)

    @property
    def _keeping(self) -> "Keeping[Followed]":
        from simulator.questions.trace.answer import LIVES

        return LIVES

    def _joined(self, table: str) -> "pd.DataFrame":
        import pandas as pd

        frames: dict[str, pd.DataFrame] = {name: getattr(each.tables, table) for name, each in self._lives.items()}
        told = [frame.assign(**_as_text(frame)) for frame in frames.values()]
        for name, frame in zip(frames, told, strict=True):
            frame.insert(0, "framework", name)
        return pd.concat(told, ignore_index=True)

    def _steps(self, what: str, by_framework: "dict[str, Steps]") -> "pd.DataFrame":
        import pandas as pd

        epoch = next(iter(self._lives.values())).life.epoch
        rows = [
            (name, timestamps(np.array([tick]), epoch)[0], RATINGS[grade] if grade else None)
            for name, steps in by_framework.items()
            for tick, grade in steps
        ]
        return pd.DataFrame(rows, columns=["framework", "since", what])

    def _draw(self) -> "Sequence[Chart]":
        return list(self._drawn_lives())

    def _drawn_lives(self) -> "Iterator[Chart]":
        from simulator.questions.trace.timeline import timeline_chart

        for name, each in self._lives.items():
            yield timeline_chart(each.life, each.frameworks, self.question.own_register)._replace(name=name)


def _as_text(frame: "pd.DataFrame") -> "dict[str, pd.Series[str]]":
    """Give the columns of names as text, so that tables of two frameworks go below each other."""
    return {str(name): frame[name].astype("str") for name in frame.select_dtypes("category").columns}


def inspection_told(row: dict[str, str]) -> str:
    """Say an inspection in a few words: kind, why, and what it judged; the truth too, where that is another."""
    told = f"{row['kind']} ({row['reason']})"
    if row["judged"] == "nan":
        return told
    truly = "" if row["judged"] == row["true_grade"] else f" (truly {row['true_grade']})"
    return f"{told}: {row['judged']}{truly}"


@plainly(asks.Trace)
def trace(
    scenario: GivenScenario = DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    provider: str,
    replication: int = 1,
    register: str | Path | None = None,
) -> Lives:
    """Follow one provider through one run: what is true of it, what inspectors do, and what they find.

    Parameters
    ----------
    scenario, register
        As of `compare`.
    frameworks : Framework, str, Path or sequence of them, optional
        Under each of which the provider is followed, side by side; if left out, under the scenario's baseline.
    provider : str
        As in the tables, such as ``childrens_home-0001``.
    replication : int
        Which one, 1 or more.

    Returns
    -------
    Lives

    Raises
    ------
    InputError
        If something given cannot be used, or there is no such provider.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("england-2006", years=1)
    >>> answer = simulator.trace(few, ["2006-regime", "option-a"], provider="secure_childrens_home-0001")
    >>> answer.ratings["framework"].unique().tolist()
    ['2006-regime', 'option-a']
    >>> list(answer.charts)
    ['2006-regime', 'option-a']
    """
    began = datetime.now(UTC)
    question = asked_for(scenario, frameworks, register)
    if replication < 1:
        raise InputError(f"replication: given {replication}; allowed: 1 or more")
    if frameworks is None:
        question = only(question, [question.baseline])
    settings, place = settings_of(question), place_of(question, provider)
    row_of(settings[0], place)
    lives = {}
    for position, (name, setting) in enumerate(zip(question.names, settings, strict=True)):
        regimes = tuple(regime.framework for regime in question.timeline(position))
        lives[name] = Lived(life_of(setting, place, replication), setting, regimes)
    return Lives(question, lives, began)
