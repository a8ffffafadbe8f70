"""What docs/validation.md says beside its numbers, and what was known of the same records before."""

from typing import Final, NamedTuple

from docs.generators.coverage import WITHIN

KNOWN: Final[dict[str, str]] = {
    "judged_1_in_year_1": "9.3%",
    "judged_1_in_year_2": "5.0%",
    "judged_1_in_year_3": "6.7%",
    "judged_2_in_year_1": "26.5%",
    "judged_2_in_year_2": "19.4%",
    "judged_2_in_year_3": "16.4%",
    "judged_4_in_year_1": "11.4%",
    "judged_4_in_year_2": "15.7%",
    "judged_4_in_year_3": "16.5%",
    "found_ratio": "3.5 (1.9 to 6.5)",
    "days_unseen_mean": "195 days (2015-17)",
    "days_unseen_median": "178 days (2015-17)",
    "days_unseen_ninth": "328 days (2015-17)",
    "stock_1_after_year_1": "2.3%",
    "stock_1_after_year_2": "1.5%",
    "stock_1_after_year_3": "2.1%",
    "stock_3_after_year_1": "69%",
    "stock_3_after_year_2": "78%",
    "stock_3_after_year_3": "81%",
    "visits_a_year": "1.85, 1.93, 1.94 (by year)",
    "two_visits": "84%, 93%, 92% (by year)",
    "gap_mean": "184 days",
    "same_time_of_year": "about 0.5 (in a fit)",
    "after_poor_median": "51 days",
    "after_poor_ninth": "76 days",
    "after_poor_full": "55%",
    "after_poor_monitoring": "37%",
    "interim_declined": "10%",
    "interim_improved": "35%",
    "poor_after_declined": "13%",
    "poor_after_others": "2 to 4%",
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
    Group("Grades by year", "A flow: the judgements of inspections in a year.", ("judged_",)),
    Group(
        "Finds: early against late, and days since the last visit",
        """Homes last judged good or better that are found inadequate. Early are full inspections 120 to 210 days after
the last, late ones 300 to 480. If failure increased with time, late ones would find more. They find fewer, because
concerns bring visits forward to where failure is.""",
        ("found_", "days_unseen_"),
    ),
    Group(
        "Stock against flow of inadequate",
        """At 31 March, by the last judgement: far fewer than inspections of the year judge inadequate, because homes
found inadequate are inspected again within weeks.""",
        ("stock_",),
    ),
    Group(
        "Change or slip of judgement",
        "The result of the next inspection, or the next but one. These separate noise of judgement from true change.",
        ("changed_", "good_", "outstanding_"),
    ),
    Group(
        "Visits",
        """Determined by the rules of the framework, so not used in fitting: they show whether the framework file
describes the practice of these years.""",
        ("visits_", "two_visits", "gap_mean", "same_time", "after_poor_", "full_", "interim_visits_", "monitoring_"),
    ),
    Group(
        "Directions of interim visits",
        """The records used have no directions, so nothing was fitted here: the fits contain any noise of an interim
visit between 0.1 and 1.2 grades. The table also shows what is known about the directions.""",
        ("interim_declined", "interim_improved", "poor_after_"),
    ),
)
"""The groups of figures, in the order of the page."""

INTRODUCTION: Final = """\
# Validation

<!-- Made from scenarios/fits/homes-2014-2017: python -m docs.generators.validation > docs/validation.md -->

How well the model, with fitted mechanisms, reproduces three years of inspection of children's homes in England, April
2014 to March 2017. The records are Ofsted official statistics (Open Government Licence). They are not part of this
project; figures counted from them are.

## How it was fitted

{summary}

Inspections are targeted: a home with news of risk is visited sooner. By gaps between visits, this would look like
decay. So the schedule is simulated with everything else, under the framework `childrens-homes-2014`. Each run is turned
into records of the same form, and the same code counts the same figures from both (simulated moments). The distance
between them is weighted by how much chance alone would move the figures. At first that covariance comes from resampling
the recorded homes, then from many runs at the best place found: a share that chance made small in the records looks
more certain than it is.

The search runs {starts} times, each from its own start and with its own random seed; further waves narrow the results,
and from the best places a descent goes down to where the distance is least (the method of Levenberg and Marquardt, with
common random numbers). Two further sets of runs are independent of the search. The first selects the best fit and
others close to it; the
second measures their distances. **A fit belongs to the set** if, in the
second, its distance exceeds that of the best by no more than {tolerance}, the 95% quantile of a chi-squared
distribution with one degree of freedom for each mechanism; if its transition deviance (below) is {deviance} at most;
and if no transition share is off by more than {apart} points (or, where records are so few that this is less than two
standard errors, by more than {errors} standard errors). A misfit does not widen the set: a model that misses by more
than random variation is a wrong model, not an uncertain one.

```sh
inspectsim calibrate records.csv --framework childrens-homes-2014 --out fitted
inspectsim compare homes-2014-2017 --fits homes-2014-2017     # any question, over the shipped set
```
"""

