"""The page docs/validation.md: what the shipped set of fits meets, what it misses, and what its figures can say.

It is made from the stored results of the calibration, so that it cannot drift from them;
``python -m simulator.present.validation_page > docs/validation.md`` makes it again.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from simulator.experiments.calibration.fits import INSIDE, Told, described, interval, read_told
from simulator.experiments.calibration.mechanisms import MECHANISMS, NOISE
from simulator.present.calibrated import (
    HIT,
    held_noises,
    met_sentence,
    missed,
    noise_sentence,
    short,
    together,
    undetected_sentence,
    untold,
    value_words,
)
from simulator.present.wording import number

SHIPPED_SET: Final = "homes-2014-2017"

KNOWN: Final[dict[str, str]] = {
    "judged_1_in_year_1": "9.3 %",
    "judged_1_in_year_2": "5.0 %",
    "judged_1_in_year_3": "6.7 %",
    "judged_2_in_year_1": "26.5 %",
    "judged_2_in_year_2": "19.4 %",
    "judged_2_in_year_3": "16.4 %",
    "judged_4_in_year_1": "11.4 %",
    "judged_4_in_year_2": "15.7 %",
    "judged_4_in_year_3": "16.5 %",
    "found_ratio": "3.5 (1.9 to 6.5)",
    "days_unseen_mean": "195 days (2015-17)",
    "days_unseen_median": "178 days (2015-17)",
    "days_unseen_ninth": "328 days (2015-17)",
    "stock_1_after_year_1": "2.3 %",
    "stock_1_after_year_2": "1.5 %",
    "stock_1_after_year_3": "2.1 %",
    "stock_3_after_year_1": "69 %",
    "stock_3_after_year_2": "78 %",
    "stock_3_after_year_3": "81 %",
    "visits_a_year": "1.85, 1.93, 1.94 (by year)",
    "two_visits": "84 %, 93 %, 92 % (by year)",
    "gap_mean": "184 days",
    "same_time_of_year": "about 0.5 (in a fit)",
    "after_poor_median": "51 days",
    "after_poor_ninth": "76 days",
    "after_poor_full": "55 %",
    "after_poor_monitoring": "37 %",
    "interim_declined": "10 %",
    "interim_improved": "35 %",
    "poor_after_declined": "13 %",
    "poor_after_others": "2 to 4 %",
}
"""What was known of the same records before, counted by others in their own way."""


class Group(NamedTuple):
    """Figures that stand together."""

    heading: str
    what: str
    """What is to be said of them."""
    begins: tuple[str, ...]
    """How their names begin."""


GROUPS: Final = (
    Group("Grades by year", "A flow: what inspections of a year judged.", ("judged_",)),
    Group(
        "Finds: early against late, and days since the last visit",
        """Homes last judged good or better that are found inadequate. Early are full inspections 120 to 210 days after
the last, late ones 300 to 480. If failure came with time, late ones would find more; they find less, since concerns
bring visits forward to where failure is.""",
        ("found_", "days_unseen_"),
    ),
    Group(
        "Stock against flow of inadequate",
        """At 31 March, by the last judgement: far fewer than inspections of the year judge inadequate, for homes found
are inspected again within weeks.""",
        ("stock_",),
    ),
    Group(
        "Change or slip of judgement",
        "What the next inspection, or the next but one, says. These part noise of judgement from true change.",
        ("changed_", "good_", "outstanding_"),
    ),
    Group(
        "Visits",
        """Made by the rules of the framework, and so not fitted to: they say whether the framework file describes the
practice of these years.""",
        ("visits_", "two_visits", "gap_mean", "same_time", "after_poor_"),
    ),
    Group(
        "What interim visits say",
        """The records fitted to tell no direction, so that nothing was fitted here: the fits hold any noise of
an interim visit between 0.1 and 1.2 grades. Beside it what is known of the directions.""",
        ("interim_", "poor_after_"),
    ),
)
"""The groups of figures, in the order of the page."""

INTRODUCTION: Final = """\
# Validation

<!-- Made from scenarios/fits/homes-2014-2017: python -m simulator.present.validation_page > docs/validation.md -->

