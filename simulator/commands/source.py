"""The command that follows a number of a run to its origin."""

from simulator.commands.answering import answering
from simulator.questions.source.ask import Source


def source(asked: Source) -> None:
    """Show where a number of a run comes from: formula, events, and the clauses and assumptions that move it.

    Parts and assumptions are those of runs of explain and sensitivity about the same world, in folders beside the run.
    """
    with answering() as (answers, _):
        from simulator.questions.source.finding import find_origin
        from simulator.questions.source.origin import told

        for sentence in told(find_origin(asked.run, asked.measure)):
            answers.print(sentence, soft_wrap=not answers.is_terminal)