SIDE_BY_SIDE: Final = """\
## Side by side

Recorded with its 95% interval; simulated by the best fit, and over all fits. A figure is met if the best fit lies
within {errors} standard errors of the recorded one. *Known before* is what others counted from these records, in their
own way.
"""

TELLS: Final = """\
## Evidence on time to detection

None of these figures is direct: no record shows when a home became inadequate, only when it was judged inadequate.

- **Days since the last visit when a good home is found inadequate** are an upper bound on how long it had failed
  unseen, if visits of every kind would have seen it. The visit calendar affects them more than failure does: a model
  with short failures and one with long ones produce the same figure.
- **Early against late finds** show how well concerns target visits. With the rate of falls this bounds how long
  failure lasts unseen, but does not determine it.
- **Transitions** show how many homes fall and recover between inspections, and only together with the noise of
  judgement and the effect of being found out.
- **Stock, visits, gaps** are no evidence: the calendar and re-inspection determine them.

{undetected} That spread is the honest answer to how long failure lasts unseen.

## Implications of the fits that no record shows

{implied}

*Without inspection* uses the rates of the chain: one divided by the sum of the rates of improving, when not found out,
and of closing. Episodes never found ended, by recovery or closure, without an inspection that judged the home
inadequate. `fits.csv` has these numbers for each fit, in the columns `turned_poor_per_100`, `days_without_inspection`,
`never_found_share` and `undetected_per_100`. Report the range, not a single fit.
"""

EARLIER: Final = """\
Earlier trial fits of a smaller simulator to the same records, by a different likelihood, had a speed of about 0.44
grade changes a year, falls from good of about 0.05, improvement 9 times as fast after inadequate and 3 times after
requires improvement, the step to outstanding damped to 0.13 to 0.27, and 2.1 to 3.0 undetected poor years per 100
home-years; any noise from 0 to 0.3 fitted about equally well, above 0.4 it was rejected. If the closest fit at one
noise is far off here, this is a result for this model, these figures and a search of this length: a longer search can
only come closer.
"""

COVERAGE: Final = """\
## Does the set cover the true values?

The true values of simulated records are known. Records of {homes} homes were simulated {times} times, each time with
another fit of a set, and fitted to as if they were a department's, in {runs} runs at most.
{held}An interval that holds {inside}% of the fits should contain the true value about that often; slightly less in a
small set, whose ends lie further in. The width is a share of the range searched; for implied figures, of the true
value.
"""

HELD: Final = """\
To save time, {fitted} mechanisms were fitted; the others, most of which the records say little about, were held at
their true values.
"""

SURER: Final = " The sets are overconfident by the difference; read their ranges as somewhat wider."

COVERED: Final = {
    "undetected": "Undetected poor years per 100 home-years",
    "turned_poor": "Times that homes turn poor, per 100 home-years",
    "days_without_inspection": "Days that an episode would last without inspection",
    "never_found": "Share of episodes never found",
    WITHIN: "The true values would belong to the set",
}

LATER: Final = """\
## Later years

Records of later years, after the rules changed, were not used. The fits contain mechanisms, not numbers of these three
years: their predictions of later years follow from the framework file of the later rules. A scenario that runs from
April 2013 starts as the fits do.

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

## What is not simulated

- Every visit owed is made: in the records one home in fifteen had no second visit in a year.
- Under the shipped framework the direction of an interim visit has no consequence, because the records used have no
  directions. A framework may state that *declined* brings the next full inspection forward (with its own trigger).
- Visits of two yearly rules are planned independently of each other, so an interim visit may
  fall within weeks of a full one.
- Every home found inadequate is inspected again within months. In the records 1 in 20 waited for more than eight.
"""
