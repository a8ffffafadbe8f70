"""The verdict: the intake of each year, and what comes of it."""

from collections.abc import Iterator

from simulator.questions.compare.doubts import assumed_told
from simulator.questions.intake.planning import FIGURE_OF, Plan, Planned
from simulator.questions.intake.words import caveats, headline, sentences
from simulator.questions.workforce.figures import BY_NAME
from simulator.render.verdict import Line, Verdict
from simulator.words.rounded import as_percent, short
from simulator.words.wording import joined, named, number


def verdict_of(plan: Plan) -> Verdict:
    """Return the verdict."""
    first = plan.planned[0]
    missed = [planned for planned in plan.planned if planned.missed]
    return Verdict(
        title=f"{headline(plan, first)}.",
        trouble=tuple(
            f"Under {named(plan.question.titles[planned.framework])} no intake keeps the targets in "
            f"{joined([year.name for year in planned.missed])}."
            for planned in missed
        ),
        columns=tuple(year.name for year in first.years),
        of_frameworks=False,
        lines=tuple(line for planned in plan.planned for line in _lines(plan, planned)),
        told=tuple(told.split(". ", 1)[-1] if at == 0 else told for at, told in enumerate(sentences(plan))),
        doubts=(*caveats(plan), assumed_told(plan.question.scenario)),
    )


def _lines(plan: Plan, planned: Planned) -> Iterator[Line]:
    group = plan.question.titles[planned.framework]
    numbers = [year.number for year in planned.years]
    yield Line("recruit", tuple(map(number, numbers)), group, tuple(map(float, numbers)), "people")
    told = dict.fromkeys(FIGURE_OF[target.quantity.measure] for target in plan.targets)
    for name, pool in (("in_post", plan.pool), *((name, "all") for name in told)):
        figure = BY_NAME[name]
        means = [planned.found.estimate(years, planned.framework, name, pool).mean for years in planned.found.of_years]
        write = as_percent if figure.is_share else short
        label = f"{figure.title[:1].lower()}{figure.title[1:]}"
        yield Line(label, tuple(map(write, means)), group, tuple(means), figure.unit)
