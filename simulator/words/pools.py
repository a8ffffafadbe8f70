"""Pools of inspectors in words: who is meant by ``regulatory`` and by ``area``."""

from typing import Final

OF_POOL: Final = {"regulatory": "inspectors of services", "area": "inspectors of whole authorities"}
"""Pools of the shipped scenarios."""


def inspectors_of(pool: str) -> str:
    """Name the inspectors of a pool within a sentence; those of one that has no words here by its name."""
    return OF_POOL.get(pool, f"inspectors of the pool {pool}")
