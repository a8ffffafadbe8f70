"""The section of a report that is an impact assessment: period, rate, costs, cost to business, switching values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from math import isnan
from typing import TYPE_CHECKING, Final

from simulator.answers.cells import cells_of, estimate_of
from simulator.answers.kept_run import KeptRun
from simulator.inputs.evidence import MARKS, covering
from simulator.questions.compare import impact
from simulator.questions.compare.files import IMPACT
from simulator.render.document import Block, Cell, Column, Facts, Heading, Paragraph, Points, Section, Table
from simulator.words.costs import price_base
from simulator.words.estimates import UNDEFINED, Estimate
from simulator.words.money import MILLION, about, pounds
from simulator.words.wording import capital, counted, day_words, named, verb

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario

_RATE: Final = "costs.discount_rate"
_BELOW: Final = "Below each number is its 95% interval, if it varies. Numbers below 0 are savings."
_TO_BUSINESS: Final = (
    "Cost to business is that of days of staff of private and voluntary providers, not discounted. Small, medium and "
    "large are children's homes with up to 3, 4 or 5, and more places, and thirds of the providers of another type."
)
_APART: Final = (
    "Inspectors' work and inspectors' posts are the same money counted in two ways, and are never added up: work is "
    "what is used, posts are what is paid for."
)
_NOT_IN_MONEY: Final = (
    "No price is put on these. The model does not know what a day in poor provision does to a child, nor what a good "
    "inspection is worth to a well-run provider."
)

Found = Mapping[tuple[str, str], Estimate]


def impact_sections(run: KeptRun) -> list[Section]:
    """Return the assessment; nothing where there was nothing to compare with."""
    if not run.has(IMPACT):
        return []
    frame = run.frame(IMPACT)
    found = {(str(row["framework"]), str(row["item"])): estimate_of(row) for row in frame.to_dict("records")}
    titles = {name: title for name, title in run.titles.items() if name != run.baseline}
    base = named(run.titles[run.baseline])
    blocks: list[Block] = [
        Paragraph(f"What each option costs and does, more than {base}, in the form of The Green Book (HM Treasury)."),
        Facts(tuple(_terms(run.scenario))),
        _table(impact.COST, "Net present cost, £ million over the period", titles, found, 1 / MILLION, _APART),
        _table(impact.BUSINESS, "Net cost to business, £ million a year", titles, found, 1 / MILLION, _TO_BUSINESS),
        Heading("Switching values"),
        Points(tuple(_switching(run, titles, found))),
        _table(impact.EFFECT, "Effects not in money, more than under the baseline", titles, found, 1, _NOT_IN_MONEY),
    ]
    return [Section("impact", "Impact assessment", tuple(blocks))]


def _terms(scenario: "Scenario") -> Iterator[tuple[str, str]]:
    """Report the period, the prices and the rate, with what it rests on."""
    run, costs = scenario.run, scenario.costs
    ends = day_words(run.ends - timedelta(days=1))
    yield "Appraisal period", f"{counted(run.years, 'year')}, {day_words(run.start)} to {ends}"
    yield "Price year", f"{price_base(scenario)}, without inflation"
    yield "Base year", f"{_year_of(run.start.year)}: the first year counts in full, each later one less"
    entry = scenario.evidence.get(covering(scenario.evidence, _RATE) or "")
    source = f"{MARKS[entry.mark]}: {entry.source}" if entry else MARKS["A"]
    yield "Discount rate", f"{100 * costs.discount_rate:g}% a year ({source})"


def _year_of(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def _table(group: str, caption: str, titles: Mapping[str, str], found: Found, factor: float, note: str) -> Table:
    """Return the items of a group, a column for each framework."""
    rows = []
    for item in impact.ITEMS:
        mine = [found.get((name, item.name), UNDEFINED) for name in titles]
        if item.group == group and any(estimate.defined for estimate in mine):
            title = item.title if factor != 1 else f"{item.title} ({item.unit})"
            rows.append((Cell(title), *cells_of(mine, factor)))
    columns = (Column("Item"), *(Column(title, is_number=True) for title in titles.values()))
    name = f"impact-{group.replace(' ', '-')}"
    return Table(name, caption, columns, tuple(rows), f"{note} {_BELOW}")


def _switching(run: KeptRun, titles: Mapping[str, str], found: Found) -> Iterator[str]:
    for name, title in titles.items():
        at = {item.name: found.get((name, item.name), UNDEFINED) for item in impact.ITEMS}
        yield " ".join((price_told(title, at, run.scenario.costs.cost_per_inspector_day), value_told(title, at)))


def price_told(title: str, at: Mapping[str, Estimate], price: float) -> str:
    """Report the price of an inspector-day at which an option stops paying, by money alone.

    Parameters
    ----------
    title
        Of the option.
    at
        Its items.
    price
        That the scenario assumes, pounds.
    """
    net, switch, work = at[impact.NET].mean, at[impact.PRICE_SWITCH].mean, at[impact.WORK].mean
    option = named(title)
    if not isnan(switch):
        side = "more" if work > 0 else "less"
        return (
            f"By money alone, {option} {verb(title, 'stops')} paying where an inspector-day costs {side} than "
            f"{pounds(about(switch))} (assumed: {pounds(price)})."
        )
    level = "the same" if net == work == 0 else "more" if net > 0 else "less"
    return capital(f"{option} {verb(title, 'costs')} {level} at any price of an inspector-day.")


def value_told(title: str, at: Mapping[str, Estimate]) -> str:
    """Report the value of a day unfound at which an option stops paying.

    Parameters
    ----------
    title
        Of the option.
    at
        Its items.
    """
    net, unfound, switch = at[impact.NET], at[impact.UNFOUND], at[impact.VALUE_SWITCH].mean
    option = named(title)
    if net.mean == unfound.mean == 0:
        return capital(
            f"{option} {verb(title, 'leaves')} as many unfound, so the value of a day unfound does not matter."
        )
    day = "a day that a poor provider goes unfound"
    if isnan(switch):
        pays = verb(title, "pays") if net.mean <= 0 and unfound.mean <= 0 else f"{verb(title, 'does')} not pay"
        told = f"{pays} whatever the value of {day}"
    else:
        side = "above" if unfound.mean > 0 else "below"
        told = f"{verb(title, 'stops')} paying where the value of {day} lies {side} {pounds(about(switch))}"
    chance = _by_chance([("net cost", net), ("the number unfound", unfound)])
    return f"Counting days unfound, {option} {told}{chance}."


def _by_chance(differences: Sequence[tuple[str, Estimate]]) -> str:
    """Report which of the differences may be chance."""
    unclear = [name for name, estimate in differences if estimate.has_interval and not estimate.clear]
    return f"; the difference in {' and in '.join(unclear)} may be chance" if unclear else ""
