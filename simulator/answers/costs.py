"""What inspection costs, in words: every price, and how sure it is."""

from simulator.answers.kept_run import KeptRun
from simulator.render.document import Paragraph
from simulator.words.costs import prices_told


def costs_told(run: KeptRun) -> tuple[Paragraph, ...]:
    """Return the sentences on costs or, where there are none, the prices that costs are computed with."""
    told = run.answer.costs or (prices_told(run.scenario),)
    return tuple(Paragraph(" ".join(paragraph.split())) for paragraph in told)
