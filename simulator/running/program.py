"""Which program carries out a replication: its version, its source, and the packages that could move a number."""

import platform
from functools import cache
from importlib.metadata import version
from typing import Final

from simulator.inputs.messages import InputError
from simulator.source_files import digest_of, python_files, running_files
from simulator.version import __version__

_PACKAGES: Final = ("llvmlite", "numba", "numpy", "pandas", "pyarrow", "scipy")


def program() -> dict[str, str]:
    """Name the version, a digest of the source of all that runs and reads off, and the versions of what it runs on."""
    return dict(_program())


@cache
def _program() -> tuple[tuple[str, str], ...]:
    major, minor, _ = platform.python_version_tuple()
    return tuple(
        {
            "inspectsim": __version__,
            "rules": digest_of(running_files(python_files())),
            "python": f"{major}.{minor}",  # sums of floats have been other ones since 3.12
            **{name: version(name) for name in _PACKAGES},
        }.items()
    )


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
                f"{worker} of the cluster has {what}: {its}, here it is {mine}. Results could differ: install the "
                "same version on every machine"
            )
