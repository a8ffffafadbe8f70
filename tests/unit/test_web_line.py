"""Whose turn it is on the page."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from simulator.page.line import Line, Waiting

CLIENTS = st.lists(st.sampled_from("abcd"), max_size=30)


def filled(clients: list[str]) -> Line:
    line = Line()
    for number, client in enumerate(clients):
        line.join(client, Waiting(f"{client}{number}", 1))
    return line


def test_somebody_with_many_runs_does_not_keep_others_waiting() -> None:
    line = filled(["greedy"] * 20)
    line.join("modest", Waiting("mine", 1))
    assert [each.run_id for each in line.order()].index("mine") == 1


@given(CLIENTS)
def test_turns_come_as_told_and_each_run_once(clients: list[str]) -> None:
    line = filled(clients)
    told = [each.run_id for each in line.order()]
    taken = []
    while (turn := line.next()) is not None:
        taken.append(turn[1].run_id)
    assert taken == told
    assert sorted(taken) == sorted(f"{client}{number}" for number, client in enumerate(clients))
    assert len(line) == 0


@given(CLIENTS)
def test_nobody_has_two_turns_more_than_another_who_still_waits(clients: list[str]) -> None:
    line = filled(clients)
    had: Counter[str] = Counter()
    while (turn := line.next()) is not None:
        had[turn[0]] += 1
        for other in set(clients):
            if line.of(other):
                assert had[turn[0]] - had[other] <= 1


@given(CLIENTS)
def test_runs_of_one_client_keep_their_order(clients: list[str]) -> None:
    order = [each.run_id for each in filled(clients).order()]
    for client in set(clients):
        numbers = [int(name[1:]) for name in order if name[0] == client]
        assert all(one < other for one, other in pairwise(numbers))


@given(CLIENTS, st.data())
def test_who_leaves_is_gone_and_moves_nobody_back(clients: list[str], data: st.DataObject) -> None:
    line = filled(clients)
    before = [each.run_id for each in line.order()]
    if not before:
        assert not line.leave("a0")
        return
    gone = data.draw(st.sampled_from(before))
    assert line.leave(gone)
    assert not line.leave(gone)
    after = [each.run_id for each in line.order()]
    assert sorted([*after, gone]) == sorted(before)
