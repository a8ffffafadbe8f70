"""The limits of the model, to be read before any figure is used."""

from typing import Final

from simulator.answers.kept_run import KeptRun
from simulator.inputs.evidence import counted_assumptions
from simulator.render.document import Points, Section
from simulator.words.wording import counted

_NO_FORECAST: Final = "It is not a forecast."
_OF_ALL: Final = "It predicts figures for all providers together, never for one."
"""In place of it, where figures of years to come are predicted."""
_LIMITS: Final = """
{forecast} The providers are {providers}, and their histories are random: no figure describes a real
provider{place}.

An interval covers random variation in the simulation. It does not cover wrong assumptions, which often matter more.

{assumed} of the {of} of the scenario are assumptions without a source. They are marked below, with the range to
vary each over. Vary them before you rely on an order of frameworks.

True quality is a grade from 1 to 4, which only the model knows. The accuracy of inspections, and the improvement after
being found out, are assumptions too.

It counts how long children live in poor provision that nobody has found. It does not show what that does to a child, or
what a good inspection is worth to a well-run provider.

Inspectors and providers follow the rules as written. Nobody games them, learns from them or leaves because of them,
unless a rule or a number below states it.

It shows the effect of each framework on these measures. People must decide which of them matters most.
"""
"""What must not be read out of a run, with places for its own numbers."""


def limits(run: KeptRun) -> Section:
    """List what must not be read out of a run."""
    assumed, of = counted_assumptions(run.scenario.settings(), run.scenario.evidence)
    providers = "those of the register provided" if run.own_register else "made up"
    predicts = "counted_from" in run.manifest
    told = (
        _LIMITS.strip()
        .format(
            forecast=_OF_ALL if predicts else _NO_FORECAST,
            place=" or place" if predicts else ", place or year",
            providers=providers,
            assumed=assumed,
            of=counted(of, "number"),
        )
        .split("\n\n")
    )
    return Section(
        "limits", "What the model cannot say", (Points(tuple(" ".join(paragraph.split()) for paragraph in told)),)
    )