How well the model, with its mechanisms fitted, gives back three years of inspection of children's homes in England,
April 2014 to March 2017. The records are Ofsted official statistics (Open Government Licence); they are not part of
this project, only figures counted from them are.

## How it was fitted

{summary}

Inspections are aimed: a home of which something is heard is visited sooner. Read off the gaps between visits, this
aiming would pass for decay. So the schedule is simulated with everything else, under the framework
`childrens-homes-2014`; each run is turned into records like those given; and the same figures are counted of both, by
the same code (simulated moments). The distance between them is weighted by the covariance of the recorded figures,
from resampling homes with all their inspections. All trials meet the same chances (common random numbers).

A fit belongs to the set if its distance exceeds the least by no more than the 95 % quantile of a chi-squared
distribution with a degree of freedom for each mechanism, times the misfit. The misfit is the least distance over its
degrees of freedom, here {misfit}: the model misses more than chance would, and is the less sure of its mechanisms.

```sh
inspectsim calibrate records.csv --framework childrens-homes-2014 --out fitted
inspectsim compare homes-2014-2017 --fits homes-2014-2017     # any question, over the shipped set
```
"""

SIDE_BY_SIDE: Final = """\
## Side by side

Recorded with its 95 % interval; simulated by the best fit, and over all fits. A figure is met where the best fit lies
within {errors} standard errors of the recorded one. *Known before* is what was known of these records before, counted
by others in their own way.
"""

TELLS: Final = """\
## What says something about time to detection

None of these figures does directly: no record shows when a home became inadequate, only when it was judged so.

- **Days since the last visit when a good home is found inadequate** are an upper bound on how long it had failed
  unseen, if visits of every kind would have seen it. The visit calendar shapes them more than failure does: a model
  with short failures and one with long ones give the same figure.
- **Early against late finds** say how well concerns aim visits. With the rate of falls this bounds how long failure
  lasts unseen, but does not fix it.
- **Transitions** say how many homes fall and recover between inspections, and only together with the noise of
  judgement and the effect of being found out.
- **Stock, visits, gaps** say nothing about it: the calendar and re-inspection make them.

{undetected} That spread is the honest answer to how long failure lasts unseen.
"""

EARLIER: Final = """\
Earlier trial fits of a smaller simulator to the same records, by a likelihood of its own, had a speed of about 0.44
grade changes a year, falls from good of about 0.05, improvement 9 times as fast after inadequate and 3 times after
requires improvement, the step to outstanding damped to 0.13 to 0.27, and 2.1 to 3.0 undetected poor years per 100
home-years; any noise from 0 to 0.3 fitted about equally well, above 0.4 it was rejected. Where the profile rejects less
noise than that, it does so of this model, these figures and a search of this length (a longer one can only lower a
distance): a model that misses what this one misses is no strong witness against a sharper judgement.
"""

LATER: Final = """\
## Later years

Records of later years, after the rules changed, took no part in any of this. The fits hold mechanisms, not numbers of
these three years: what they predict of later ones follows from the framework file of the later rules. A scenario that
runs from April 2013 begins as the fits do.

```toml
title = "Children's homes from April 2017"
extends = "homes-2014-2017"
[run]
start = 2017-04-01
warm_up_years = 4
warm_up_framework = "childrens-homes-2014"
frameworks = ["my-later-rules.toml"]
baseline = "my-later-rules.toml"
```

## What cannot be said with the rules there are

- A visit owed is made: that one home in fifteen had no second visit in a year is not simulated.
- Visits of two yearly rules know nothing of each other's day when the year is laid out, so that an interim visit may
  fall within weeks of a full one.
