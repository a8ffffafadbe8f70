"""`python -m tests.guard save`, change the code, `python -m tests.guard check`: is everything put out as before?"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from .differing import differences
from .freezing import Frozen, freeze

BESIDE: Final = Path("build/guard")


def main() -> None:
    """Save what is put out, or compare it with what was saved; exit code 1 if anything differs."""
    asked = _asked()
    folder: Path = asked.folder.absolute()
    if asked.does == "check" and not folder.is_dir():
        sys.exit(f"{folder} is not there: save first")
    with tempfile.TemporaryDirectory() as made_in:
        made = freeze(Path(made_in).resolve())
    if asked.does == "save":
        _save(folder, made)
        print(f"{len(made)} files saved in {folder}")
        return
    told = list(differences(_saved(folder), made, asked.lines))
    print("\n".join(told) or f"{len(made)} files, all as before")
    sys.exit(1 if told else 0)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.guard", description=__doc__)
    parser.add_argument("does", choices=("save", "check"))
    parser.add_argument("folder", type=Path, nargs="?", default=BESIDE, help=f"of what is saved [{BESIDE}]")
    parser.add_argument("--lines", type=int, default=40, help="of the diff of each file, at most [40]")
    return parser.parse_args()


def _save(folder: Path, made: Frozen) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _saved(folder: Path) -> Frozen:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
