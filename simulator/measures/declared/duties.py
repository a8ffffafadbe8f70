"""How the law is kept, and what waits or lapses."""

from typing import Final

from simulator.measures.declaration import ALL_SERVICES, SHARE, Measure, OwnTarget, Words

DUTIES: Final = (
    Measure(
        "duties_due_per_year",
        "Statutory duties due a year",
        "duties per year",
        "Duties whose date fell in the window and found them standing, and those past their date when it began, "
        "divided by its years. Left out are those that ended with the provider or the rule before their date.",
        None,
        Words("makes", "{way} statutory inspections of {providers} fall due"),
        adds_up=True,
    ),
    Measure(
        "on_time_share",
        "Statutory duties met on time",
        SHARE,
        "Of the same duties, the share that an inspection had met by their date, whether or not work was ever raised "
        "for the others.",
        "higher",
        Words("ends", "{way} of the statutory inspections on time"),
        key=True,
        helped=">=",
        target=OwnTarget(
            ALL_SERVICES,
            "at least {} of statutory inspections end on time",
            "the share of statutory inspections on time",
        ),
    ),
    Measure(
        "late_share",
        "Statutory duties late",
        "share, 0 to 1",
        "1 − `on_time_share`: of the same duties, the share that no inspection had met by their date.",
        "lower",
        Words("lets", "{way} of the statutory inspections be late"),
        helped="<=",
    ),
    Measure(
        "days_overdue_mean",
        "Mean days overdue",
        "days",
        "Mean of max(0, end − date) over the same duties, those met on time included with 0 days; the end is when a "
        "duty is met, or void with the provider or the rule. One outstanding at the horizon counts as if it ended "
        "there.",
        "lower",
        Words("leaves", "statutory inspections of {providers} overdue {way}", "for less time", "for longer"),
        helped="<=",
    ),
    Measure(
        "providers_past_duty",
        "Providers past a statutory date",
        "providers",
        "Mean number of providers at a time, over the window, that are past the date of a duty that is neither met nor "
        "void; one that is past several dates counts once.",
        "lower",
        Words("leaves", "{way} {providers} past a statutory date"),
        adds_up=True,
        key=True,
        helped="<=",
    ),
    Measure(
        "gap_days_95th",
        "Gap between statutory inspections, 95th percentile",
        "days",
        "Days within which 95% of the gaps end, by the curve of Kaplan and Meier (see below). A gap is the time from "
        "one inspection that satisfies a duty, or the opening of the provider, to the next. Taken in are the gaps that "
        "an inspection ended in the window, and, as cut off, those open at its end and those whose duty became void in "
        "it. Where the curve never falls so far it is the longest gap seen, a lower bound.",
        "lower",
        Words(
            "keeps",
            "95% of the gaps between statutory inspections of {providers} within {way}",
            "a shorter time",
            "a longer time",
        ),
        helped="<=",
    ),
    Measure(
        "gap_days_longest",
        "Longest gap between statutory inspections",
        "days",
        "The longest of the same gaps in a run, those that no inspection ended included.",
        "lower",
        Words(
            "lets",
            "the longest gap between statutory inspections of {providers} last {way}",
            "for less time",
            "for longer",
        ),
        helped="<=",
    ),
    Measure(
        "backlog_mean",
        "Mean backlog",
        "inspections",
        "Inspections raised and not yet begun, mean over the ends of the months that ended in the window.",
        "lower",
        Words("leaves", "{way} inspections waiting"),
        adds_up=True,
        key=True,
        helped="<=",
        target=OwnTarget(
            ALL_SERVICES, "on average at most {} inspections wait to begin", "the number of inspections that wait"
        ),
    ),
    Measure(
        "backlog_at_end",
        "Backlog at the end",
        "inspections",
        "Inspections raised and not yet begun at the end of the last month of the window.",
        "lower",
        Words("leaves", "{way} inspections waiting at the end"),
        adds_up=True,
        helped="<=",
    ),
    Measure(
        "backlog_growth_per_year",
        "Growth of the backlog a year",
        "inspections per year",
        "Mean backlog over the months of the last year of the window, less that over the months of the year half a "
        "window before it (5 years in a window of 10), divided by the years between. Above 0 the queue still grows at "
        "the end, and means over the window depend on its length. Undefined for a window of one year.",
        "lower",
        Words("lets", "the number of inspections waiting grow by {way} a year", "less"),
        helped="<=",
    ),
    Measure(
        "lapsed_per_year",
        "Inspections at discretion that lapse a year",
        "inspections per year",
        "Inspections that no statutory rule asks for and that lapsed in the window because no inspector was free "
        "within their time, divided by its years. Left out are those whose provider closed or whose purpose was gone.",
        "lower",
        Words("lets", "{way} discretionary inspections of {providers} lapse"),
        adds_up=True,
        helped="<=",
    ),
    Measure(
        "discretionary_made_share",
        "Discretionary inspections made",
        "share, 0 to 1",
        "Of the inspections that no statutory rule asks for and that ended in the window, or lapsed in it because no "
        "inspector was free within their time, the share that ended. Undefined where there are none.",
        "higher",
        Words("makes", "{way} of the discretionary inspections of {providers} that it plans"),
        helped=">=",
    ),
    Measure(
        "random_made_share",
        "Random inspections made",
        "share, 0 to 1",
        "Of the random inspections that ended in the window, or lapsed in it because no inspector was free within the "
        "year, the share that ended. Undefined where there are none.",
        "higher",
        Words("makes", "{way} of the random inspections of {providers} that it promises"),
        helped=">=",
    ),
    Measure(
        "themed_made_share",
        "Themed inspections made",
        "share, 0 to 1",
        "The same of themed inspections.",
        "higher",
        Words("makes", "{way} of the themed inspections of {providers} that it promises"),
        helped=">=",
    ),
)
