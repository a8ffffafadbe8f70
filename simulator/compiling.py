"""The one decorator that makes a rule compilable, and where compiled code is kept.

Numba checks only the file a function stands in when it decides whether cached machine code is still
good, not the files of the functions it calls. The cache therefore lives in a folder named after the
whole source of the package and the versions it was compiled with: change one rule and everything is
compiled again, change nothing and a new process starts within a second.
"""

import hashlib
import os
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numpy as np

ROOMS_WITH_RULES: Final = ("compiling.py", "ticks.py", "world/*.py", "inspectorate/*.py", "engine/*.py")
"""Files that compiled functions stand in."""

Function = TypeVar("Function", bound=Callable[..., Any])


def cache_folder() -> Path:
    """Folder of the compiled code: below ``XDG_CACHE_HOME`` (or ``~/.cache``), one per state of the source."""
    digest = hashlib.blake2b(digest_size=8)
    package = Path(__file__).parent
    for room in ROOMS_WITH_RULES:
        for source in sorted(package.glob(room)):
            digest.update(source.read_bytes())
    digest.update(f"{platform.python_version()} {version('numba')} {version('numpy')}".encode())
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "inspectsim" / digest.hexdigest()


os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))

import numba  # noqa: E402  (reads the variable above when it is imported)

numba.config.CACHE_DIR = os.environ["NUMBA_CACHE_DIR"]  # where somebody else had imported it before

if numba.config.DISABLE_JIT:
    np.seterr(over="ignore")  # 64-bit hashes wrap around in plain Python too, where NumPy would warn

# How much memory a number in a record takes: what is kept of a provider stays small, so that many stay near the
# processor. Compiled code reckons in 64 bits all the same; plain Python would not, and gets all of them 64 bits wide.
CODE: Final = "i8" if numba.config.DISABLE_JIT else "i1"
FEW: Final = "i8" if numba.config.DISABLE_JIT else "i2"
COUNT: Final = "i8" if numba.config.DISABLE_JIT else "i4"
ROW: Final = COUNT
TICK: Final = COUNT


def constant(value: int) -> int:
    """Give a number that rules hand to one another by name.

    Of a plain number Numba would compile each rule it is handed to anew, as made for this number alone.
    """
    return cast(int, np.int64(value))


def compiled(function: Function) -> Function:
    """Compile a rule with Numba: cached on disk, free of the interpreter lock while it runs.

    Rules are laid into those that call them (``forceinline``): the state is many arrays, and handing them
    all over at each call would take longer than most rules. ``NUMBA_DISABLE_JIT=1`` leaves the function as
    it is written, so that a debugger steps into it.
    """
    jitted = numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=False)
    return cast(Function, jitted(function))
