"""What the benchmarks ran on: the machine and the versions, and nothing that names it."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from simulator.running.crews import cores

from .c_loop import compiler_version


def machine() -> dict[str, str]:
    """Describe the machine, in the order in which the page tells it."""
    packages = {name: version(name) for name in ("numpy", "numba", "simpy")}
    return {
        "Processor": processor(),
        "Cores used": str(cores()),
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "System": system(),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "NumPy": packages["numpy"],
        "Numba": packages["numba"],
        "SimPy": packages["simpy"],
        "C compiler": compiler_version(),
    }


def processor() -> str:
    """Give the model of the processor as it calls itself, and its family and model in numbers."""
    told = Path("/proc/cpuinfo")
    if not told.exists():
        return platform.processor() or platform.machine()
    pairs = (line.partition(":") for line in told.read_text().splitlines())
    first: dict[str, str] = {}
    for key, _, value in pairs:
        first.setdefault(key.strip(), value.strip())
    if "model name" not in first:
        return platform.machine()
    numbers = f"family {first.get('cpu family', '?')}, model {first.get('model', '?')}"
    return f"{first['model name']} ({numbers}), {platform.machine()}"


def system() -> str:
    """Name the operating system."""
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.system()}"
    except OSError:
        return platform.system()
