"""How soon the poor are found, and how many are not."""

from typing import Final

from simulator.measures.declaration import CHILDRENS_HOMES, SHARE, Measure, OwnTarget, Words
from simulator.measures.survival import RESTRICTED_TO
from simulator.ticks import TICKS_PER_DAY

DETECTION: Final = (
    Measure(
        "poor_episodes_per_year",
        "Poor episodes a year",
        "episodes per year",
        "Episodes that began in the window, divided by its years.",
        "lower",
        Words("sees", "{way} {providers} become poor"),
        adds_up=True,
    ),
    Measure(
        "detected_within_90_days",
        "Poor episodes detected within 90 days",
        SHARE,
        "Cumulative incidence F(90 days) of detection, over episodes that began in the window (see below).",
        "higher",
        Words("finds", "{way} poor {providers} within 90 days"),
        key=True,
        helped=">=",
        target=OwnTarget(
            CHILDRENS_HOMES,
            "at least {} of children's homes that turn poor are found within 90 days",
            "the share of poor children's homes found within 90 days",
        ),
    ),
    Measure(
        "detected_within_180_days",
        "Poor episodes detected within 180 days",
        SHARE,
        "Cumulative incidence F(180 days) of detection, over episodes that began in the window (see below).",
        "higher",
        Words("finds", "{way} poor {providers} within 180 days"),
        helped=">=",
    ),
    Measure(
        "detected_within_365_days",
        "Poor episodes detected within 365 days",
        SHARE,
        "Cumulative incidence F(365 days) of detection, over episodes that began in the window (see below).",
        "higher",
        Words("finds", "{way} poor {providers} within a year"),
        key=True,
        headline=4,
        helped=">=",
        target=OwnTarget(
            CHILDRENS_HOMES,
            "at least {} of children's homes that turn poor are found within a year",
            "the share of poor children's homes found within a year",
        ),
    ),
    Measure(
        "days_unfound_mean",
        "Mean days poor and unfound",
        "days",
        "Mean time from becoming poor until found, better or closed, over all episodes that began in the window, each "
        "counted for two years (730.5 days) at most; one cut off by the horizon tells only that it lasted so long (see "
        "below). It covers everybody, and does not depend on how many years are run.",
        "lower",
        Words("leaves", "poor {providers} unfound {way}", "for less time", "for longer"),
        column="days that poor {providers} go unfound",
        key=True,
        headline=2,
        helped="<=",
        most=RESTRICTED_TO / TICKS_PER_DAY,
        target=OwnTarget(
            CHILDRENS_HOMES,
            "poor children's homes stay unfound for at most {} days on average",
            "the mean number of days that poor children's homes stay unfound",
        ),
    ),
    Measure(
        "days_unfound_median",
        "Days poor and unfound, median",
        "days",
        "Days within which half of the same episodes are found, better or closed, by the same curve as "
        "`days_unfound_mean` (see below): the first time at which it is at 1/2 or lower, and two years (730.5 days) at "
        "most.",
        "lower",
        Words("leaves", "half of the poor {providers} unfound {way}", "for less time", "for longer"),
        helped="<=",
    ),
    Measure(
        "days_unfound_90th",
        "Days poor and unfound, 90th percentile",
        "days",
        "Days within which 90% of the same episodes are found, better or closed, by the same curve: two years (730.5 "
        "days) at most.",
        "lower",
        Words("leaves", "90% of poor {providers} unfound for at most {way}", "a shorter time", "a longer time"),
        helped="<=",
    ),
    Measure(
        "days_unfound_95th",
        "Days poor and unfound, 95th percentile",
        "days",
        "Days within which 95% of the same episodes are found, better or closed, by the same curve: two years (730.5 "
        "days) at most.",
        "lower",
        Words("leaves", "95% of poor {providers} unfound for at most {way}", "a shorter time", "a longer time"),
        helped="<=",
    ),
    Measure(
        "days_unfound_worst_tenth",
        "Mean days poor and unfound of the longest tenth",
        "days",
        "Mean of the longest tenth of the same times, each counted for two years (730.5 days) at most: ten times the "
        "area under the lower of the same curve and 1/10, up to two years.",
        "lower",
        Words(
            "leaves",
            "the tenth of poor {providers} that wait longest unfound {way}",
            "for less time",
            "for longer",
        ),
        helped="<=",
    ),
    Measure(
        "days_to_detection_median",
        "Median days to detection of those found",
        "days",
        "Median of detection − beginning over the episodes that began in the window and were detected by the "
        "horizon. It covers those found only: episodes that ended unseen, or were not found yet, do not enter, and "
        "the longer the run the more late findings do. `days_unfound_mean` covers everybody.",
        "lower",
        Words("finds", "poor {providers} {way}", "sooner", "later"),
        helped="<=",
        target=OwnTarget(
            CHILDRENS_HOMES,
            "half of the poor children's homes that are found are found within {} days",
            "the median number of days until a poor children's home is found",
        ),
    ),
    Measure(
        "days_to_detection_mean",
        "Mean days to detection of those found",
        "days",
        "Mean of detection − beginning over the episodes that began in the window and were detected by the "
        "horizon. It covers those found only, as the median does. `days_unfound_mean` covers everybody.",
        "lower",
        Words("finds", "poor {providers} {way}", "sooner", "later"),
        helped="<=",
    ),
    Measure(
        "never_detected_share",
        "Poor episodes never detected",
        SHARE,
        "Of the episodes that began in the window and were decided by the horizon, the share that ended "
        "unseen: ended unseen / (detected + ended unseen).",
        "lower",
        Words("leaves", "{way} poor {providers} permanently unfound"),
        key=True,
        helped="<=",
    ),
    Measure(
        "detected_later_share",
        "Poor episodes detected after 90 days",
        "share, 0 to 1",
        "1 − `detected_within_90_days` − `never_detected_share`, and 0 at least: of the providers that become poor, "
        "the share found, but later than 90 days.",
        None,
        Words("finds", "{way} poor {providers} later than after 90 days"),
    ),
    Measure(
        "undetected_poor_provider_years",
        "Provider-years poor and undetected a year",
        "provider-years per year",
        "Time in the window during which providers were poor and not yet detected: over all episodes, those "
        "that began in the warm-up included, the part of [beginning, min(detection, end, horizon)] that lies "
        "in the window, added up in years and divided by the years of the window. It is also the mean number "
        "of providers poor and undetected at a time.",
        "lower",
        Words("leaves", "{way} {providers} poor and unfound"),
        column="{providers} poor and unfound at any time",
        adds_up=True,
        key=True,
        headline=3,
        helped="<=",
        target=OwnTarget(
            CHILDRENS_HOMES,
            "at any time at most {} children's homes are poor and unfound",
            "the number of children's homes that are poor and unfound",
        ),
        gains=True,
    ),
    Measure(
        "child_years_undetected",
        "Child-years at undetected risk a year",
        "child-years per year",
        "The same time, each episode weighted with the places of its provider.",
        "lower",
        Words("leaves", "{way} children at undetected risk in {providers}"),
        adds_up=True,
        key=True,
        helped="<=",
        gains=True,
    ),
    Measure(
        "false_alarm_share",
        "False alarms among judgements of poor",
        SHARE,
        "Of the inspections that ended in the window and judged the provider 1 (poor), the share at "
        "providers whose true grade was 3 or 4 when the inspection ended.",
        "lower",
        Words("raises", "{way} false alarms among {providers} judged poor"),
    ),
    Measure(
        "inspections_per_good_provider_year",
        "Inspections of each truly good provider a year",
        "inspections per provider-year",
        "Inspections that ended in the window at providers whose true grade was 3 or 4 at that moment, "
        "divided by the provider-years spent at a true grade of 3 or 4 in the window.",
        "lower",
        Words("inspects", "truly good {providers} {way}", "less often", "more often"),
    ),
)
