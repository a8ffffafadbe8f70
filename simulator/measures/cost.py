"""What inspection costs the inspectorate in money, and providers in days of their staff and in money.

The inspectorate's cost is told in two ways that are never added to one another: by the work done, and by the posts,
paid for whether there is work for them or not. All amounts are in the prices of one year; only present values discount.
"""

import math
from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inspectorate.capacity import WORKING_DAYS_PER_YEAR
from simulator.inspectorate.costs import CostSettings
from simulator.inspectorate.enforcement import AGREED
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.inspectorate.staff import Steps, on_day
from simulator.measures.by_service import Values, closes_within, ratio, with_all, years_measured
from simulator.measures.tally import Tally
from simulator.measures.years import Floats, by_year, factors, year_of
from simulator.ticks import DAYS_PER_YEAR, MONTHS, TICKS_PER_DAY, day_of, years_of


class _Amounts(NamedTuple):
    """What was spent in each year of the window, by service type: shape (years, 13)."""

    work: Floats
    """Pounds: the inspectors' work that was done."""
    enforcement: Floats
    """Pounds: steps of enforcement."""
    visits: Floats
    """Days of providers' staff for visits, those to prepare for them included."""
    paperwork: Floats
    """Days of providers' staff for questionnaires, self-assessments and improvement plans."""


class Paid(NamedTuple):
    """What is paid for inspectors, worked or not, in each year of the window, shape (years,) each."""

    days: Floats
    """Deployable days of every post, vacant or not; infinite where there is no limit to inspectors."""
    agency: Floats
    """Pounds: agency staff."""


def posts_paid(setting: Setting, idle: Collection[str] = ()) -> Paid:
    """Return what is paid for the posts and the agency staff of all pools, in each year of the window.

    Parameters
    ----------
    setting : Setting
    idle : collection of str
        Pools that have nothing to do, whose posts nobody pays for.
    """
    days, agency = np.zeros((2, years_of(setting.measured_from, setting.horizon)))
    for establishment in setting.establishments:
        if establishment.pool in idle:
            continue
        days += _deployable_days(setting, establishment.posts, establishment.deployable)
        for hire in establishment.hires:
            agency += _deployable_days(setting, hire.steps, establishment.deployable) * hire.cost_per_day
    return Paid(days, agency)


def _deployable_days(setting: Setting, steps: Steps, deployable: float) -> Floats:
    """Return the inspector-days that full-time equivalents are there to do in each year of the window."""
    ticks = np.arange(setting.measured_from, setting.horizon, TICKS_PER_DAY, dtype=np.int64)
    begins, ends = (day_of(tick, setting.epoch) for tick in (setting.measured_from, setting.horizon))
    fte = np.zeros(len(ticks))
    for day in sorted({begins, *(day for day, _ in steps if begins < day < ends)}):
        fte[(day - begins) // timedelta(days=1) :] = on_day(steps, day)
    added = np.zeros(years_of(setting.measured_from, setting.horizon))
    year = year_of(ticks, setting.measured_from, setting.horizon)
    np.add.at(added, year, fte * deployable * WORKING_DAYS_PER_YEAR / DAYS_PER_YEAR)
    return added


def cost(
    trace: Trace, tally: Tally, paid: Paid, poor_found: Values, inspections: Values, costs: CostSettings
) -> dict[str, Values]:
    """Measure money and burden.

    Parameters
    ----------
    trace : Trace
    tally : Tally
        Of its inspections.
    paid : Paid
        For inspectors, as `posts_paid` gives it.
    poor_found, inspections : array of float, shape (14,)
        A year.
    costs : CostSettings
    """
    years = years_measured(trace)
    spent = _amounts(trace, tally, costs)
    discount = factors(len(paid.days), costs.discount_rate)
    work, enforcement = (
        with_all(inspector_days.sum(axis=0)) / years for inspector_days in (spent.work, spent.enforcement)
    )
    visits, paperwork = (
        with_all(provider_days.sum(axis=0)) / years for provider_days in (spent.visits, spent.paperwork)
    )
    again = tally.reinspection_days * costs.provider_days_per_inspector_day
    burden = (visits + paperwork) * costs.cost_per_provider_day
    posts = paid.days * costs.cost_per_inspector_day + paid.agency
    posts_a_year = _of_all(posts.sum() / years)
    return {
        "burden_days_per_year": visits + paperwork,
        "burden_reinspection_days_per_year": with_all(again + tally.reinspections * costs.provider_days_to_prepare)
        / years,
        "burden_paperwork_days_per_year": paperwork,
        "burden_cost_per_year": burden,
        "cost_per_year": work,
        "posts_cost_per_year": posts_a_year,
        "enforcement_cost_per_year": enforcement,
        "whole_cost_per_year": work + enforcement + burden,
        "cost_per_inspection": ratio(work, inspections),
        "cost_per_poor_found": ratio(work, poor_found),
        "posts_cost_per_poor_found": ratio(posts_a_year, poor_found),
        "cost_present_value": with_all(discount @ spent.work),
        "posts_cost_present_value": _of_all(discount @ posts),
        "enforcement_cost_present_value": with_all(discount @ spent.enforcement),
        "burden_cost_present_value": with_all(
            discount @ (spent.visits + spent.paperwork) * costs.cost_per_provider_day
        ),
    }


def _amounts(trace: Trace, tally: Tally, costs: CostSettings) -> _Amounts:
    """Return the spending in each year of the window."""
    month_ends = trace.month_starts[1:]
    steps = by_year(trace, month_ends, trace.steps_by_month[: len(month_ends)])
    self_assessed = by_year(trace, month_ends, trace.self_assessments_by_month[: len(month_ends)])
    worked = tally.inspector_days_by_year + _desk_days(trace)
    return _Amounts(
        work=worked * costs.cost_per_inspector_day,
        enforcement=steps @ costs.enforcement.by_step(),
        visits=tally.visit_days_by_year * costs.provider_days_per_inspector_day
        + tally.visits_by_year * costs.provider_days_to_prepare,
        paperwork=tally.questionnaires_by_year(trace.self_assessed) * costs.provider_days_per_questionnaire
        + self_assessed * costs.provider_days_per_self_assessment
        + steps[:, :, AGREED] * costs.provider_days_per_improvement_plan,
    )


def _desk_days(trace: Trace) -> Floats:
    """Return the inspector-days at the desk in each year of the window, by service type: shape (years, 13).

    Scaled by as much as the window is longer than the months that ended in it, so that a year has as many as the
    measure of them says.
    """
    rows = trace.backlog[closes_within(trace.backlog["month"], trace.measured_from, trace.horizon)]
    months = np.unique(rows["month"]).size
    at_desk = np.zeros((len(rows), TYPE_COUNT))
    at_desk[np.arange(len(rows)), rows["service_type"]] = rows["desk_days"]
    return by_year(trace, rows["month"], at_desk) * (MONTHS * years_measured(trace) / max(months, 1))


def _of_all(pounds: npt.ArrayLike) -> Values:
    """Return a value for all service types together that none has by itself; undefined where it is without limit."""
    value = float(np.asarray(pounds))
    return np.append(np.full(TYPE_COUNT, np.nan), value if math.isfinite(value) else np.nan)
