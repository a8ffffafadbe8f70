"""How many to recruit each year, what it costs, and where no number is enough: in sentences."""

from collections.abc import Iterator

from simulator.questions.intake.planning import Plan, Planned
from simulator.words.money import about, pounds
from simulator.words.pools import inspectors_of
from simulator.words.rounded import as_percent, short
from simulator.words.targets import target_told
from simulator.words.wording import capital, joined, named, number


def sentences(plan: Plan) -> list[str]:
    """Return a paragraph for each framework."""
    return [" ".join(_told(plan, planned)) for planned in plan.planned]


def headline(plan: Plan, planned: Planned) -> str:
    """Report how many are to be recruited in all, and the largest intake."""
    title = capital(named(plan.question.titles[planned.framework]))
    if not planned.total:
        if len(planned.missed) == len(planned.years):
            return f"{title}: no intake tried keeps the targets in any year"
        return f"{title}: nobody needs to be recruited in these years"
    largest = max(planned.years, key=lambda year: year.number)
    years, each = len(planned.years), short(planned.total / len(planned.years))
    most = f"most for {largest.name} ({number(largest.number)})"
    needs = f"{number(planned.total)} new {inspectors_of(plan.pool)} over {years} years, {each} a year, {most}"
    if planned.missed:
        missed = joined([year.name for year in planned.missed])
        return f"{title}: no intake keeps the targets in {missed}; what still helps are {needs}"
    return f"{title} needs {needs}"


def _told(plan: Plan, planned: Planned) -> Iterator[str]:
    yield f"{headline(plan, planned)}."
    found, framework = planned.found, planned.framework
    first, last = (found.estimate(found.of_years[at], framework, "in_post", plan.pool).mean for at in (0, -1))
    gone = found.estimate(found.of_all, framework, "left", plan.pool).mean
    cost = found.estimate(found.of_all, framework, "in_post", plan.pool).mean * plan.price_of_year
    yield (
        f"{short(gone)} leave a year; {short(first)} are in post in the first year and {short(last)} in the last, who "
        f"cost {pounds(about(cost))} a year on average."
    )
    if planned.missed:
        yield (
            "Where the targets are not kept, no number tried is enough, given the intakes of the years before and the "
            "time that recruitment and training take; for such a year as many are recruited as still help."
        )


def caveats(plan: Plan) -> list[str]:
    """Return the basis of the sentences."""
    return list(_caveats(plan))


def _caveats(plan: Plan) -> Iterator[str]:
    targets = joined([target_told(target) for target in plan.targets])
    sure = f"{as_percent(plan.effort.confidence)} confidence in the mean of {plan.replications} replications"
    yield (
        f"Targets of each year: {targets}, each met with {sure}. The intake of a year is the smallest with which they "
        "are met in it, given those of the years before."
    )
    yield (
        f"The {inspectors_of(plan.pool)} begin with those in post when the frameworks take over. From then on nobody "
        "is recruited but by these intakes, and there is a post for everybody who joins."
    )
    recruitment = plan.question.scenario.capacity.pools[plan.pool].recruitment()
    if not any(rate for _, rate in recruitment.turnover):
        yield (
            "The scenario lets nobody leave: set a turnover, and months to recruit and to train (turnover, "
            "recruitment_months and training_months of the pool)."
        )
