"""The command that varies assumptions: in how many plausible worlds the answer holds, and what decides it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.answering import answering, carry_out, end
from simulator.asking import RESULTS, crewing_of, opened_for
from simulator.asks.sensitivity import Sensitivity

if TYPE_CHECKING:
    from simulator.experiments.beyond import Beyond
    from simulator.experiments.sensitivity import Sensitivity as Found
    from simulator.store import RunFolder


def sensitivity(asked: Sensitivity) -> None:
    """Report in what share of plausible worlds one framework beats another, and which assumption decides it.

    Assumptions vary within their ranges in docs/assumptions.md: one at a time (a tornado chart), and all at once.
    """
    with answering() as consoles:
        from simulator.experiments.assumptions import chosen
        from simulator.experiments.defaults import sensitivity_measure
        from simulator.experiments.question import pair_of, posed
        from simulator.experiments.sensitivity import Effort
        from simulator.experiments.sensitivity import sensitivity as analyse
        from simulator.experiments.targets import quantity
        from simulator.present.sensitivity_results import SENSITIVITY
        from simulator.present.sensitivity_words import beyond_told
        from simulator.present.terminal import progress

        opened = opened_for(asked, consoles.remarks)
        question = posed(opened.scenario, register=opened.register)
        question = question if asked.framework else pair_of(question)
        types = question.service_types
        of = quantity(asked.measure or sensitivity_measure(types), types)
        varied = chosen(asked.vary, question) if asked.vary else None

        def foretell(ends: "Sequence[Beyond]") -> None:
            consoles.remarks.print(
                f"Warning: {beyond_told(ends)}. Worlds that cannot be run are left out and counted.",
                soft_wrap=True,
            )

        def ask(folder: "RunFolder") -> "Found":
            with progress(consoles.remarks) as told:
                return analyse(
                    question,
                    of,
                    assumptions=varied,
                    effort=Effort(asked.worlds, asked.singly, replications=asked.at_ends),
                    crewing=crewing_of(asked),
                    progress=told,
                    foretold=foretell,
                    folder=folder.unfinished,
                    resume=asked.resume,
                )

        into = asked.out or RESULTS / f"{opened.name}-sensitivity"
        found = carry_out(SENSITIVITY, into, asked, consoles, ask)
        end(SENSITIVITY.missing(found), consoles.remarks)
