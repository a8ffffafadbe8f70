"""The page docs/validation.md: what the shipped set of fits meets, what it misses, and what its figures can say.

It is made from the stored results of the calibration, so that it cannot drift from them;
``python -m docs.generators.validation > docs/validation.md`` makes it again.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from docs.generators.coverage import WITHIN, read_coverage
from docs.generators.markdown import rows_of, table
from docs.generators.validation_forwards import forwards
from docs.generators.validation_words import (
    COVERAGE,
    COVERED,
    EARLIER,
    GROUPS,
    HELD,
    INTRODUCTION,
    KNOWN,
    LATER,
    SIDE_BY_SIDE,
    SURER,
    TELLS,
)
from simulator.questions.calibrate.choosing import MOST_DEVIANCE
from simulator.questions.calibrate.fit_tables import Told, read_told
from simulator.questions.calibrate.fits import INSIDE, interval
from simulator.questions.calibrate.goodness import HIT, MOST_APART, MOST_ERRORS
from simulator.questions.calibrate.implied import IMPLIED
from simulator.questions.calibrate.mechanisms import MECHANISMS, NOISE, described
from simulator.questions.calibrate.words import (
    bounds_sentences,
    held_sentence,
    implied_sentences,
    met_sentence,
    missed,
    noise_sentence,
    set_sentences,
    short,
    together,
    transitions_sentence,
    undetected_sentence,
    untold,
    value_words,
)
from simulator.words.wording import number

if TYPE_CHECKING:
    import pandas as pd

SHIPPED_SET: Final = "homes-2014-2017"
SLACK: Final = 0.03
"""By so much less than expected may be covered without a word about it."""


def page(told: Told, covered: "pd.DataFrame") -> str:
    """Write the page in Markdown."""
    made = told.manifest
    summary = (
        f"{made['mechanisms']} mechanisms were fitted to {made['figures_fitted_to']} figures of "
        f"{made['inspections']:,} inspections of {made['providers']:,} homes, by {made['runs']:,} runs. "
        f"{' '.join(set_sentences(told))} {met_sentence(told)} {transitions_sentence(told)}"
    )
    parts = [
        INTRODUCTION.format(
            summary=summary,
            starts=len(made["starts"]),
            tolerance=number(made["tolerance"], 0),
            deviance=number(MOST_DEVIANCE),
            apart=number(100 * MOST_APART),
            errors=number(MOST_ERRORS),
        ),
        "## Misses and hits\n",
        *misses(told),
        SIDE_BY_SIDE.format(errors=number(HIT)),
        "### Full inspection to next full inspection\n",
        *transitions(told),
        *groups(told),
        "## The mechanisms\n",
        *mechanisms(told),
        TELLS.format(undetected=undetected_sentence(told), implied=" ".join(implied_sentences(told))),
        *forwards(),
        *coverage(covered),
        LATER,
    ]
    return "\n".join(parts)


def misses(told: Told) -> Iterator[str]:
    """List what the best fit misses, the worst first, of the figures fitted to and of those shown beside."""
    rows = missed(told)
    beside = told.moments[~told.moments["fitted_to"] & (told.moments["errors_apart"].abs() > HIT)]
    yield "Used in fitting, and missed:\n" if rows else "Every figure used in fitting is met.\n"
    yield from (f"- {_miss(row)}" for row in rows)
    yield "\nNot used in fitting, and missed:\n"
    yield from (f"- {_miss(row)}" for row in rows_of(beside) if not row["figure"].startswith("from_"))
    yield ""


def _miss(row: dict[str, Any]) -> str:
    recorded, simulated = (value_words(row[name], row["unit"]) for name in ("recorded", "simulated"))
    low, high = (value_words(row[name], row["unit"]) for name in ("simulated_low", "simulated_high"))
    return f"{row['title']}: {recorded} recorded, {simulated} simulated ({low} to {high} over the fits)."


def transitions(told: Told) -> Iterator[str]:
    """Return the pairs as recorded, and as many as simulated."""
    names = list(dict.fromkeys(told.transitions["before"]))
    rows = []
    for before in names:
        cells = rows_of(told.transitions[told.transitions["before"] == before])
        rows.append([before, *(_pair(cell) for cell in cells)])
    yield "Pairs recorded; in brackets, the number simulated by the best fit, and over the fits.\n"
    yield table(["From \\ to", *names], rows)


def _pair(cell: dict[str, Any]) -> str:
    simulated, low, high = (number(cell[name]) for name in ("simulated", "simulated_low", "simulated_high"))
    return f"{cell['recorded']} ({simulated}; {low} to {high})"


def groups(told: Told) -> Iterator[str]:
    """Return the other figures, a table for each group of them."""
    for group in GROUPS:
        rows = [row for row in rows_of(told.moments) if row["figure"].startswith(group.begins)]
        yield f"### {group.heading}\n"
        yield f"{group.what}\n"
        yield table(["Figure", "Known before", "Recorded", "Simulated", "Over the fits", ""], map(_row, rows))


def _row(row: dict[str, Any]) -> Sequence[str]:
    unit = row["unit"]
    recorded = value_words(row["recorded"], unit)
    if recorded != "-":
        recorded += f" ({value_words(row['recorded_low'], unit)} to {value_words(row['recorded_high'], unit)})"
    low, high = value_words(row["simulated_low"], unit), value_words(row["simulated_high"], unit)
    met = (
        "" if row["errors_apart"] != row["errors_apart"] else "met" if abs(row["errors_apart"]) <= HIT else "**missed**"
    )
    return [
        row["title"],
        KNOWN.get(row["figure"], ""),
        recorded,
        value_words(row["simulated"], unit),
        f"{low} to {high}",
        met,
    ]


def mechanisms(told: Told) -> Iterator[str]:
    """Return the fitted mechanisms, and say what the records cannot tell apart."""
    rows = []
    for each in described():
        low, high = interval(told.fits[each.name].to_list())
        searched = f"{short(each.low)} to {short(each.high)}" if each in MECHANISMS else "follows"
        rows.append(
            [each.title, short(told.fits[each.name].iloc[0]), f"{short(low)} to {short(high)}", searched, each.unit]
        )
    yield f"The interval holds {number(100 * INSIDE)}% of the fits.\n"
    yield table(["Mechanism", "Best fit", "Interval", "Searched", "Unit"], rows)
    for sentence in untold(told):
        yield f"{sentence}\n"
    yield from (f"{sentence}\n" for sentence in bounds_sentences(told))
    yield f"{noise_sentence(told)} {held_sentence(told)} Everything else is fitted again at each noise.\n"
    profile = [
        [
            number(row[NOISE], 2),
            number(row["distance"], 0),
            number(row["excess"], 1),
            number(row["undetected_per_100"], 1),
        ]
        for row in rows_of(told.profile)
    ]
    yield table(
        [
            "Noise of judgement, grades",
            "Distance",
            "Above that of the best fit",
            "Undetected poor years per 100 home-years",
        ],
        profile,
    )
    yield EARLIER
    if together(told):
        yield (
            "Mechanisms determined only in combination form ridges: a home that falls often and recovers quickly by "
            "itself leaves much the same records as one that falls seldom and recovers once found out. Answers over "
            "the whole set show the effect on a question.\n"
        )


def coverage(covered: "pd.DataFrame") -> Iterator[str]:
    """Return how often sets of fits covered what records had been made with."""
    titles = {each.name: each.title for each in MECHANISMS} | COVERED
    one = covered.iloc[0]
    some = one["mechanisms"] < len(MECHANISMS) - 1
    yield COVERAGE.format(
        times=one["times"],
        homes=f"{one['homes']:,}",
        runs=f"{one['runs']:,}",
        inside=number(100 * INSIDE),
        held=HELD.format(fitted=one["mechanisms"]) if some else "",
    )
    of_mechanisms = covered["name"].isin([each.name for each in MECHANISMS])
    for said, which in (("mechanisms", of_mechanisms), ("implied figures", covered["name"].isin(IMPLIED))):
        part = covered[which]
        share, expected = ((part[name] * part["times"]).sum() / part["times"].sum() for name in ("share", "expected"))
        yield (
            f"The intervals contain {number(100 * share)}% of {int(part['times'].sum())} true values of {said}; "
            f"{number(100 * expected)}% would be correct.{SURER if share < expected - SLACK else ''}\n"
        )
    rows = [
        [
            titles[row["name"]],
            f"{row['inside']} of {row['times']}",
            "" if row["name"] == WITHIN else short(row["width"]),
        ]
        for row in rows_of(covered)
    ]
    yield table(["What", "Covered", "Mean width"], rows)


def shipped_page() -> str:
    """Write the page of the shipped set of fits."""
    return page(read_told(SHIPPED_SET), read_coverage())


if __name__ == "__main__":
    print(shipped_page(), end="")
