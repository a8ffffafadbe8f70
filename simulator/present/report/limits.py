"""What the model cannot say: to be read before any figure is used."""

from typing import Final

from simulator.evidence import covering, numbers
from simulator.present.report.document import Points, Section
from simulator.present.report.kept_run import KeptRun
from simulator.present.wording import counted

NO_FORECAST: Final = "It is no forecast."
OF_ALL: Final = "It predicts figures of all providers together, never of one."
"""In place of it, where figures of years to come are predicted."""
LIMITS: Final = """
{forecast} The providers are {providers}, and their histories are drawn by chance: no figure tells how a real
provider{place} was or will be.

An interval shows how far chance reaches in the simulation. It does not show how wrong the assumptions may be, which is
often more.

{assumed} of the {of} of the scenario are assumptions: no source gives them. They are marked below, with the range to
vary each in. Vary them before relying on an order of frameworks.

True quality is a grade from 1 to 4, which the model knows and nobody else can. How an inspection sees it, and how much
being found out improves a provider, rest on assumptions too.

It counts how long children live in poor provision that nobody has found. It does not say what that does to a child, nor
what a good inspection is worth to a provider that is well run.

Inspectors and providers follow the rules as written. Nobody games them, learns from them or leaves because of them,
unless a rule or a number below says so.

It shows what each framework does by the measures given here. Which of them matters most is for people to decide.
"""
"""What must not be read out of a run, with places for its own numbers."""


def limits(run: KeptRun) -> Section:
    """List what must not be read out of a run."""
    assumed, of = counted_assumptions(run)
    providers = "those of the register that was given" if run.own_register else "made up"
    predicts = "counted_from" in run.manifest
    told = (
        LIMITS.strip()
        .format(
            forecast=OF_ALL if predicts else NO_FORECAST,
            place=" or place" if predicts else ", place or year",
            providers=providers,
            assumed=assumed,
            of=counted(of, "number"),
        )
        .split("\n\n")
    )
    return Section("limits", "What the model cannot say", (Points(tuple(" ".join(each.split()) for each in told)),))


def counted_assumptions(run: KeptRun) -> tuple[int, int]:
    """Count the numbers of the scenario that are made up, and all of them."""
    evidence = run.scenario.evidence
    resting = [covering(evidence, key) for key, _ in numbers(run.scenario.settings())]
    return sum(1 for each in resting if each is not None and evidence[each].mark == "A"), len(resting)
