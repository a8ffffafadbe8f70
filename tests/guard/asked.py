"""What the guard asks: the commands of each question, by the name of what is frozen of it."""

from collections.abc import Iterator
from shlex import split
from typing import Final

from .given import FRAMEWORK_MISTAKES, RECORD_MISTAKES, SCENARIO_MISTAKES

Command = list[str]

HOMES: Final = "--fits homes-2014-2017 --most-fits 2"
QUESTIONS: Final = {
    "compare": "compare small.toml --replications 3 --events first --yardsticks",
    "compare-precise": "compare small.toml --framework 2006-regime --framework mine.toml --framework none "
    "--precision 0.5 --most-replications 6 --long-run --inspectors regulatory=3",
    "compare-fits": "compare few.toml --framework childrens-homes-2014 --framework option-a "
    "--fits homes-2014-2017 --years 1 --replications 2",
    "compare-fit": "compare few.toml --framework childrens-homes-2014 --framework option-a "
    "--fits homes-2014-2017 --fit 2 --years 1 --replications 2",
    "size": "size small.toml --framework 2006-regime --framework mine.toml --step 2 --replications 2 "
    "--most-replications 2 --target on_time_share>=0.9 --target days_unfound_mean<=80",
    "size-fits": f"size few.toml --framework childrens-homes-2014 {HOMES} --years 1 --replications 2 --step 8 "
    "--most-replications 2 --target undetected_poor_provider_years<=40",
    "frontier": "frontier small.toml --framework 2006-regime --framework option-b --from 2 --to 6 --step 2 "
    "--replications 2",
    "frontier-rare": "frontier small.toml --framework 2006-regime --framework 2012-proportional --from 2 --to 6 "
    "--step 2 --replications 2 --measure 'gap_days_95th of childrens_home' --measure false_alarm_share "
    "--measure cost_per_inspection",
    "frontier-fits": f"frontier few.toml --framework childrens-homes-2014 --framework option-a {HOMES} --years 1 "
    "--replications 2 --from 4 --to 8 --step 4",
    "sensitivity": "sensitivity small.toml --framework 2006-regime --framework option-b --years 1 --worlds 16 "
    "--replications 2 --singly 1 --vary quality.speed --vary quality.falls --vary costs.cost_per_inspector_day",
    "trace": "trace childrens_home-0003 small.toml --framework 2006-regime --framework option-b",
    "validate": "validate records.csv --fits homes-2014-2016 --scenario few.toml --from 2016-04-01 --replications 2 "
    "--most-fits 2",
    "forecast": "forecast --fits homes-2014-2017 --scenario few.toml --from 2017-04-01 --years 1 --replications 2 "
    "--most-fits 2",
    "score": "score out/forecast later.csv",
    "calibrate": "calibrate records.csv --framework childrens-homes-2014 --scenario few.toml --effort 0.05",
}
"""Questions of many runs, each carried out into a folder of its own; one may use the folders before it."""
TOOLS: Final = (
    "--version",
    "scenarios",
    "frameworks",
    "frameworks schema",
    "frameworks check mine.toml",
    "frameworks new yours --from option-a --schema",
    "frameworks check yours.toml",
    "report out/compare",
    "report out/sensitivity",
    "report out/validate",
)
SHIPPED: Final = (
    *("2006-regime", "2012-as-proposed", "2012-proportional", "2013-single-framework", "belief-index"),
    *("childrens-homes-2014", "clairvoyant", "cyclic", "discretion", "jar-apa-2005", "none", "option-a", "option-b"),
    "random",
)
COMMANDS: Final = (
    *("", "compare", "size", "frontier", "sensitivity", "trace", "validate", "forecast", "score", "calibrate"),
    *("report", "serve", "natural-shares", "scenarios", "frameworks"),
    *("frameworks show", "frameworks new", "frameworks check", "frameworks schema"),
)
WRONG: Final = (
    "",
    "compar",
    "compare small.tml",
    "compare enland-2006",
    "compare small.toml --replication 3",
    "compare small.toml --replications none",
    "compare small.toml --replications 0",
    "compare small.toml --precision 0",
    "compare small.toml --precision 2",
    "compare small.toml --replications 4 --precision 0.1",
    "compare small.toml --most-replications 1",
    "compare small.toml --years 0",
    "compare small.toml --years 500",
    "compare small.toml --seed -1",
    "compare small.toml --workers 0",
    "compare small.toml --inspectors few",
    "compare small.toml --inspectors regional=3",
    "compare small.toml --inspectors -3",
    "compare small.toml --framework option-c",
    "compare small.toml --framework option-a --framework option-a",
    "compare small.toml --register nowhere.csv",
    "compare small.toml --register records.csv",
    "compare small.toml --events some",
    "compare small.toml --engine fast",
    "compare small.toml --cluster nowhere --processes",
    "compare small.toml --batch 0",
    "compare small.toml --fit 2",
    "compare small.toml --fits nowhere",
    "compare small.toml --fits homes-2014-2017 --fit 0",
    "compare small.toml --fits homes-2014-2017 --fit 999",
    "compare small.toml --out small.toml",
    "size small.toml --target on_time",
    "size small.toml --target on_time_share>0.9",
    "size small.toml --target on_time_share<=0.9",
    "size small.toml --target on_time_shar>=0.9",
    "size small.toml --target inspections>=9",
    "size small.toml --target 'days_unfound_mean of homes<=9'",
    "size small.toml --step 0",
    "size small.toml --confidence 1",
    "size small.toml --pool regional",
    "size small.toml --replications 1",
    "size small.toml --replications 4 --most-replications 3",
    "size small.toml --fits homes-2014-2017 --most-fits 0",
    "frontier small.toml --from 8 --to 2",
    "frontier small.toml --from -1",
    "frontier small.toml --from 2 --to 4 --step 0",
    "frontier small.toml --measure days",
    "frontier small.toml --pool regional",
    "sensitivity small.toml --measure days",
    "sensitivity small.toml --framework option-a",
    "sensitivity small.toml --framework option-a --framework option-a",
    "sensitivity small.toml --vary quality.spead",
    "sensitivity small.toml --worlds 3",
    "sensitivity small.toml --singly -1",
    "sensitivity small.toml --replications 1",
    "trace",
    "trace home-1 small.toml",
    "trace childrens_home-9999 small.toml",
    "trace childrens_home-0001 small.toml --replication 0",
    "trace childrens_home-0001 small.toml --framework option-c",
    "validate nowhere.csv --fits homes-2014-2016",
    "validate records.csv",
    "validate records.csv --fits nowhere",
    "validate records.csv --fits homes-2014-2016 --from 2016-05-01",
    "validate records.csv --fits homes-2014-2016 --from 2030-04-01",
    "validate records.csv --fits homes-2014-2016 --replications 0",
    "forecast --fits homes-2014-2017",
    "forecast --fits homes-2014-2017 --from 2017-04-02 --years 1 --out out/sealed",
    "forecast --fits homes-2014-2017 --from 2017-04-01 --years 0 --out out/sealed",
    "score nowhere records.csv",
    "score out/compare records.csv",
    "score out/forecast records.csv",
    "score out/forecast later.csv --seal sha256:0",
    "calibrate records.csv",
    "calibrate records.csv --framework option-c",
    "calibrate records.csv --framework childrens-homes-2014 --effort 0",
    "calibrate records.csv --framework childrens-homes-2014 --service-type homes",
    "calibrate records.csv --framework childrens-homes-2014 --from 2014-05-01",
    "report nowhere",
    "report out",
    "natural-shares small.toml --passes 0",
    "natural-shares small.tml",
    "frameworks show option-c",
    "frameworks check nowhere.toml",
    "frameworks new yours",
    "frameworks new option-a --from option-b",
    "frameworks new mine --from option-b",
    "frameworks nothing",
    "serve --port 0",
    "serve --jobs none",
)
"""Commands that cannot be carried out."""


def commands() -> Iterator[tuple[str, list[Command]]]:
    """Give every file of printed text by its name, with the commands that print it, in the order to ask them."""
    for name, asked in QUESTIONS.items():
        workers = [] if name in {"trace", "score"} else ["--workers", "1"]
        yield f"{name}.txt", [[*split(asked), *workers, "--out", f"out/{name}"]]
    yield "tools.txt", [split(asked) for asked in TOOLS]
    yield "frameworks.txt", [["frameworks", does, name] for name in SHIPPED for does in ("show", "check")]
    yield "help.txt", [[*split(asked), "--help"] for asked in COMMANDS]
    yield "wrong-options.txt", [split(asked) for asked in WRONG]
    yield "wrong-scenarios.txt", [["compare", f"scenarios/{name}.toml"] for name in SCENARIO_MISTAKES]
    yield "wrong-frameworks.txt", [["frameworks", "check", f"frameworks/{name}.toml"] for name in FRAMEWORK_MISTAKES]
    yield (
        "wrong-records.txt",
        [
            ["validate", f"records/{name}.csv", "--fits", "homes-2014-2016", "--scenario", "few.toml"]
            for name in RECORD_MISTAKES
        ],
    )
