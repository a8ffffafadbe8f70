"""The answer that the introduction begins with, stored with the package so that the page is never empty.

``python -m simulator.page.ready_answer`` asks the default question of the form Compare options and stores it.
A test holds its figures to the code, and a key beside it says by which rules it was made: where these are not those of
today, the page says so.
"""

import shutil
import tempfile
from pathlib import Path

from simulator.page import compare_asked, compare_run
from simulator.page.answer import ANSWER
from simulator.page.limits import Limits
from simulator.page.plain_pages import KEY, READY, ready_key


def _make() -> None:
    """Ask, and store answer and first chart."""
    inputs, _ = compare_asked.read(compare_asked.fields_by_default(), Limits().framework_years)
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside) / "results"
        compare_run.carry_out(inputs, folder, lambda _done, _of: None, 2)
        READY.mkdir(exist_ok=True)
        (READY / KEY).write_text(f"{ready_key()}\n", encoding="utf-8", newline="\n")
        shutil.copy(folder.parent / ANSWER, READY / ANSWER)
        shutil.copy(folder / "charts" / "compare.svg", READY / "compare.svg")


if __name__ == "__main__":
    _make()
