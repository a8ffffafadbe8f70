"""What all tests share: one thread of linear algebra, properties that take their time, and long files first."""

import gc
import os
from pathlib import Path
from typing import Final

import pytest

# Set before NumPy is imported, and inherited by every process that a test starts. The matrices of a calibration are
# small: more threads only wait for one another, which doubles the CPU time of a fit and takes it from the other worker.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings

# Circles of objects that nobody needs are looked for more seldom: to go through all that tests have loaded takes a good
# part of a second, and a small run did it often enough to last a third longer.
gc.set_threshold(100_000, 20, 20)

# For every property: a busy machine is no fault of what it is about, and the first call of a rule compiles it.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

HERE: Final = Path(__file__).parent
FIRST: Final = (
    # They fork hundreds of times, which takes three times as long from a worker that has loaded much.
    "unit/test_sudden_ends.py",
    "functional/test_sizing.py",
    # More than fifteen seconds each, the longest first.
    "functional/test_resume.py",
    "functional/test_notebooks.py",
    "functional/test_calibration.py",
    "functional/test_plain_model.py",
    "functional/test_validate.py",
    "benchmarks/test_benchmarks.py",
    "functional/test_cli.py",
    "functional/test_report.py",
    "functional/test_runner.py",
    "functional/test_until_precise.py",
    "functional/test_api.py",
    "functional/test_docs_examples.py",
    # They wait for servers and browsers rather than for a core.
    "browser/test_page_through_time.py",
    "browser/test_page_ways.py",
    "functional/test_page_server.py",
)
"""Files whose tests begin first. Of a file all tests run on one worker: a long one at the end would run alone."""


def pytest_collection_finish() -> None:
    """Leave the half a million objects that stay until the end out of every later search for garbage."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that begin first before the others, each with its tests in their order."""
    places = {HERE / name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(FIRST)))
