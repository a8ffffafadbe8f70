"""The command that varies assumptions: in how many plausible worlds the answer holds, and what decides it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.commands.answering import answering, carry_out, end
from simulator.commands.asking import RESULTS, crewing_of, opened_for
from simulator.commands.fits import in_world
from simulator.questions.sensitivity.ask import Sensitivity

if TYPE_CHECKING:
    from simulator.questions.sensitivity.analysis import Sensitivity as Found
    from simulator.questions.sensitivity.beyond import Beyond
    from simulator.running.store import RunFolder


def sensitivity(asked: Sensitivity) -> None:
    """Report in what share of plausible worlds one framework beats another, and which assumption decides it.

    Assumptions vary within their ranges in docs/assumptions.md: one at a time (a tornado chart), and all at once.
    """
    with answering() as consoles:
        from simulator.questions.sensitivity.analysis import Effort
        from simulator.questions.sensitivity.analysis import sensitivity as analyse
        from simulator.questions.sensitivity.answer import Worlds
        from simulator.questions.sensitivity.assumptions import chosen
        from simulator.questions.sensitivity.words import beyond_told
        from simulator.render.terminal import progress
        from simulator.running.defaults import sensitivity_measure
        from simulator.running.question import pair_of, posed
        from simulator.running.targets import quantity

        opened = opened_for(asked, consoles.remarks)
        question = in_world(posed(opened.scenario, register=opened.register), asked)
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
        end(carry_out(Worlds, into, asked, consoles, ask), consoles.remarks)
