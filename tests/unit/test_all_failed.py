"""If every run failed there is no answer, and the message has the first failure."""

import pytest

from simulator.inputs.messages import InputError
from simulator.running.all_failed import OF_ROWS, check_not_all_failed
from simulator.running.batches import Failure

FAILURES = (
    Failure("option-a", 3, 2006, "ValueError: no", "state.py:7 begin"),
    Failure("option-b", 3, 2006, "KeyError: 1", "state.py:9 end"),
)


def test_one_run_that_did_not_fail_is_enough() -> None:
    check_not_all_failed(FAILURES, 3)
    check_not_all_failed((), 1)


@pytest.mark.parametrize(
    ("name", "first"), [({}, "replication 3 of option-a"), ({"name": OF_ROWS}, "option-a of row 3")]
)
def test_the_first_failure_is_named_as_the_question_names_its_runs(name: dict[str, str], first: str) -> None:
    with pytest.raises(InputError) as refused:
        check_not_all_failed(FAILURES, 2, **name)
    assert str(refused.value) == (
        f"all 2 runs failed; the first, {first} with seed 2006: ValueError: no (state.py:7 begin)"
    )


def test_runs_that_failed_for_want_of_memory_are_told_as_such() -> None:
    with pytest.raises(MemoryError, match="Unable to allocate"):
        check_not_all_failed([Failure("option-a", 1, 2006, "MemoryError: Unable to allocate 1 GiB", "x.py:1 y")], 1)
