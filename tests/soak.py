"""Visitors of the page for some minutes: `python -m tests.soak 600` asks, cancels, reads and sends nonsense.

It prints what was answered, and ends with 1 if the server made a mistake, lost a slot, kept a run that does not end, or
took more memory in the second half than a tenth beyond that of the first.
"""

import logging
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from starlette.testclient import TestClient

from simulator.page import compare_asked
from simulator.page.app import app_of
from simulator.page.limits import Limits
from simulator.page.run_store import RunStore

_SAME: Final = {"Sec-Fetch-Site": "same-origin"}
_PAGES: Final = (
    *("/", "/compare", "/size", "/workforce", "/own", "/explain", "/assumptions", "/method", "/health", "/nothing"),
)
_NONSENSE: Final = ("", "NaN", "9" * 400, "<script>", "../../etc/passwd", '"' + '\\"' * 8000, "\x00")
_GROWTH: Final = 1.1
_AT_THE_END: Final = 300
"""Seconds for the runs that are open in the end."""


def _memory() -> float:
    """Return the resident memory of this process, in MB; not a number where the system does not tell."""
    status = Path("/proc/self/status")
    told = status.read_text(encoding="ascii") if status.exists() else "VmRSS: nan kB"
    return float(told.partition("VmRSS:")[2].split()[0]) / 1024


def _acts(visitor: TestClient, chance: random.Random, asked: list[str]) -> Any:
    """Do one of the things that visitors do."""
    what = chance.random()
    if what < 0.4 or not asked:
        form = compare_asked.fields_by_default() | {
            "years": ["1"],
            "replications": ["2"],
            "seed": [str(chance.randrange(40))],
        }
        if chance.random() < 0.3:
            form[chance.choice([*form])] = [chance.choice(_NONSENSE)]
        answer = visitor.post("/compare", data=form, headers=_SAME)
        asked += [answer.headers["location"]] if answer.status_code == 303 else []
        return answer
    run = chance.choice(asked)
    if what < 0.5:
        return visitor.post(f"{run}/{chance.choice(('cancel', 'again'))}", headers=_SAME)
    return visitor.get(chance.choice((run, f"{run}/status.json", f"{run}/files/summary.csv", *_PAGES)))


def soak(seconds: float, folder: Path) -> list[str]:
    """Visit for so long; return what was wrong."""
    limits = Limits(threads=1, waiting_each=4, acts_a_minute=10_000, keep_bytes=50 * 2**20)
    began, memory, statuses = time.monotonic(), [_memory()], Counter[int]()
    chance, asked = random.Random(1), list[str]()
    with TestClient(app_of(RunStore(folder), limits, "soak"), follow_redirects=False) as visitor:
        while (past := time.monotonic() - began) < seconds:
            statuses[_acts(visitor, chance, asked).status_code] += 1
            if past > len(memory) * seconds / 20:
                memory.append(_memory())
        deadline = time.monotonic() + _AT_THE_END
        while visitor.app.state.runs.store.open_runs() and time.monotonic() < deadline:  # type: ignore[attr-defined]
            time.sleep(0.5)
        left = len(visitor.app.state.runs.store.open_runs())  # type: ignore[attr-defined]
        health = visitor.get("/health").text
    print(
        f"{statuses.total()} requests: {dict(sorted(statuses.items()))}; memory in MB: {[round(one) for one in memory]}"
    )
    first, second = max(memory[2:10], default=0.0), max(memory[10:], default=0.0)
    return [
        *([f"{statuses[500]} answers were mistakes of the server"] if statuses[500] else []),
        *([f"memory grew from {first:.0f} to {second:.0f} MB"] if second > _GROWTH * first > 0 else []),
        *([f"{left} runs did not end"] if left else []),
        *([] if health.endswith("\nwell\n") else [health]),
    ]


if __name__ == "__main__":
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as runs:
        wrong = soak(float(sys.argv[1]) if len(sys.argv) > 1 else 600, Path(runs))
    print("\n".join(wrong) or "well")
    sys.exit(bool(wrong))
