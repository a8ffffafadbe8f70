"""Random numbers by address: the common random numbers of every comparison.

A draw is not taken from a shared stream. It is addressed by (seed, replication, purpose, entity, n) and
answers with the same uniform whoever asks, in whatever order: one more provider, one more draw or another
framework moves no other draw.

Each address but the last names a SplitMix64 sequence (G. Steele, D. Lea, C. Flood, *Fast splittable
pseudorandom number generators*, OOPSLA 2014); n picks its n-th output.
"""

import hashlib
import math
from typing import Final

import numpy as np

from simulator.compiling import compiled, constant

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)
_SHIFT_30: Final = np.uint64(30)
_SHIFT_27: Final = np.uint64(27)
_SHIFT_31: Final = np.uint64(31)
_SHIFT_11: Final = np.uint64(11)
_UNIT: Final = 2.0**-53

# Purposes are addresses: a new one takes a new number, and no number is ever used again.
DECLINE: Final = constant(1)
IMPROVE: Final = constant(2)
FALL: Final = constant(3)
CLOSURE: Final = constant(4)
COMPLAINT: Final = constant(5)
SERIOUS_CONCERN: Final = constant(6)
MANAGER_CHANGE: Final = constant(7)
START_GRADE: Final = constant(8)
ENTRY_GRADE: Final = constant(15)
START_INSPECTION: Final = constant(9)
START_JUDGEMENT: Final = constant(10)
PLACES: Final = constant(11)
SECTOR: Final = constant(12)
AUTHORITY: Final = constant(13)
REGION: Final = constant(14)
JUDGEMENT: Final = constant(20)
EFFORT: Final = constant(21)
VISITS_OWED: Final = constant(23)
AVAILABILITY: Final = constant(24)
ROUND_DAY: Final = constant(25)
FIRST_INSPECTION: Final = constant(26)
REINSPECTION: Final = constant(27)
RESPONSE_COMPLAINT: Final = constant(28)
RESPONSE_SERIOUS: Final = constant(29)
RESPONSE_MANAGER: Final = constant(30)
SAMPLE_RANK: Final = constant(32)
SAMPLE_SIZE: Final = constant(33)
SAMPLE_DAY: Final = constant(34)
SHARED_MOVE: Final = constant(35)
RESPONSE_BREACH: Final = constant(36)
SELF_ASSESSMENT_DAY: Final = constant(37)
SELF_ASSESSMENT_PRODUCED: Final = constant(38)
SELF_ASSESSMENT_MISLEADS: Final = constant(39)
SELF_ASSESSMENT_NOISE: Final = constant(40)
CROSS_CHECK: Final = constant(41)
USER_SURVEY: Final = constant(42)
DEPARTURE: Final = constant(60)
PLAN_REQUESTED: Final = constant(55)
PLAN_REFUSED: Final = constant(56)
VISIT_SCORE: Final = constant(70)
REINSPECTION_LOOK: Final = constant(73)
RESPONSE_DECLINED: Final = constant(72)
OWN_RISE: Final = constant(71)
LENIENCY: Final = constant(80)
LEAD: Final = constant(81)
START_LEAD: Final = constant(82)
OWED_BEFORE: Final = constant(83)


@compiled
def _mix(state: np.uint64) -> np.uint64:
    """Scramble 64 bits (the output function of SplitMix64)."""
    state = (state ^ (state >> _SHIFT_30)) * _MIX_1
    state = (state ^ (state >> _SHIFT_27)) * _MIX_2
    return state ^ (state >> _SHIFT_31)


@compiled
def output(sequence: np.uint64, n: int) -> np.uint64:
    """Return the n-th output (n = 0, 1, ...) of the SplitMix64 sequence that starts at `sequence`."""
    return _mix(sequence + np.uint64(n + 1) * _GOLDEN)


@compiled
def root(seed: int, replication: int) -> np.uint64:
    """Return the root of all addresses of one replication."""
    return output(output(np.uint64(0), seed), replication)


@compiled
def uniform(run: np.uint64, purpose: int, entity: np.uint64, n: int) -> float:
    """Return the uniform in [0, 1) at the address (run, purpose, entity, n), where `run` comes from `root`."""
    return float(output(output(run, purpose) ^ _mix(entity), n) >> _SHIFT_11) * _UNIT


@compiled
def exponential(run: np.uint64, purpose: int, entity: np.uint64, n: int) -> float:
    """Return the unit exponential at the address."""
    return -math.log(1.0 - uniform(run, purpose, entity, n))


@compiled
def normal(run: np.uint64, purpose: int, entity: np.uint64, n: int) -> float:
    """Return the standard normal at the address (Box and Muller 1958, from outputs 2n and 2n + 1)."""
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(run, purpose, entity, 2 * n)))
    return radius * math.cos(2.0 * math.pi * uniform(run, purpose, entity, 2 * n + 1))


@compiled
def successor(entity: np.uint64, generation: int) -> np.uint64:
    """Return the identity of the `generation`-th provider in the place of `entity` (itself for 0)."""
    if generation == 0:
        return entity
    return output(entity, generation)


@compiled
def strand_of(entity: np.uint64, strand: int) -> np.uint64:
    """Return the identity of one strand of `entity`; the first has the entity's own."""
    if strand == 0:
        return entity
    return _mix(entity + np.uint64(strand))


def identity(name: str) -> np.uint64:
    """Return the 64-bit address of a named entity: it depends on the name alone."""
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))
