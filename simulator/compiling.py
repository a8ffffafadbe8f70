"""The one decorator that makes a rule compilable, and where compiled code is kept.

Numba checks only the file a function stands in when it decides whether cached machine code is still
good, not the files of the functions it calls. The cache therefore lives in a folder named after all that the code
depends on: the source of every file with rules in it, the versions it was compiled with, the processor, and what Numba
was told by its variables. Change one rule and everything is compiled again, change nothing and a new process starts
within a second.
"""

import os
import platform
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import llvmlite.binding
import numba
import numpy as np

from simulator.source_files import compiling_files, digest_of, python_files

NO_MATTER: Final = frozenset(
    {
        "CACHE_DIR",
        "CACHE_LOCATOR_CLASSES",
        "COLOR_SCHEME",
        "DEVELOPER_MODE",
        "FULL_TRACEBACKS",
        "NUMBA_DEFAULT_NUM_THREADS",
        "NUMBA_NUM_THREADS",
        "RUNNING_UNDER_PROFILER",
        "SHOW_HELP",
    }
)
"""Settings of Numba that change no code: where it is kept, what messages look like, how many threads there may be."""

Function = TypeVar("Function", bound=Callable[..., Any])


def key() -> str:
    """Compute a digest of all that compiled code depends on, whatever variables the user has set."""
    settings = {name: str(value) for name, value in vars(numba.config).items() if _of_code(name)}
    made_by = {
        "source": digest_of(compiling_files(python_files())),
        "python": f"{sys.implementation.cache_tag} {platform.python_version()} {sys.flags.optimize}",
        "packages": [version(name) for name in ("numba", "llvmlite", "numpy")],
        "processor": [platform.machine(), llvmlite.binding.get_host_cpu_name(), _features()],
        "settings": settings,
    }
    return digest_of({name: repr(part).encode() for name, part in made_by.items()})


def _of_code(name: str) -> bool:
    return name.isupper() and name not in NO_MATTER


def _features() -> str:
    """Name what the processor can do."""
    try:
        features: str = llvmlite.binding.get_host_cpu_features().flatten()
    except RuntimeError:  # LLVM does not know it
        return ""
    return features


def cache_folder() -> Path | None:
    """Return the folder of the compiled code, made if it is not there; None if there is no place for it.

    That is a folder by the name of the key, below ``NUMBA_CACHE_DIR``, or else in ``inspectsim`` below
    ``XDG_CACHE_HOME`` or ``~/.cache``. If it cannot be written, it lies in the system's temporary folder.
    """
    if not COMPILES:
        return None
    name = key()
    return next((base / name for base in _places() if _can_be_written(base / name)), None)


def _places() -> Iterator[Path]:
    if numba.config.CACHE_DIR:
        yield Path(numba.config.CACHE_DIR)
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  (never raises)
    yield Path(home) / "inspectsim"
    yield from _temporary()


def _temporary() -> Iterator[Path]:
    """Find the user's own folder in the system's temporary one, unless somebody else made it: its code would be run."""
    owner = os.getuid() if sys.platform != "win32" else 0
    try:
        folder = Path(tempfile.gettempdir()) / f"inspectsim-{owner}"
        folder.mkdir(mode=0o700, exist_ok=True)
        told = folder.lstat()
    except OSError:
        return
    own = stat.S_ISDIR(told.st_mode) and told.st_uid == owner
    if own and (sys.platform == "win32" or not told.st_mode & 0o022):
        yield folder


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


COMPILES: Final = not numba.config.DISABLE_JIT
"""Whether rules are compiled, and not left as they are written."""
FOLDER: Final = cache_folder()
"""Where this process keeps compiled code; None if it keeps none."""

if not COMPILES:
    np.seterr(over="ignore")  # 64-bit hashes wrap around in plain Python too, where NumPy would warn

# How much memory a number in a record takes: what is kept of a provider stays small, so that many stay near the
# processor. Compiled code reckons in 64 bits all the same; plain Python would not, and gets all of them 64 bits wide.
CODE: Final = "i1" if COMPILES else "i8"
FEW: Final = "i2" if COMPILES else "i8"
COUNT: Final = "i4" if COMPILES else "i8"
ROW: Final = COUNT
TICK: Final = COUNT


def constant(value: int) -> int:
    """Return a number that rules hand to one another by name.

    For a plain number Numba would compile each rule that gets it again, for this number alone.
    """
    return cast(int, np.int64(value))


def compiled(function: Function) -> Function:
    """Compile a rule with Numba: cached on disk, free of the interpreter lock while it runs.

    Rules are laid into those that call them (``forceinline``): the state is many arrays, and handing them
    all over at each call would take longer than most rules. ``NUMBA_DISABLE_JIT=1`` leaves the function as
    it is written, so that a debugger steps into it.
    """
    with _kept_in(FOLDER):
        jitted = numba.njit(cache=FOLDER is not None, nogil=True, error_model="numpy", forceinline=False)(function)
    return cast(Function, jitted)


@contextmanager
def _kept_in(folder: Path | None) -> Iterator[None]:
    """Have Numba keep the code of what is decorated meanwhile in a folder; what others compile is left to them."""
    names = ("CACHE_DIR", "CACHE_LOCATOR_CLASSES")
    before = {name: getattr(numba.config, name, "") for name in names}
    try:
        numba.config.CACHE_DIR = str(folder or "")
        numba.config.CACHE_LOCATOR_CLASSES = ""
        yield
    finally:
        for name, value in before.items():
            setattr(numba.config, name, value)
