"""The tables: by year, by month, by region, and by kind of work."""

from calendar import month_name
from collections.abc import Iterator, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from simulator.measures.bands import Band
from simulator.questions.workforce.figures import FIGURES
from simulator.questions.workforce.found import Found
from simulator.questions.workforce.kinds_of_work import COUNTS, priorities
from simulator.words.rounded import as_percent, short

if TYPE_CHECKING:
    import pandas as pd


def years_frame(found: Found) -> "pd.DataFrame":
    """Return every figure by framework, pool, region and year."""
    return _frame(found, "year", list(zip(found.years, found.of_years, strict=True)))


def months_frame(found: Found) -> "pd.DataFrame":
    """Return every figure by framework, pool, region and calendar month."""
    names = [month_name[number] for number in found.calendar]
    return _frame(found, "month", list(zip(names, found.of_calendar, strict=True)))


def regions_frame(found: Found) -> "pd.DataFrame":
    """Return every figure by framework, pool and region over all years."""
    return _frame(found, "", [("", found.of_all)])


def _frame(found: Found, by: str, periods: Sequence[tuple[str, Band]]) -> "pd.DataFrame":
    import pandas as pd

    rows = []
    for framework in found.question.names:
        for pool, region in found.divided.rows:
            for period, figures in periods:
                for figure in FIGURES:
                    estimate = found.estimate(figures, framework, figure.name, pool, region)
                    if not isnan(estimate.mean):
                        row = {"framework": framework, "pool": pool, "region": region, by: period}
                        rows.append(row | {"figure": figure.name, **estimate._asdict()})
    frame = pd.DataFrame(rows)
    return frame if by else frame.drop(columns="")


def work_frame(found: Found) -> "pd.DataFrame":
    """Return what was asked for, done, late and lapsed of each kind of inspection, and its inspector-days."""
    import pandas as pd

    return pd.DataFrame(list(_work_rows(found)))


def _work_rows(found: Found) -> Iterator[dict[str, Any]]:
    for framework in found.question.frameworks:
        for kind, priority in priorities(framework):
            for statutory in (True, False):
                counts = {name: found.of_kind(framework.name, kind, name, statutory=statutory) for name in COUNTS}
                if any(count.mean for count in counts.values()):
                    row = {"framework": framework.name, "kind": kind, "priority": priority, "statutory": statutory}
                    yield from (row | {"figure": name, **count._asdict()} for name, count in counts.items())


def shown_frame(found: Found) -> "pd.DataFrame":
    """Return the figures of all pools and regions by year, for people."""
    import pandas as pd

    rows = []
    for framework in found.question.names:
        for figure in FIGURES:
            told = [found.estimate(figures, framework, figure.name).mean for figures in found.of_years]
            if not all(map(isnan, told)):
                write = as_percent if figure.is_share else short
                cells = dict(zip(found.years, ("" if isnan(value) else write(value) for value in told), strict=True))
                rows.append({"framework": found.question.titles[framework], "figure": figure.title, **cells})
    return pd.DataFrame(rows)
