"""The page that defines the measures, made from their registry so that it cannot drift from it.

``python -m docs.generators.measures > docs/measures.md`` makes it again.
"""

from typing import Final

from simulator.measures.names import MEASURES, Measure

INTRODUCTION: Final = """\
# Measures

What is measured in each run, and how. Every output uses these names. Each measure is computed for each service
type and for `all`: all service types together, not a mean of their values. The last column of the table shows where
the values of the service types add up to that of `all`.

This page is made from `simulator/measures/declared/`; do not edit it.
"""

TERMS: Final = """\
## Terms

- **Window**: from the end of the warm-up to the horizon, the end of the run. Something that happens at a
  moment (an inspection ends, an episode starts) is in the window if it happens at its first moment or
  later, and before its last. A month's end or the date of a duty closes a period: at midnight at the start of the
  window it belongs to the warm-up, at midnight at its end it belongs to the window.
- **Year**: 365.25 days. "Per year" is divided by the years of the window.
- **Inspection**: counted when it ended in the window. Waiting, unfinished or lapsed work is not counted. Kinds
  without a grade count too, except where a judgement is required.
- **Duty**: for each provider and each statutory rule, the date by which the next inspection that satisfies the
  rule must have ended. It is **met** when one ends, on time or late; it is **void** when the provider closes or the
  rule no longer holds for it; otherwise it is **outstanding** at the horizon. It is counted whether or not work
  was raised for it, and belongs to the window if its date does and it was not void by then, or if it was past its
  date when the window began: so duties due are those met on time, met late, outstanding, and void after their
  date.
- **Discretion**: an inspection that no statutory rule requires is made at the inspectorate's discretion. It
  **lapses** if it has not started in time.
- **Provider-year**: one provider open for one year. **Poor** is a true grade of 1, **good or better** one
  of 3 or 4, whatever the inspectorate believes.
- **Episode**: from the moment a provider's true grade becomes 1 (or it opens at 1) until it is better or
  closes. It is **detected** at the end of the first inspection inside it that judges the provider 1. It
  **ended unseen** if it was over before that, by recovery or by closure. Otherwise the horizon cuts it
  off: it is **censored**. Episodes that started in the warm-up count towards the time undetected, and nothing
  else.
- **Undefined**: a value with nothing to divide by (no episode was detected, no provider of that type) is
  left empty and excluded from means over runs. Counts and sums are then 0.
"""

INCIDENCE: Final = """\
## Cumulative incidence of detection

The share of episodes detected within t days of their start. An episode that recovers or closes unseen can no
longer be detected, so its end is a competing risk. One cut off by the horizon shows only that it was undecided up
to then. The estimator of Aalen and Johansen allows for both:

```
F(t) = sum over event times u <= t of  S(u-) * d(u) / n(u)
S(t) = product over event times u <= t of  1 - (d(u) + e(u)) / n(u),   S(u-) its value just before u
```

with n(u) the episodes undecided and followed up to u, d(u) those detected at u, and e(u) those that ended
unseen at u. "Within t days" includes t itself. At equal times events come before censorings: an episode
cut off at u is still among the n(u). Detections and unseen ends at the same time share one n(u), so their
order does not matter. Past the longest time followed F is undefined if some episode was still undecided
then. Treating unseen ends as censorings instead (one minus Kaplan and Meier's curve) would overstate
detection.

Source: O. O. Aalen and S. Johansen, "An empirical transition matrix for non-homogeneous Markov chains
based on censored observations", *Scandinavian Journal of Statistics* 5 (1978), 141-150.

## Mean days poor and unfound

The wait of an episode ends when it is found, better or closed, whichever comes first. The share of waits that
last longer than t is estimated by the curve of Kaplan and Meier, with the d(u) + e(u) above as its ends, so that
S(t) above is that curve, and the mean of waits that count for T = 730.5 days at most is the area under it:

```
mean = integral from 0 to T of  S(t) dt
```

If the run is shorter than two years, or an episode was cut off so early that none was followed to T, the curve
continues from its last point L as the exponential through it, S(t) = S(L)^(t/L). It is undefined if none of the
episodes ended and none was followed to T.

Sources: E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", *Journal of the
American Statistical Association* 53 (1958), 457-481; B. W. Brown, M. Hollander and R. M. Korwar, "Nonparametric
tests of independence for censored data", in *Reliability and Biometry* (SIAM, 1974), 327-354.

## Gaps between inspections

The share of gaps that last longer than t is the curve of Kaplan and Meier as above, with the gaps that an inspection
ended as its ends. The 95th percentile is the first t at which that share is 5% or less.

## Intervals

A run produces one value of each measure. Means, and differences between frameworks on the same runs, have
95% intervals over runs.
"""

BETTER: Final = {
    "lower": "lower is better",
    "higher": "higher is better",
    None: "neither direction is better in itself",
}


def measures_page() -> str:
    """Write the page as Markdown."""
    return "\n".join([INTRODUCTION, overview(), TERMS, "## Definitions\n", *map(definition, MEASURES), INCIDENCE])


def overview() -> str:
    """List the measures in a table, with their units."""
    rows = ["| measure | title | unit | adds up |", "|---|---|---|---|"]
    rows += [f"| `{each.name}` | {each.title} | {each.unit} | {'yes' if each.adds_up else ''} |" for each in MEASURES]
    return "\n".join([*rows, ""])


def definition(each: Measure) -> str:
    """Define one measure under a heading of its own."""
    return f"### `{each.name}`\n\n{each.title}. Unit: {each.unit}; {BETTER[each.better]}.\n\n{each.formula}\n"


if __name__ == "__main__":
    print(measures_page(), end="")