"""


def page(told: Told) -> str:
    """Write the page in Markdown."""
    made = told.manifest
    summary = (
        f"{made['mechanisms']} mechanisms were fitted to {made['figures_fitted_to']} figures of "
        f"{made['inspections']:,} inspections of {made['providers']:,} homes, by {made['runs']:,} runs. "
        f"{len(told.fits)} fits fit about equally well. {met_sentence(told)}"
    )
    parts = [
        INTRODUCTION.format(summary=summary, misfit=number(made["misfit"], 1)),
        "## Misses and hits\n",
        *misses(told),
        SIDE_BY_SIDE.format(errors=number(HIT)),
        "### Full inspection to next full inspection\n",
        *transitions(told),
        *groups(told),
        "## The mechanisms\n",
        *mechanisms(told),
        TELLS.format(undetected=undetected_sentence(told)),
        LATER,
    ]
    return "\n".join(parts)


def misses(told: Told) -> Iterator[str]:
    """List what the best fit misses, the worst first, of the figures fitted to and of those shown beside."""
    rows = missed(told)
    beside = told.moments[~told.moments["fitted_to"] & (told.moments["errors_apart"].abs() > HIT)]
    yield "Fitted to, and missed:\n" if rows else "Every figure fitted to is met.\n"
    yield from (f"- {_miss(row)}" for row in rows)
    yield "\nNot fitted to, and missed:\n"
    yield from (f"- {_miss(row)}" for row in _records(beside) if not row["figure"].startswith("from_"))
    yield ""


def _miss(row: dict[str, Any]) -> str:
    recorded, simulated = (value_words(row[name], row["unit"]) for name in ("recorded", "simulated"))
    low, high = (value_words(row[name], row["unit"]) for name in ("simulated_low", "simulated_high"))
    return f"{row['title']}: {recorded} recorded, {simulated} simulated ({low} to {high} over the fits)."


def transitions(told: Told) -> Iterator[str]:
    """Lay out the pairs as recorded, and as many as simulated."""
    names = list(dict.fromkeys(told.transitions["before"]))
    rows = []
    for before in names:
        cells = _records(told.transitions[told.transitions["before"] == before])
        rows.append([before, *(_pair(cell) for cell in cells)])
    yield "Pairs recorded; in brackets as many simulated by the best fit, and over the fits.\n"
    yield _table(["From \\ to", *names], rows)


def _pair(cell: dict[str, Any]) -> str:
    simulated, low, high = (number(cell[name]) for name in ("simulated", "simulated_low", "simulated_high"))
    return f"{cell['recorded']} ({simulated}; {low} to {high})"


def groups(told: Told) -> Iterator[str]:
    """Lay out the other figures, a table for each group of them."""
    for group in GROUPS:
        rows = [row for row in _records(told.moments) if row["figure"].startswith(group.begins)]
        yield f"### {group.heading}\n"
        yield f"{group.what}\n"
        yield _table(["Figure", "Known before", "Recorded", "Simulated", "Over the fits", ""], map(_row, rows))


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
    """Lay out the fitted mechanisms, and say what the records cannot tell apart."""
    rows = []
    for each in described():
        low, high = interval(told.fits[each.name].to_list())
        searched = f"{short(each.low)} to {short(each.high)}" if each in MECHANISMS else "follows"
        rows.append(
            [each.title, short(told.fits[each.name].iloc[0]), f"{short(low)} to {short(high)}", searched, each.unit]
        )
    yield f"The interval holds {number(100 * INSIDE)} % of the fits.\n"
    yield _table(["Mechanism", "Best fit", "Interval", "Searched", "Unit"], rows)
    for sentence in untold(told):
        yield f"{sentence}\n"
    low, high = held_noises(told)
    yield f"{noise_sentence(told)} The table has the best fit at each noise, all else fitted anew.\n"
    profile = [
        [
            number(row[NOISE], 2),
            number(row["distance"], 0),
            number(row["excess"], 1),
            number(row["undetected_per_100"], 1),
        ]
        for row in _records(told.profile)
    ]
    yield _table(
        [
            "Noise of judgement, grades",
            "Distance",
            "Excess over the misfit",
            "Undetected poor years per 100 home-years",
        ],
        profile,
    )
    yield EARLIER
    if together(told):
        yield (
            "Mechanisms told apart only together are ridges: a home that falls often and recovers quickly by itself "
            "leaves much the same records as one that falls seldom and recovers once found out. Answers over the whole "
            "set show what that means for a question.\n"
        )


def _records(frame: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return rows


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell for cell in line) + " |" for line in lines) + "\n"


def shipped_page() -> str:
    """Write the page of the shipped set of fits."""
    return page(read_told(SHIPPED_SET))


if __name__ == "__main__":
    print(shipped_page(), end="")
