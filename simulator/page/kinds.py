"""What can be asked on the page: a kind of question is a form, and work whose outcome is an answer.

A further kind is an entry of `KINDS`. What it carries out writes ``answer.json`` (`simulator.page.answer`)
beside the folder of results, and the page of the run shows that; the form is a page of its own, listed in
`simulator.page.app`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from simulator.inputs.option import Ask
from simulator.page import (
    compare_asked,
    compare_run,
    explain_asked,
    explain_run,
    follow_asked,
    follow_run,
    size_asked,
    size_run,
    workforce_asked,
    workforce_run,
)
from simulator.page.run_store import Inputs
from simulator.questions.compare.ask import Compare
from simulator.questions.explain.ask import Explain
from simulator.questions.size.ask import Size
from simulator.questions.trace.ask import Trace
from simulator.questions.workforce.ask import Workforce

Told = Callable[[int, int], None]
"""Is told how many simulations of how many are done."""
Row = tuple[str, str]


class Kind(NamedTuple):
    """A kind of question."""

    ask: type[Ask]
    """What the same question asks elsewhere, by which messages name the fields."""
    form: str
    """Address of its form."""
    asked: Callable[[Inputs], list[Row]]
    """Reports what was asked, as rows of words and values."""
    size: Callable[[Inputs], int]
    """How much it is: years simulated over all replications and frameworks, warm-up included."""
    carry_out: Callable[[Inputs, Path, Told, int], None]
    """Answers it: inputs, folder for what comes out, whom to tell of progress, number of threads."""
    warm_up: Callable[[], None]
    """Imports and compiles what that needs."""
    fields: Callable[[Inputs], Mapping[str, list[str]]]
    """Returns the fields of the form as they were filled in for these inputs."""
    so_far: str = "{done} of {of} simulations done"
    """Reports how far it is."""
    template: str = "result.html"
    """Of the page that shows its answer."""


COMPARE: Final = "compare"
KINDS: Final[Mapping[str, Kind]] = {
    COMPARE: Kind(
        ask=Compare,
        form="/compare",
        asked=compare_asked.asked,
        size=compare_asked.size,
        carry_out=compare_run.carry_out,
        warm_up=compare_run.warm_up,
        fields=compare_asked.fields_of,
    ),
    "size": Kind(
        ask=Size,
        form="/size",
        asked=size_asked.asked,
        size=size_asked.size,
        carry_out=size_run.carry_out,
        warm_up=size_run.warm_up,
        fields=size_asked.fields_of,
        so_far="{done} of about {of} simulations done; the length of a search is not known in advance",
    ),
    "workforce": Kind(
        ask=Workforce,
        form="/workforce",
        asked=workforce_asked.asked,
        size=workforce_asked.size,
        carry_out=workforce_run.carry_out,
        warm_up=workforce_run.warm_up,
        fields=workforce_asked.fields_of,
        so_far="{done} of about {of} simulations done",
    ),
    "explain": Kind(
        ask=Explain,
        form="/explain",
        asked=explain_asked.asked,
        size=explain_asked.size,
        carry_out=explain_run.carry_out,
        warm_up=explain_run.warm_up,
        fields=explain_asked.fields_of,
    ),
    "follow": Kind(
        ask=Trace,
        form="/follow",
        asked=follow_asked.asked,
        size=follow_asked.size,
        carry_out=follow_run.carry_out,
        warm_up=follow_run.warm_up,
        fields=follow_asked.fields_of,
        template="follow_result.html",
    ),
}
"""Every kind of question by its name."""
