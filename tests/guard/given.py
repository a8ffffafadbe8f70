"""The files that the questions of the guard are asked of: small worlds, records that follow a plan, and mistakes."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

SMALL: Final = (Path(__file__).parents[1] / "data" / "small.toml").read_text(encoding="utf-8")
FEW: Final = """\
title = "Few homes"
extends = "homes-2014-2017"
[population.types.childrens_home]
count = 60
"""
MINE: Final = """\
title = "Mine"
summary = "Option A with another interval."
extends = "option-a"
"""
HOMES: Final = 200
FIRST_YEAR: Final = 2014
HEADER: Final = "provider,service_type,kind,date,grade\n"

SCENARIO_MISTAKES: Final = {
    "unknown-section": "[runs]\nyears = 1\n",
    "unknown-key": "[run]\nyear = 1\n",
    "wrong-type": '[run]\nyears = "two"\n',
    "too-small": "[run]\nyears = 0\n",
    "unknown-type": "[population.types]\nchildren_home.count = 3\n",
    "unknown-framework": '[run]\nframeworks = ["option-c"]\n',
    "no-baseline": '[run]\nframeworks = ["option-a"]\nbaseline = "option-b"\n',
    "shares-beyond-one": "[quality.start_shares.childrens_home]\npoor = 0.9\n",
    "unknown-pool": "[capacity.pools]\nregional.fte = [{ from = 2003-04-01, fte = 4 }]\n",
    "unknown-measure": "[run.replications.precision]\ndays_unfound = 0.01\n",
    "no-toml": "[run\n",
}
"""What a scenario that extends the small one has wrong."""
FRAMEWORK_MISTAKES: Final = {
    "unknown-clause": "[rule.homes]\nkind = 3\n",
    "unknown-key": '[kinds.key]\ntitel = "key"\n',
    "unknown-form": '[rules.homes]\ntypes = ["childrens_home"]\nform = "visit"\n',
    "unknown-type": '[rules.homes]\ntypes = ["childrens_homes"]\nform = "visits"\n',
    "unknown-kind": '[rules.homes]\ntypes = ["childrens_home"]\nform = "interval"\nkind = "full"\n',
    "too-large": "[kinds.key]\nsigma = 12\n",
    "leaves-out-nothing": 'leaves_out = ["rules.nothing"]\n',
    "no-toml": "title = \n",
}
"""What a framework that extends option A has wrong."""
RECORD_MISTAKES: Final = {
    "no-column": "provider,service_type,kind,date\nA,childrens_home,full,2014-05-01\n",
    "unknown-kind": HEADER + "A,childrens_home,visit,2014-05-01,3\n",
    "unknown-grade": HEADER + "A,childrens_home,full,2014-05-01,7\n",
    "no-date": HEADER + "A,childrens_home,full,1 May 2014,3\n",
    "other-type": HEADER + "A,childrens_hom,full,2014-05-01,3\n",
}
"""What records have wrong."""


def records(years: int) -> str:
    """Write records of homes that have a full visit a year, and an interim one half a year later."""
    lines = []
    for home in range(HOMES):
        for year in range(years):
            visit = date(FIRST_YEAR + year, 4, 1) + timedelta(days=(37 * home + 11 * year) % 170)
            grade = (3, 3, 4, 2, 3, 2, 1, 3, 2, 3)[(home + 7 * year * (1 + home % 7) + home // 10) % 10]
            lines.append(f"Home {home:03},childrens_home,full,{visit},{grade}")
            lines.append(f"Home {home:03},childrens_home,interim,{visit + timedelta(days=180)},")
    return HEADER + "\n".join(lines) + "\n"


def write_given(folder: Path) -> None:
    """Write all files into a folder."""
    texts = {
        "small.toml": SMALL,
        "few.toml": FEW,
        "mine.toml": MINE,
        "records.csv": records(3),
        "later.csv": records(4),
        **{f"scenarios/{name}.toml": _scenario(text) for name, text in SCENARIO_MISTAKES.items()},
        **{f"frameworks/{name}.toml": _framework(text) for name, text in FRAMEWORK_MISTAKES.items()},
        **{f"records/{name}.csv": text for name, text in RECORD_MISTAKES.items()},
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _scenario(text: str) -> str:
    return f'title = "S"\nextends = "../small.toml"\n{text}'


def _framework(text: str) -> str:
    return f'title = "F"\nsummary = "One mistake."\nextends = "option-a"\n{text}'
