"""What differs between two runs, scenarios or frameworks, in sentences and tables."""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.inputs.messages import InputError
from simulator.measures.names import BY_NAME
from simulator.questions.diff.inputs import Input, inputs_of
from simulator.questions.diff.results import Results, results_of
from simulator.questions.diff.sides import Side, side_of
from simulator.render.notebook import table_html
from simulator.running.targets import Quantity
from simulator.running.whole_files import write_files
from simulator.words.estimates import Estimate
from simulator.words.quantities import title_of
from simulator.words.units import scale_of
from simulator.words.wording import bracketed, capital, counted, figure, mean_and_range, named

if TYPE_CHECKING:
    import pandas as pd

INPUTS: Final = "inputs.csv"
RESULTS: Final = "results.csv"
_SUBJECT: Final = "childrens_home"


@dataclass(frozen=True)
class Differences:
    """What differs. In a notebook it shows its sentences and tables; `print` shows the sentences."""

    first: Side
    second: Side
    rows: tuple[Input, ...]
    """Inputs that differ."""
    found: Results | None
    """Results of both; None where there are none."""

    @property
    def inputs(self) -> "pd.DataFrame":
        """Inputs that differ: what, key, first, second, first_source, second_source."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=Input._fields)

    @property
    def results(self) -> "pd.DataFrame":
        """Every result of both: framework, service_type, measure, first, second, difference, low, high, replications.

        Raises
        ------
        InputError
            If these are no runs of `compare`.
        """
        if self.found is None:
            raise InputError("there are no results to compare; allowed: two folders of inspectsim compare")
        return self.found.table

    @property
    def sentences(self) -> list[str]:
        """How many inputs differ; how results are compared, and how many differ."""
        told = [f"{capital(counted(len(self.rows), 'input'))} differ{'s' if len(self.rows) == 1 else ''}."]
        if self.found is None:
            return told
        table = self.found.table
        differing = table[(table["first"] != table["second"]) & table["difference"].notna()]
        clear = differing[(differing["low"] > 0) | (differing["high"] < 0)]
        how = (
            "paired by replication, because both runs have the same random seed"
            if self.found.paired
            else "not paired, because the random seeds differ, so its interval is wider"
        )
        if differing.empty:
            return [*told, f"All {len(table):,} results are the same to the last digit ({how})."]
        told += [f"{len(differing):,} of {len(table):,} results differ, {len(clear):,} of them clearly ({how})."]
        return [*told, "Differences are of the second run less the first, with 95% intervals."]

    @cached_property
    def shown(self) -> "pd.DataFrame":
        """Results for people: headline measures of children's homes (of all providers without any) that differ."""
        import pandas as pd

        table = self.results
        whose = _SUBJECT if _SUBJECT in set(table["service_type"]) else "all"
        rows = []
        for row in table.to_dict("records"):
            measure = BY_NAME.get(str(row["measure"]))
            if (
                measure is None
                or measure.headline is None
                or row["service_type"] != whose
                or row["first"] == row["second"]
            ):
                continue
            factor = scale_of(measure)[0]
            scaled = {name: factor * float(row[name]) for name in ("first", "second", "difference", "low", "high")}
            mean, between = mean_and_range(Estimate(scaled["difference"], scaled["low"], scaled["high"]))
            title = capital(named(self.first.frameworks[str(row["framework"])].title))
            means = [figure(scaled[name]) for name in ("first", "second")]
            rows.append([title, title_of(Quantity(measure.name, whose)), *means, f"{mean}{bracketed(between)}"])
        return pd.DataFrame(rows, columns=["framework", "measure", "first", "second", "difference"])

    def save(self, folder: str | Path) -> list[Path]:
        """Write the tables into a folder; return the files written.

        Raises
        ------
        InputError
            If it cannot be written.
        """
        tables = {INPUTS: self.inputs, **({} if self.found is None else {RESULTS: self.found.table})}
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            write_files(Path(folder), {name: table.to_csv(index=False).encode() for name, table in tables.items()})
        except OSError as error:
            raise InputError(f"{folder}: cannot be written ({error.strerror or error})") from error
        return [Path(folder) / name for name in tables]

    def __repr__(self) -> str:
        return "\n".join([*self.sentences, *(f"- {row.what} ({row.key})" for row in self.rows)])

    def _repr_html_(self) -> str:
        tables = [self.inputs, *([] if self.found is None else [self.shown])]
        return "\n".join([*(f"<p>{escape(told)}</p>" for told in self.sentences), *map(table_html, tables)])


def differences(first: str, second: str) -> Differences:
    """Set two runs, scenarios or frameworks side by side.

    Parameters
    ----------
    first, second
        Folder of a run, or a scenario or framework by name or path. A run and a scenario can be set side by side too.

    Raises
    ------
    InputError
        If one is nothing of the three, or a framework is set beside something else.
    """
    one, other = side_of(first), side_of(second)
    if (one.sort == "framework") != (other.sort == "framework"):
        raise InputError(
            f"{first} is a {one.sort} and {second} a {other.sort}; allowed: two frameworks, or two runs or scenarios"
        )
    found = results_of(one.run, other.run) if one.run and other.run and _have_results(one, other) else None
    return Differences(one, other, tuple(inputs_of(one, other)), found)


def _have_results(*sides: Side) -> bool:
    return all(side.run is not None and side.run.question == "compare" for side in sides)
