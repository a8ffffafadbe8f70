"""The questions `validate`, `forecast` and `score` as commands ask them."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from simulator.questions.run import RESULTS, Remark, Run
from simulator.questions.validate.ask import Forecast, Predicted, Score, Validate

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.questions.validate.asked import Wanted
    from simulator.running.store import RunFolder


def validate(asked: Validate, _: Remark) -> Run:
    """Predict records by runs that start before them, and report hits and misses.

    The same code counts figures from the records and from runs of every fit. Each is reported as recorded and
    predicted, hit or miss, next to the forecast that nothing changes.
    """
    from simulator.questions.validate.answer import Validated
    from simulator.questions.validate.posed import read_day
    from simulator.questions.validate.posed import validate as judge
    from simulator.render.terminal import progress
    from simulator.running.batch_files import batch_folder
    from simulator.running.crews import cores

    wanted = _wanted(asked)
    day = read_day(asked.since) if asked.since else None

    def find(folder: "RunFolder", told: Any) -> Any:
        with batch_folder(folder.unfinished) as batches:
            return judge(asked.records, wanted, day, asked.workers or cores(), told, batches, asked.resume)

    return Run(Validated, asked.out or RESULTS / f"{asked.records.stem}-validated", find, progress)


def forecast(asked: Forecast, _: Remark) -> Run:
    """Predict the figures of future years, in a sealed folder.

    The folder contains the question, the figures with their range over the fits, the framework and scenario files,
    and a digest of everything. `inspectsim score` compares it with what happened.
    """
    from simulator.questions.validate.forecast_answer import Forecast as Foretold
    from simulator.questions.validate.foretold import check_unsealed, foretell
    from simulator.questions.validate.posed import read_day
    from simulator.render.terminal import progress
    from simulator.running.batch_files import batch_folder
    from simulator.running.crews import cores
    from simulator.running.store import SEAL, read_manifest

    wanted, day = _wanted(asked), read_day(asked.since)
    check_unsealed(asked.out)

    def find(folder: "RunFolder", told: Any) -> Any:
        with batch_folder(folder.unfinished) as batches:
            return foretell(wanted, day, asked.years, asked.workers or cores(), told, batches, asked.resume)

    def sealed(_: Foretold) -> Iterator[str]:
        yield ""
        yield f"Seal, to be recorded elsewhere: {(read_manifest(asked.out) or {})[SEAL]}"

    return Run(Foretold, asked.out, find, progress, sealed)


def score(asked: Score, _: Remark) -> Run:
    """Compare a sealed forecast with what happened.

    A folder in which anything was altered, added or removed is refused.
    """
    from simulator.questions.validate.answer import Scored
    from simulator.questions.validate.posed import score as judge

    into = asked.out or RESULTS / f"{asked.folder.resolve().name}-scored"
    return Run(Scored, into, lambda *_: judge(asked.folder, asked.records, asked.seal), nullcontext)


def _wanted(asked: Predicted) -> "Wanted":
    from simulator.questions.validate.asked import Wanted

    return Wanted(asked.fits, asked.framework, asked.scenario, asked.replications, asked.most_fits)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the questions may have."""
    from simulator.questions.validate.answer import Scored, Validated
    from simulator.questions.validate.forecast_answer import Forecast

    return Validated, Scored, Forecast
