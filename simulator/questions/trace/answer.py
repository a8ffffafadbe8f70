"""What following one provider leaves in its folder: its diaries, a picture, the report, and what it takes to ask again.

`inspectsim trace`, `simulator.trace` and the page Follow one provider all leave this.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping
from simulator.answers.run_files import ANSWER, DIARIES, DIARY, LIFE_EXPECTED, LIFE_FILES
from simulator.charts.sheet import Chart
from simulator.inspectorate.framework import Framework
from simulator.questions.compare.answer import given, times_of
from simulator.questions.trace.diary import diary, lived_under
from simulator.questions.trace.figures import figures_of
from simulator.questions.trace.life import Followed, Life
from simulator.questions.trace.timeline import timeline_chart
from simulator.questions.trace.timelines import lives_chart
from simulator.questions.trace.two_lives import Told, caveats, parted, sentences, told
from simulator.render.writing import finish
from simulator.running.question import Question
from simulator.running.run_folder import provenance, write_question
from simulator.running.store import RunFolder
from simulator.ticks import day_of

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

PAIR: Final = 2


def write_lives(
    folder: RunFolder,
    question: Question,
    lives: Sequence[Life],
    options: Mapping[str, Any],
    began: datetime,
    picked: str = "",
    *,
    ended: datetime | None = None,
) -> list[str]:
    """Write everything and put it in its place.

    Parameters
    ----------
    folder
        Where to.
    question
        What was asked.
    lives
        The same provider in the same replication under each framework of the question, in their order.
    options
        Of the command; those left out are None, False or an empty list.
    began, ended
        When it was asked and answered (`simulator.questions.compare.answer.times_of`).
    picked
        Why this provider was picked, as a sentence; nothing if it was named.

    Returns
    -------
    list of str
        Names of the files.
    """
    times = times_of(began, ended)
    every = lives_told(question, lives)
    rests_on = caveats(*every.values(), own_register=question.own_register)
    folder.write_text(ANSWER, as_text(answer_of(lives_sentences(every, picked), rests_on)))
    folder.write_text(DIARY, "\n".join(diary(life, in_force(question, at)) for at, life in enumerate(lives)))
    folder.write_csv(DIARIES, diaries_frame(every))
    for chart, names in lives_charts(question, every):
        chart.write(folder.made("charts"))
        folder.write_csv(f"charts/{chart.name}.csv", figures_frame({name: every[name] for name in names}))
    write_question(folder, question)
    life = lives[0]
    made = {"question": "trace", "provider": life.provider, "replication": life.replication}
    files = finish(folder, provenance(question, given(options), made | times))
    folder.forget()
    return files


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
    return [lived_under(each.title, each.life) for each in every]


def lives_charts(question: Question, lives: Mapping[str, Told]) -> list[tuple[Chart, list[str]]]:
    """Draw two lives in one picture, others in one each; give the names of the frameworks shown with each."""
    every = list(lives.values())
    if len(every) == PAIR:
        return [(lives_chart(every, own_register=question.own_register), list(lives))]
    return [
        (
            timeline_chart(each.life, in_force(question, position), question.own_register)._replace(
                name="life" if len(every) == 1 else f"life-{name}"
            ),
            [name],
        )
        for position, (name, each) in enumerate(lives.items())
    ]


def diaries_frame(lives: Mapping[str, Told]) -> "pd.DataFrame":
    """Lay out diaries: columns framework, date (ISO), what_happened; of two lives ``parted``, whether they had by then.

    A row is an entry.
    """
    import pandas as pd

    rows = [
        {"framework": name, "date": day_of(entry.tick, each.life.epoch).isoformat(), "what_happened": entry.text}
        for name, each in lives.items()
        for entry in each.entries
    ]
    frame = pd.DataFrame(rows, columns=["framework", "date", "what_happened"])
    if len(lives) == PAIR:
        first, second = lives.values()
        split = parted(first, second)
        since = [
            position >= len(each.entries) - len(rest)
            for each, rest in ((first, split.first), (second, split.second))
            for position in range(len(each.entries))
        ]
        frame["parted"] = since
    return frame


def figures_frame(lives: Mapping[str, Told]) -> "pd.DataFrame":
    """Lay out the years measured in figures: columns framework, figure, value."""
    import pandas as pd

    rows = [(name, figure, value) for name, each in lives.items() for figure, value in figures_of(each.life).items()]
    return pd.DataFrame(rows, columns=["framework", "figure", "value"])


def _write(
    folder: RunFolder,
    followed: Followed,
    options: Mapping[str, Any],
    began: datetime,
    *,
    ended: datetime | None = None,
) -> list[str]:
    return write_lives(folder, followed.question, followed.lives, options, began, ended=ended)


def _say(followed: Followed, console: "Console") -> None:
    for position, life in enumerate(followed.lives):
        console.print(diary(life, in_force(followed.question, position)), soft_wrap=True)


LIVES: Final = Keeping(LIFE_EXPECTED, LIFE_FILES, _write, _say)
