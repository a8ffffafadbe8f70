"""How many to recruit each year, what it costs, and where no number is enough: in sentences."""

from collections.abc import Iterator

from simulator.questions.intake.planning import Plan, Planned
from simulator.words.pools import inspectors_of
from simulator.words.rounded import as_percent, in_pounds, short
from simulator.words.targets import target_told
from simulator.words.wording import capital, day_words, joined, named, number


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
    each = planned.total / len(planned.years)
    return (
        f"{title} needs {number(planned.total)} new {inspectors_of(plan.pool)} over {len(planned.years)} years, "
        f"{short(each)} a year, most for {largest.name} ({number(largest.number)})"
    )


def _told(plan: Plan, planned: Planned) -> Iterator[str]:
    yield f"{headline(plan, planned)}."
    found, framework = planned.found, planned.framework
    first, last = (found.estimate(found.of_years[at], framework, "in_post", plan.pool).mean for at in (0, -1))
    gone = found.estimate(found.of_all, framework, "left", plan.pool).mean
    cost = found.estimate(found.of_all, framework, "in_post", plan.pool).mean * plan.price_of_year
    yield (
        f"{short(gone)} leave a year; {short(first)} are in post in the first year and {short(last)} in the last, who "
        f"cost {in_pounds(cost)} a year on average."
    )
    if planned.missed:
        years = joined([year.name for year in planned.missed])
        counts_from = planned.missed[0].begins
        yield (
            f"No intake keeps the targets in {years}: recruitment can begin on {day_words(counts_from)} at the "
            "earliest, and takes its time. Nobody is recruited for such a year."
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
