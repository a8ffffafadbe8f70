"""What is told of the lives of one provider: sentences, charts, diaries and figures."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from simulator.charts.sheet import Chart
from simulator.inspectorate.framework import Framework
from simulator.questions.trace.diary import lived_under
from simulator.questions.trace.figures import figures_of
from simulator.questions.trace.life import Life
from simulator.questions.trace.timeline import timeline_chart
from simulator.questions.trace.timelines import lives_chart
from simulator.questions.trace.two_lives import Told, parted, sentences, told
from simulator.running.question import Question
from simulator.ticks import day_of

if TYPE_CHECKING:
    import pandas as pd

PAIR: Final = 2


def in_force(question: Question, position: int) -> list[Framework]:
    """Return the frameworks in force one after another in the life under the one at a position."""
    return [regime.framework for regime in question.timeline(position)]


def lives_told(question: Question, lives: Sequence[Life]) -> dict[str, Told]:
    """Gather what is told of each life, by the name of its framework."""
    return {
        name: told(question.titles[name], life, in_force(question, position))
        for position, (name, life) in enumerate(zip(question.names, lives, strict=True))
    }


def lives_sentences(lives: Mapping[str, Told], picked: str = "") -> list[str]:
    """Report what came of the provider: of two lives what differs between them, of others each by itself."""
    every = list(lives.values())
    if len(every) == PAIR:
        return sentences(every[0], every[1], picked)
    return [lived_under(lived.title, lived.life) for lived in every]


def lives_charts(question: Question, lives: Mapping[str, Told]) -> list[tuple[Chart, list[str]]]:
    """Draw two lives in one picture, others in one each; give the names of the frameworks shown with each."""
    every = list(lives.values())
    if len(every) == PAIR:
        return [(lives_chart(every, own_register=question.own_register), list(lives))]
    return [
        (
            timeline_chart(lived.life, in_force(question, position), question.own_register)._replace(
                name="life" if len(every) == 1 else f"life-{name}"
            ),
            [name],
        )
        for position, (name, lived) in enumerate(lives.items())
    ]


def diaries_frame(lives: Mapping[str, Told]) -> "pd.DataFrame":
    """Return diaries: framework, date (ISO), what_happened, in_brief, routine; of two lives ``parted``, if they had.

    A row is an entry.
    """
    import pandas as pd

    rows = [
        {
            "framework": name,
            "date": day_of(entry.tick, lived.life.epoch).isoformat(),
            "what_happened": entry.text,
            "in_brief": entry.brief,
            "routine": "" if entry.brief else entry.routine,
        }
        for name, lived in lives.items()
        for entry in lived.entries
    ]
    frame = pd.DataFrame(rows, columns=["framework", "date", "what_happened", "in_brief", "routine"])
    if len(lives) == PAIR:
        first, second = lives.values()
        split = parted(first, second)
        since = [
            position >= len(lived.entries) - len(rest)
            for lived, rest in ((first, split.first), (second, split.second))
            for position in range(len(lived.entries))
        ]
        frame["parted"] = since
    return frame


def figures_frame(lives: Mapping[str, Told]) -> "pd.DataFrame":
    """Return the years measured in figures: columns framework, figure, value."""
    import pandas as pd

    rows = [(name, figure, value) for name, lived in lives.items() for figure, value in figures_of(lived.life).items()]
    return pd.DataFrame(rows, columns=["framework", "figure", "value"])
