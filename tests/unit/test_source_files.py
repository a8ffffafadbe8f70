"""Keys of what is kept on disk: every file that it depends on is in them, whatever is changed in whichever file."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from simulator.source_files import (
    PACKAGE,
    compiling_files,
    digest_of,
    files_in,
    python_files,
    running_files,
    showing_files,
)

MODULES = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps([name for name in sys.modules if name.startswith("simulator.")]))
"""

FUNCTIONS = """
import importlib, inspect, json, pkgutil, sys
import numba, simulator
from numba.core.dispatcher import Dispatcher
found = set()
for each in pkgutil.walk_packages(simulator.__path__, "simulator."):
    module = importlib.import_module(each.name)
    found |= {inspect.getfile(one.py_func) for one in vars(module).values() if isinstance(one, Dispatcher)}
print(json.dumps(sorted(found)))
"""

KEYS = """
import json
from simulator import compiling
from simulator.running.program import program
from simulator.page.serving import program_digest
from simulator.page.shipped_answers import ready_key
print(json.dumps({
    "compiled": compiling.key(), "folder": str(compiling.FOLDER), "finished": program()["rules"],
    "page": program_digest(), "ready": ready_key(),
}))
"""


def asked(code: str, *arguments: str, package: Path = PACKAGE, variables: Mapping[str, str] | None = None) -> Any:
    """Run code in a process of its own, with the package in a folder, and read what it prints."""
    left = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    environment = left | {"PYTHONPATH": str(package.parent)} | dict(variables or {})
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        env=environment,
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def modules_of(names: set[str]) -> list[str]:
    return [f"simulator.{name.removesuffix('.py').replace('/', '.')}" for name in names]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and of what is shipped with it, to change."""
    root = tmp_path_factory.mktemp("copy")
    unwanted = shutil.ignore_patterns("__pycache__", "built")
    shutil.copytree(PACKAGE, root / "simulator", ignore=unwanted)
    shutil.copytree(PACKAGE.parent / "scenarios", root / "scenarios")
    return root / "simulator"


@pytest.mark.parametrize("kept", [compiling_files, running_files])
def test_all_that_is_loaded_is_in_the_key(kept: Any) -> None:
    """Whatever a module does to import others: what has been loaded with it is found."""
    names = set(kept(python_files()))
    loaded = set(asked(MODULES, json.dumps(sorted(modules_of(names)))))
    rooms = {each.rpartition(".")[0] for each in loaded} - {"simulator"}
    assert loaded - rooms <= set(modules_of(names))


def test_every_file_with_a_compiled_function_in_it_is_in_the_key() -> None:
    files = {Path(each).relative_to(PACKAGE).as_posix() for each in asked(FUNCTIONS)}
    assert len(files) > 20
    assert files <= set(compiling_files(python_files()))


def test_a_rule_in_a_new_file_is_in_the_key_with_all_that_it_imports() -> None:
    files = {
        "measures/new.py": b"from simulator.compiling import compiled\n"
        b"from simulator.deep import (\n    one,\n    two,\n)\n"
        b"@compiled\ndef rule(x):\n    return two(x)\n",
        "deep/two.py": b"    import simulator.deep.three\n",
        "deep/three.py": b"three = 3\n",
        "deep/one.py": b"one = 1\n",
        "deep/four.py": b"from simulator.measures.new import rule\n",
        "compiling.py": b"",
    }
    there = set(compiling_files(files))
    assert there == {"measures/new.py", "deep/one.py", "deep/two.py", "deep/three.py", "compiling.py"}


@pytest.mark.parametrize("name", ["simulator/new.py", "simulator/compiled.pyc"])
def test_a_file_is_in_a_digest_with_its_name_and_its_end(name: str) -> None:
    assert digest_of({name: b"ab", "z": b"c"}) != digest_of({name: b"a", "z": b"bc"})
    assert digest_of({name: b""}) != digest_of({f"{name}x": b""})


def test_every_kind_of_key_changes_with_every_file_that_it_depends_on(package: Path) -> None:
    """A comment at the end of a file: nobody knows whether it is a rule."""
    files = python_files(package)
    changed = {name: content + b"# changed\n" for name, content in files.items()}
    for kept in (compiling_files, running_files):
        there = kept(files)
        assert kept(changed) == {name: changed[name] for name in there}
        before = digest_of(there)
        for name in there:
            assert digest_of(there | {name: changed[name]}) != before, name
        assert digest_of(kept(files | {"cli.py": b"# changed\n"})) == before
    assert set(compiling_files(files)) < set(running_files(files)) < set(files) < set(showing_files(package))
    assert "render/templates/report.html" in showing_files(package)
    assert list(files_in(package.parent / "scenarios", (".toml",))) == sorted(
        path.relative_to(package.parent / "scenarios").as_posix()
        for path in (package.parent / "scenarios").rglob("*.toml")
    )


def test_one_rule_changed_makes_everything_anew(package: Path, tmp_path: Path) -> None:
    """Compiled code, finished runs, the page and the answer that it begins with; of other words the page alone."""
    told = {"NUMBA_CACHE_DIR": str(tmp_path / "mine")}
    before = asked(KEYS, package=package, variables=told)
    assert before == asked(KEYS, package=package, variables=told)
    assert Path(before["folder"]) == tmp_path / "mine" / before["compiled"]
    with (package / "words" / "wording.py").open("a") as file:
        file.write("# other words\n")
    reworded = asked(KEYS, package=package, variables=told)
    assert {name for name in before if before[name] != reworded[name]} == {"page"}
    with (package / "inspectorate" / "judgement.py").open("a") as file:
        file.write("# another rule\n")
    changed = asked(KEYS, package=package, variables=told)
    assert {name for name in before if reworded[name] == changed[name]} == set()


RULE = """
import json
import numpy as np
from simulator.world.streams import exponential
print(json.dumps(float(exponential(np.uint64(1), 2, np.uint64(3), 4))))
"""


@pytest.mark.slow
def test_machine_code_is_made_anew_where_a_function_that_it_calls_has_changed(package: Path, tmp_path: Path) -> None:
    """Where the user says where compiled code is to be kept, and by which way Numba is to find it, too."""
    told = {"NUMBA_CACHE_DIR": str(tmp_path / "mine"), "NUMBA_CACHE_LOCATOR_CLASSES": "InTreeCacheLocator"}
    calling, called = (package / name for name in ("world/streams.py", "world/called.py"))
    text, line = calling.read_text(), "from simulator.compiling import"
    called.write_text(
        "from simulator.compiling import compiled\n\n\n@compiled\ndef factor(x: float) -> float:\n    return 1.0 * x\n"
    )
    assert text.count("    return -math.log(") == 1
    text = text.replace("    return -math.log(", "    return -factor(1.0) * math.log(")
    calling.write_text(text.replace(line, f"from simulator.world.called import factor\n{line}"))
    first = asked(RULE, package=package, variables=told)
    assert asked(RULE, package=package, variables=told) == first
    called.write_text(called.read_text().replace("1.0 * x", "2.0 * x"))
    assert asked(RULE, package=package, variables=told) == pytest.approx(2 * first)
    assert not list(package.rglob("*.nbi"))
    assert len(list((tmp_path / "mine").iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "value", "matters"),
    [
        ("NUMBA_OPT", "1", True),
        ("NUMBA_BOUNDSCHECK", "1", True),
        ("NUMBA_CPU_NAME", "generic", True),
        ("NUMBA_LOOP_VECTORIZE", "0", True),
        ("NUMBA_NUM_THREADS", "1", False),
        ("NUMBA_COLOR_SCHEME", "light_bg", False),
        ("NUMBA_CACHE_DIR", "elsewhere", False),
    ],
)
def test_variables_that_change_code_are_in_its_key(name: str, value: str, matters: bool) -> None:
    code = "import json; from simulator.compiling import key; print(json.dumps(key()))"
    assert (asked(code) != asked(code, variables={name: value})) == matters
