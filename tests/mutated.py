"""Files of each kind, damaged by chance: `python -m tests.mutated 1000` reads so many, and runs those that are taken.

Each is read, and run if it is taken, in a process of its own, with a limit on its time. Whatever is not refused in
words is a fault: it is printed with the number of the file, by which it is made again, and the program ends with 1.
"""

import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import simulator
from simulator.inputs.messages import InputError
from simulator.inputs.shipped import folder
from simulator.questions.calibrate.records import read_records
from simulator.running.crews import Crewing
from simulator.scenario.scenario import load_scenario

_SECONDS: Final = 120
"""For reading and running one file: a small England takes two."""
_TAKEN, _REFUSED, _FAULT = 0, 2, 1
_SMALL: Final = Path(__file__).parent / "data" / "small.toml"
_PIECES: Final = (
    *("0", "-1", "1e9", "nan", "inf", '"', "'", "[", "]", "{", "}", "=", ".", ",", "#", "\n", "\n\n", "true", "\x00"),
    *("[[a]]\n", "1979-05-27", "9" * 40, "all_providers", "childrens_home", "poor", "\u202e", "\ud7ff", '"""', "\\"),
)


class Kind(NamedTuple):
    """A kind of file."""

    name: str
    sources: tuple[str, ...]
    """Contents of files as they should be."""
    read: Callable[[Path], object]
    """Reads one, and runs it."""


def _compare(path: Path, register: Path | None = None, frameworks: Sequence[str] = ()) -> None:
    run: dict[str, Any] = {"years": 1, "warm_up_years": 0, "replications": 1}
    if frameworks:
        run |= {"frameworks": [*frameworks], "baseline": frameworks[-1]}
    scenario = load_scenario(path).changed({"run": run}, "tests.mutated")
    simulator.compare(scenario, register=register, crewing=Crewing(workers=1))


def _run_framework(path: Path) -> None:
    _compare(_SMALL, frameworks=(str(path), "2006-regime"))


def _run_register(path: Path) -> None:
    _compare(_SMALL, register=path)


def _kinds() -> tuple[Kind, ...]:
    frameworks = tuple(path.read_text(encoding="utf-8") for path in sorted((folder() / "frameworks").glob("*.toml")))
    scenario = _SMALL.read_text(encoding="utf-8")
    register = "provider,service_type,sector,local_authority,region,places,opened,closed\n" + "".join(
        f"H{n},childrens_home,private,Northshire,North,{n + 1},,\n" for n in range(20)
    )
    records = "provider,service_type,kind,date,grade\n" + "".join(
        f"{n},childrens_home,full,{2010 + n % 5}-04-{n % 28 + 1:02d},{n % 4 + 1}\n" for n in range(60)
    )
    return (
        Kind("scenario", (scenario,), _compare),
        Kind("framework", frameworks, _run_framework),
        Kind("register", (register,), _run_register),
        Kind("records", (records,), read_records),
    )


def mutated(text: str, chance: random.Random) -> str:
    """Damage a text: half of the time numbers in it, so that much of it is taken, else pieces of any length."""
    if chance.random() < 0.5:
        for _ in range(chance.randint(1, 3)):
            number = chance.choice([*re.finditer(r"[0-9]+(?:\.[0-9]+)?", text)])
            text = text[: number.start()] + _another(number[0], chance) + text[number.end() :]
        return text
    for _ in range(chance.randint(1, 4)):
        first, last = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        last = min(last, first + chance.choice((0, 1, 5, 40, 400)))
        piece = chance.choice(("", text[first:last] * 2, text[first:last][::-1], *_PIECES))
        text = text[:first] + piece + text[last:]
    return text


def _another(number: str, chance: random.Random) -> str:
    value = float(number) * chance.choice((0, 0.01, 0.5, 0.9, 1.1, 2, 100))
    return f"{value:.4g}" if "." in number else str(round(value))


def ended(kind: Kind, path: Path, seconds: int = _SECONDS) -> int:
    """Read and run a file in a process of its own: return how it ended."""
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        try:
            kind.read(path)
            os._exit(_TAKEN)
        except InputError:
            os._exit(_REFUSED)
        finally:
            os._exit(_FAULT)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def faults(number: int, into: Path) -> Iterator[tuple[str, int]]:
    """Damage so many files; yield the name of each and how it ended."""
    kinds = _kinds()
    for one in range(number):
        chance, kind = random.Random(one), kinds[one % len(kinds)]
        path = into / f"{one}-{kind.name}.txt"
        path.write_text(mutated(chance.choice(kind.sources), chance), encoding="utf-8", newline="")
        yield path.name, ended(kind, path)
        path.unlink()


def _tried(number: int) -> int:
    _compare(_SMALL)  # what is loaded here need not be in every process
    began, outcomes = time.monotonic(), Counter[int]()
    with tempfile.TemporaryDirectory() as into:
        for name, outcome in faults(number, Path(into)):
            outcomes[outcome] += 1
            if outcome not in (_TAKEN, _REFUSED):
                print(f"{name}: ended with {outcome}")
    wrong = number - outcomes[_TAKEN] - outcomes[_REFUSED]
    seconds = time.monotonic() - began
    print(f"{number} files in {seconds:.0f} s: {outcomes[_REFUSED]} refused, {outcomes[_TAKEN]} run, {wrong} faults")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(_tried(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)))
