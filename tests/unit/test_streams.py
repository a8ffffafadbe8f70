"""Random numbers by address: the published generator, uniform, and independent from one address to the next."""

import hashlib
import itertools
import math
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.world import quality, signals, streams

MASK = 2**64 - 1
RUN = np.uint64(streams.root(2006, 0))
ENTITY = streams.identity("childrens_home-0001")
UNLIKELY = 1e-4

ADDRESS_BITS = st.integers(0, MASK)
SEED = st.integers(0, 2**63 - 1)
REPLICATION = st.integers(0, 10**6)
PURPOSE = st.integers(1, 100)
NUMBER = st.integers(0, 2**40)

Sample = npt.NDArray[np.float64]


def splitmix(state: int) -> Iterator[int]:
    """The algorithm as published, in whole numbers of any size."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def jump(state: int, n: int) -> int:
    """The n-th output of the sequence, without those before."""
    return next(splitmix((state + n * 0x9E3779B97F4A7C15) & MASK))


def scrambled(entity: int) -> int:
    return next(splitmix((entity - 0x9E3779B97F4A7C15) & MASK))


def uniform_by_hand(seed: int, replication: int, purpose: int, entity: int, n: int) -> float:
    run = jump(jump(0, seed), replication)
    return (jump(jump(run, purpose) ^ scrambled(entity), n) >> 11) / 2**53


def uniforms(*, run: np.uint64 = RUN, purpose: int = 1, entity: np.uint64 = ENTITY, numbers: range) -> Sample:
    return np.array([streams.uniform(run, purpose, entity, n) for n in numbers])


def entities(many: int) -> list[np.uint64]:
    return [streams.identity(f"childrens_home-{number:04d}") for number in range(many)]


def test_outputs_are_those_published_for_the_seed_1234567() -> None:
    known = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    assert list(itertools.islice(splitmix(1234567), 5)) == known
    assert [int(streams.output(np.uint64(1234567), n)) for n in range(5)] == known


@given(sequence=ADDRESS_BITS, n=NUMBER)
def test_every_output_is_splitmix64(sequence: int, n: int) -> None:
    assert int(streams.output(np.uint64(sequence), n)) == jump(sequence, n)


@given(seed=SEED, replication=REPLICATION, purpose=PURPOSE, entity=ADDRESS_BITS, n=NUMBER)
def test_a_uniform_is_what_its_address_says(seed: int, replication: int, purpose: int, entity: int, n: int) -> None:
    draw = streams.uniform(np.uint64(streams.root(seed, replication)), purpose, np.uint64(entity), n)
    assert draw == uniform_by_hand(seed, replication, purpose, entity, n)
    assert 0 <= draw < 1


@pytest.mark.parametrize("along", ["n", "entity", "purpose", "replication", "seed"])
def test_uniforms_are_uniform_along_every_part_of_the_address(along: str) -> None:
    ways: dict[str, Callable[[int], float]] = {
        "n": lambda k: streams.uniform(RUN, 1, ENTITY, k),
        "entity": lambda k: streams.uniform(RUN, 1, np.uint64(k), 0),
        "purpose": lambda k: streams.uniform(RUN, k, ENTITY, 0),
        "replication": lambda k: streams.uniform(np.uint64(streams.root(2006, k)), 1, ENTITY, 0),
        "seed": lambda k: streams.uniform(np.uint64(streams.root(k, 0)), 1, ENTITY, 0),
    }
    draws = np.array([ways[along](k) for k in range(20_000)])
    assert stats.chisquare(np.histogram(draws, bins=64, range=(0, 1))[0]).pvalue > UNLIKELY
    low_bits = (draws * 2**53).astype(np.int64) % 64
    assert stats.chisquare(np.bincount(low_bits, minlength=64)).pvalue > UNLIKELY
    follows = np.histogram2d(draws[:-1], draws[1:], bins=8, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(follows.ravel()).pvalue > UNLIKELY


@pytest.mark.parametrize("other", ["purpose", "entity", "replication", "seed", "successor", "alike"])
def test_draws_at_other_addresses_are_independent(other: str) -> None:
    numbers = range(20_000)
    here = uniforms(numbers=numbers)
    there = {
        "purpose": lambda: uniforms(purpose=2, numbers=numbers),
        "entity": lambda: uniforms(entity=streams.identity("childrens_home-0002"), numbers=numbers),
        "replication": lambda: uniforms(run=np.uint64(streams.root(2006, 1)), numbers=numbers),
        "seed": lambda: uniforms(run=np.uint64(streams.root(2007, 0)), numbers=numbers),
        "successor": lambda: uniforms(entity=np.uint64(streams.successor(ENTITY, 1)), numbers=numbers),
        "alike": lambda: uniforms(entity=np.uint64(ENTITY + np.uint64(1)), numbers=numbers),
    }[other]()
    together = np.histogram2d(here, there, bins=8, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(together.ravel()).pvalue > UNLIKELY
    for lag in range(-3, 4):  # no stretch of one sequence comes again, shifted, in another
        assert abs(np.corrcoef(np.roll(here, lag), there)[0, 1]) < 4 / math.sqrt(len(numbers))


def test_no_two_draws_of_a_small_run_share_an_address() -> None:
    draws = [
        streams.uniform(RUN, purpose, entity, n)
        for purpose in range(1, 32)
        for entity in entities(50)
        for n in range(20)
    ]
    assert len(set(draws)) == len(draws)


def test_exponentials_have_mean_1_and_no_memory() -> None:
    draws = np.array([streams.exponential(RUN, 1, ENTITY, n) for n in range(20_000)])
    assert stats.kstest(draws, "expon").pvalue > UNLIKELY


def test_normals_are_standard_and_independent_of_one_another() -> None:
    draws = np.array([streams.normal(RUN, 20, ENTITY, n) for n in range(20_000)])
    assert stats.kstest(draws, "norm").pvalue > UNLIKELY
    assert abs(np.corrcoef(draws[:-1], draws[1:])[0, 1]) < 4 / math.sqrt(len(draws))


def purposes() -> dict[str, int]:
    kinds = (int, np.int64)
    return {name: int(value) for name, value in vars(streams).items() if name.isupper() and isinstance(value, kinds)}


def test_no_number_stands_for_two_purposes() -> None:
    numbers = list(purposes().values())
    assert len(numbers) > 20
    assert len(set(numbers)) == len(numbers)


def test_purposes_follow_one_another_where_rows_of_clocks_count_on_it() -> None:
    assert streams.DECLINE + quality.DECLINING == streams.DECLINE
    assert streams.DECLINE + quality.IMPROVING == streams.IMPROVE
    assert streams.DECLINE + quality.FALLING == streams.FALL
    assert streams.CLOSURE + signals.CLOSING == streams.CLOSURE
    assert streams.CLOSURE + signals.COMPLAINT == streams.COMPLAINT
    assert streams.CLOSURE + signals.SERIOUS_CONCERN == streams.SERIOUS_CONCERN
    assert streams.CLOSURE + signals.MANAGER_CHANGE == streams.MANAGER_CHANGE


def test_an_identity_depends_on_the_name_alone() -> None:
    by_hand = hashlib.blake2b(b"childrens_home-0001", digest_size=8).digest()
    assert int(streams.identity("childrens_home-0001")) == int.from_bytes(by_hand, "little") == 2026566622861491877
    assert len({int(each) for each in entities(5000)}) == 5000


def test_successors_are_somebody_else() -> None:
    assert int(streams.successor(ENTITY, 0)) == int(ENTITY)
    line = [int(streams.successor(entity, generation)) for entity in entities(200) for generation in range(50)]
    assert len(set(line)) == len(line)
