"""Which program carries out a replication: its version, its rules, and the packages that could move a number."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import simulator
from simulator.compiling import ROOMS_WITH_RULES
from simulator.messages import InputError

MEASURED_BY: Final = ("measures/*.py",)
PACKAGES: Final = ("numba", "numpy", "scipy", "pyarrow")


def program() -> dict[str, str]:
    """Name the version, a digest of the source of rules and measures, and the versions of packages."""
    return dict(_program())


@cache
def _program() -> tuple[tuple[str, str], ...]:
    digest = hashlib.blake2b(digest_size=8)
    package = Path(simulator.__file__).parent
    for room in (*ROOMS_WITH_RULES, *MEASURED_BY):
        for source in sorted(package.glob(room)):
            digest.update(source.read_bytes())
    versions = {name: version(name) for name in PACKAGES}
    return tuple({"inspectsim": simulator.__version__, "rules": digest.hexdigest(), **versions}.items())


def check_program(wanted: dict[str, str], there: dict[str, str], worker: str = "a worker") -> None:
    """Refuse a worker that would give other results.

    Raises
    ------
    InputError
        If it runs another version, other rules or other packages.
    """
    for name, mine in wanted.items():
        its = there.get(name, "none")
        if its != mine:
            what = "other rules (a digest of the source)" if name == "rules" else f"another version of {name}"
            raise InputError(
                f"{worker} of the cluster has {what}: {its}, here it is {mine}; results could differ: "
                "install the same on every machine"
            )
