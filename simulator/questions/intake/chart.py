"""The chart: the intake of each year."""

from functools import partial

from simulator.answers.answer import Drawn
from simulator.charts.bars import Bar, narrow_bars, wide_bars
from simulator.charts.line_plot import Text
from simulator.charts.palette import DARK_BLUE, ORANGE
from simulator.charts.sheet import Chart, drawing, source_of
from simulator.questions.intake.planning import Plan, Planned
from simulator.questions.intake.tables import intakes_frame
from simulator.questions.intake.words import headline
from simulator.words.estimates import Estimate
from simulator.words.pools import inspectors_of
from simulator.words.wording import named, number


def charts(plan: Plan) -> list[Drawn]:
    """Draw the intakes under each framework."""
    with drawing():
        return [_intakes(plan, planned) for planned in plan.planned]


def _intakes(plan: Plan, planned: Planned) -> Drawn:
    nan = float("nan")
    bars = [
        Bar(
            year.name,
            Estimate(float(year.number), nan, nan),
            number(year.number) if year.met else f"{number(year.number)}: not kept",
            DARK_BLUE if year.met else ORANGE,
        )
        for year in planned.years
    ]
    title = headline(plan, planned)
    under = named(plan.question.titles[planned.framework])
    what = f"People to recruit for each year under {under}; {inspectors_of(plan.pool)}"
    text = Text(title, what, source_of(plan.question.own_register))
    said = ", ".join(f"{bar.name} {bar.told}" for bar in bars)
    alt = f"Bar chart. {title}. {said}."
    name = f"intakes-{planned.framework}"
    chart = Chart(name, title, alt, wide_bars(text, bars), partial(narrow_bars, text, bars))
    frame = intakes_frame(plan)
    return Drawn(chart, frame[frame["framework"] == planned.framework])
