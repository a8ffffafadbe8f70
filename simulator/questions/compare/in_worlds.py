"""In how many plausible worlds each shipped option does better than now.

The table is made beforehand by `simulator.questions.worth` (``python -m docs.generators.worth make``) and travels with
the package. Like that of `varied`, it is read only for a question about the shipped scenario and frameworks.
"""

import csv
from typing import TYPE_CHECKING, Final

from simulator.inputs.shipped import folder
from simulator.questions.compare.varied import KEY, TABLE, is_shipped
from simulator.words.estimates import others
from simulator.words.wording import joined, named

if TYPE_CHECKING:
    from simulator.questions.compare.comparison import Comparison

FOLDER: Final = "worlds"
"""Below that of the shipped scenarios; the table and its key are named as those of `varied`."""
_MEASURE: Final = ("undetected_poor_provider_years", "childrens_home")


def worlds_told(compared: "Comparison") -> list[str]:
    """Report in how many plausible worlds fewer homes are poor and unfound; nothing for a question of one's own."""
    if not is_shipped(compared):
        return []
    rows = {row["framework"]: row for row in read_worlds() if (row["measure"], row["service_type"]) == _MEASURE}
    names = [name for name in others(compared) if name in rows]
    if not names:
        return []
    worlds = int(rows[names[0]]["worlds"])
    told = [f"{round(float(rows[name]['better']) * worlds)} under {named(compared.titles[name])}" for name in names]
    where = f"Of {worlds} plausible worlds, in which all assumptions differ at once"
    return [f"{where}, fewer homes are poor and unfound than now in {joined(told)} (inspectsim worth)."]


def read_worlds() -> list[dict[str, str]]:
    """Read the table, with the columns of ``options.csv`` of an answer of `worth`; no rows if it has not been made."""
    path = folder() / FOLDER / TABLE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of_worlds() -> str:
    """Read the digest of the scenario and the frameworks that the table was made from."""
    return (folder() / FOLDER / KEY).read_text(encoding="utf-8").strip()
