"""The commands that test predictions: `inspectsim validate`, `inspectsim forecast` and `inspectsim score`."""

from typing import TYPE_CHECKING

from simulator.commands.answering import answering, carry_out
from simulator.commands.asking import RESULTS
from simulator.questions.validate.ask import Forecast, Predicted, Score, Validate

if TYPE_CHECKING:
    from simulator.questions.validate.asked import Wanted
    from simulator.questions.validate.foretold import Foretold
    from simulator.questions.validate.judged import Judged
    from simulator.running.store import RunFolder


def validate(asked: Validate) -> None:
    """Predict records by runs that start before them, and report hits and misses.

    The same code counts figures from the records and from runs of every fit. Each is reported as recorded and
    predicted, hit or miss, next to the forecast that nothing changes.
    """
    with answering() as consoles:
        from simulator.questions.validate.kept import VALIDATED
        from simulator.questions.validate.posed import read_day
        from simulator.questions.validate.posed import validate as judge
        from simulator.render.terminal import progress
        from simulator.running.batch_files import batch_folder
        from simulator.running.crews import cores

        wanted = _wanted(asked)
        day = read_day(asked.since) if asked.since else None

        def ask(folder: "RunFolder") -> "Judged":
            with batch_folder(folder.unfinished) as batches, progress(consoles.remarks) as told:
                return judge(asked.records, wanted, day, asked.workers or cores(), told, batches, asked.resume)

        carry_out(VALIDATED, asked.out or RESULTS / f"{asked.records.stem}-validated", asked, consoles, ask)


def forecast(asked: Forecast) -> None:
    """Predict the figures of future years, in a sealed folder.

    The folder contains the question, the figures with their range over the fits, the framework and scenario files,
    and a digest of everything. `inspectsim score` compares it with what happened.
    """
    with answering() as consoles:
        from simulator.questions.validate.foretold import FORETOLD, check_unsealed, foretell
        from simulator.questions.validate.posed import read_day
        from simulator.render.terminal import progress
        from simulator.running.batch_files import batch_folder
        from simulator.running.crews import cores
        from simulator.running.store import SEAL, read_manifest

        wanted, day = _wanted(asked), read_day(asked.since)
        check_unsealed(asked.out)

        def ask(folder: "RunFolder") -> "Foretold":
            with batch_folder(folder.unfinished) as batches, progress(consoles.remarks) as told:
                return foretell(wanted, day, asked.years, asked.workers or cores(), told, batches, asked.resume)

        carry_out(FORETOLD, asked.out, asked, consoles, ask)
        seal = (read_manifest(asked.out) or {})[SEAL]
        consoles.answers.print()
        consoles.answers.print(f"Seal, to be recorded elsewhere: {seal}", soft_wrap=True)


def score(asked: Score) -> None:
    """Compare a sealed forecast with what happened.

    A folder in which anything was altered, added or removed is refused.
    """
    with answering() as consoles:
        from simulator.questions.validate.kept import VALIDATED
        from simulator.questions.validate.posed import score as judge

        into = asked.out or RESULTS / f"{asked.folder.resolve().name}-scored"
        carry_out(VALIDATED, into, asked, consoles, lambda _: judge(asked.folder, asked.records, asked.seal))


def _wanted(asked: Predicted) -> "Wanted":
    from simulator.questions.validate.asked import Wanted

    return Wanted(asked.fits, asked.framework, asked.scenario, asked.replications, asked.most_fits)
