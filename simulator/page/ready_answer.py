"""The answers that the introduction begins with, stored with the package so that the page is never empty.

``python -m simulator.page.ready_answer`` asks the default question of the form Compare options with each number of
inspectors of the dial and stores a small answer for each; ``--replications N`` makes rough ones in less time. A test
holds their figures to the code, and a key next to them says by which rules they were made: where these are not those of
today, the page says so.
"""

import argparse
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.page import compare_asked
from simulator.page.answer import answer_of, kept_in
from simulator.page.limits import Limits
from simulator.page.shipped_answers import KEY, LEVELS, READY, USUAL, Table, file_of, ready_key
from simulator.page.whom_file import WHOM, whom_bytes, whom_of

if TYPE_CHECKING:
    from simulator.running.question import Question

_SHOWN: Final = ("title", "nature", "verdict", "figures", "caveats", "replications", "version")
"""Of an answer, what the introduction shows and the tests read."""


def _make(replications: int | None) -> None:
    """Ask with each number of inspectors, and store the answers."""
    from simulator.page.compare_run import question_of

    fields = compare_asked.fields_by_default()
    if replications is not None:
        fields["replications"] = [str(replications)]
    inputs, problems = compare_asked.read(fields, Limits().framework_years)
    if problems:
        raise SystemExit("; ".join(problems.values()))
    question = question_of(inputs)
    READY.mkdir(exist_ok=True)
    for level in LEVELS:
        answer, whom = _answer(question, level)
        content = json.dumps(answer, indent=1, ensure_ascii=False) + "\n"
        (READY / file_of(level)).write_text(content, encoding="utf-8", newline="\n")
        if level == USUAL:
            (READY / WHOM).write_bytes(whom)
    (READY / KEY).write_text(f"{ready_key()}\n", encoding="utf-8", newline="\n")


def _answer(question: "Question", level: int) -> tuple[Table, bytes]:
    """Ask with a share of the inspectors, in per cent, from the takeover on; the bytes are of what is kept for whom."""
    from simulator.answers.answer import Asked
    from simulator.questions.compare.answer import Compared
    from simulator.questions.compare.comparison import compare_posed
    from simulator.running.crews import Crewing
    from simulator.running.store import run_folder

    began = datetime.now(UTC)
    compared = compare_posed(with_level(question, level), Crewing("compiled", 2))
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside) / "results"
        with run_folder(folder, Compared.kind.expected) as written:
            Compared(compared, Asked({"page": "compare"}, began, datetime.now(UTC))).write(written, ("svg",))
        run = kept_in(folder)
        whole, whom = answer_of(run, Compared.kind, ("figures",)), whom_bytes(whom_of(run))
    return {name: whole[name] for name in _SHOWN}, whom


def with_level(question: "Question", level: int) -> "Question":
    """Return the question with a share of the inspectors of every pool, in per cent, from the takeover on."""
    from simulator.running.posts import mean_fte, with_posts

    if level == USUAL:
        return question
    for pool in question.scenario.capacity.pools:
        question = with_posts(question, pool, mean_fte(question, pool) * level / 100)
    return question


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--replications", type=int, help="if left out, as many as the form begins with")
    _make(reader.parse_args().replications)
