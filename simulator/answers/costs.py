"""What inspection costs, in words: every price, and how sure it is."""

from simulator.answers.kept_run import KeptRun
from simulator.render.document import Paragraph
from simulator.words.costs import prices_told


def costs_told(run: KeptRun) -> tuple[Paragraph, ...]:
    """Report what was answered of costs or, where nothing was, at which prices they are reckoned."""
    told = run.answer.costs or (prices_told(run.scenario),)
    return tuple(Paragraph(" ".join(paragraph.split())) for paragraph in told)
