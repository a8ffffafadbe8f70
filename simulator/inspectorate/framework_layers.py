"""The files that a framework is laid together from: what it extends, the packages that it carries, and itself.

``extends`` names a framework or a package, or a list of them, laid over one another from left to right:
``extends = ["option-a", "proposals-2006"]``. A *package* is a file of clauses that any framework can carry. It says
``package = true`` and is no framework by itself; the framework that carries it keeps its own title, summary and names
of grades.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, ValidationError

from simulator.inputs import shipped
from simulator.inputs.messages import InputError, from_validation, not_one_of, shown
from simulator.inputs.sections import in_one_line
from simulator.inputs.toml_files import Key, Table, lineage, located, merged, parsed_toml, read_toml
from simulator.inspectorate.one_number import with_efforts_as_tables
from simulator.inspectorate.sources import Clause, Said, with_changes_told

_OF_A_FRAMEWORK: Final = ("title", "plural", "summary", "grade_names")
"""Keys that a package does not lay over those of the framework which carries it."""

Extended = str | Sequence[str]
"""What a file extends, as it is written there."""
Layer = tuple[str, Table]
"""The name of a file, and its tables without what it extends."""


class Package(Clause):
    """What a package says of itself, beside its clauses."""

    title: Annotated[Said, AfterValidator(in_one_line)]
    """What sentences call it, such as "the package of 2006"."""
    summary: Said
    """One plain sentence on what it adds."""


def shipped_frameworks() -> list[str]:
    """Name the frameworks that come with the package."""
    return sorted(path.stem for path in _folder().glob("*.toml"))


def shipped_packages() -> dict[str, Package]:
    """Return the packages of clauses that come with the program, by name."""
    files = sorted((_folder() / "packages").glob("*.toml"))
    return {path.stem: _package(read_toml(path), path.name) for path in files}


def framework_file(name: str) -> Path:
    """Find the file of a framework: that of a shipped name, or the path itself.

    Raises
    ------
    InputError
        If it is neither, or the name of a shipped package.
    """
    refuse_package(name)
    return located(name, _folder(), shipped_frameworks(), "framework")


def refuse_package(name: str) -> None:
    """Refuse the name of a shipped package where a framework is asked for.

    Raises
    ------
    InputError
        Saying how a framework carries it.
    """
    if name in _shipped_names() and name not in shipped_frameworks():
        raise InputError(_alone(name))


def layers_of(path: Path) -> list[Layer]:
    """Read the file of a framework and all that it extends, the eldest first.

    Raises
    ------
    InputError
        If one cannot be found or read, or the file is a package.
    """
    return _named(lineage(path, _parent, several=True))


def layers_in(content: bytes, file: str) -> list[Layer]:
    """Read the content of a framework file that extends shipped files alone, and all that it extends.

    Raises
    ------
    InputError
        If it cannot be read, extends another file, or is a package.
    """
    return _named(lineage(Path(file), _shipped_parent, several=True, table=parsed_toml(content, file)))


def layers_below(extends: Extended, file: Path) -> list[Layer]:
    """Read what a file extends, without the file itself.

    Raises
    ------
    InputError
        If one cannot be found or read.
    """
    table = {"extends": extends if isinstance(extends, str) else list(extends)}
    return _named(lineage(file, _parent, several=True, table=table))[:-1]


def laid(layers: Sequence[Layer], sections: Collection[str], file: str) -> Table:
    """Lay the tables of files one over another.

    Parameters
    ----------
    layers
        The eldest first.
    sections
        Those whose tables have names of their own: one given again replaces the whole of the old one.
    file
        What messages call the last of them.

    Returns
    -------
    dict
        The table of a framework, with the titles of its packages.

    Raises
    ------
    InputError
        If two files are the same package: laid over again it would undo what lies over it. One file counts once,
        however often it is named.
    """
    table: Table = {}
    packages: list[Any] = []
    for name, content in layers:
        layer, is_own = with_efforts_as_tables(dict(content)), content is layers[-1][1] and len(layers) > 1
        if layer.pop("package", False):
            title = _package(layer, name).title
            if title in packages:
                told = f"{file}: extends: {title} ({name}) is already carried by what it extends"
                raise InputError(f"{told}. Leave it out")
            packages.append(title)
            layer = {key: value for key, value in layer.items() if key not in _OF_A_FRAMEWORK}
        packages += _carried(layer.pop("packages", []), file, is_own)
        before = _without(table, layer.pop("leaves_out", []), sections, file)
        if "title" in layer:
            before.pop("plural", None)
        table = with_changes_told(before, layer, merged(before, layer, _replaced_whole(sections)), name)
    return table | ({"packages": list(dict.fromkeys(packages))} if packages else {})


def _named(files: Sequence[tuple[Path, Table]]) -> list[Layer]:
    """Name each layer by its file; the last must be a framework, and have one beside its packages to stand on."""
    last, table = files[-1]
    if "package" in table:
        if table["package"] is not True:
            raise InputError(f"{last}: package: given {shown(table['package'])}; allowed: true, or nothing")
        raise InputError(_alone(last.stem if last.stem in _shipped_names() else last.name))
    if len(files) > 1 and "kinds" not in table and all("package" in content for _, content in files[:-1]):
        raise InputError(f"{last}: extends: {_alone(files[0][0].stem)}")
    return [(path.name, content) for path, content in files]


def _alone(package: str) -> str:
    return (
        f"{package} is a package of clauses, not a framework by itself; a framework carries it, beside the one that it "
        f'extends: extends = ["option-a", "{package}"]'
    )


def _package(table: Mapping[str, Any], file: str) -> Package:
    try:
        return Package.model_validate({key: table[key] for key in Package.model_fields if key in table})
    except ValidationError as error:
        raise from_validation(error, file, Package) from error


def _carried(given: Any, file: str, is_own: bool) -> list[Any]:
    """Return the titles of packages that a file written by the program names; a file that extends others names none."""
    if given and is_own:
        raise InputError(f"{file}: packages: unknown key; a framework carries the packages that extends names")
    return given if isinstance(given, list) else [given]


def _folder() -> Path:
    return shipped.folder() / "frameworks"


def _shipped_names() -> dict[str, Path]:
    """Return the files of all shipped frameworks and packages, by name."""
    return {path.stem: path for path in sorted([*_folder().glob("*.toml"), *_folder().glob("packages/*.toml")])}


def _parent(extends: str, path: Path) -> Path:
    """Find what the file at `path` extends: a shipped name, or a path seen from the folder of that file."""
    names = _shipped_names()
    if extends in names:
        return names[extends]
    if (path.parent / extends).is_file():
        return path.parent / extends
    raise InputError(
        f"{path}: extends: {not_one_of(extends, 'framework or package', list(names))}, "
        "or the path of a TOML file as seen from this one"
    )


def _shipped_parent(extends: str, path: Path) -> Path:
    """Find what a text without a folder extends: a shipped name."""
    names = _shipped_names()
    if extends not in names:
        raise InputError(f"{path}: extends: {not_one_of(extends, 'framework or package', list(names))}")
    return names[extends]


def _replaced_whole(sections: Collection[str]) -> Callable[[Key], bool]:
    """Return whether a table given again replaces the old one, instead of being merged into it, by its key."""

    def is_whole(key: Key) -> bool:
        return (len(key) > 1 and key[0] in sections) or key[-1] == "source"

    return is_whole


def _without(table: Table, left_out: Any, sections: Collection[str], file: str) -> Table:
    """Return a framework's table without the clauses named, each as ``section.name``."""
    if not isinstance(left_out, list) or not all(isinstance(name, str) for name in left_out):
        raise InputError(f'{file}: leaves_out: given {shown(left_out)}; must be a list such as ["triggers.complaint"]')
    named = {name: table[name] for name in sections if isinstance(table.get(name), dict)}
    clauses = [f"{section}.{name}" for section, clauses in named.items() for name in clauses]
    unknown = next((name for name in left_out if name not in clauses), None)
    if unknown is not None:
        raise InputError(f"{file}: leaves_out: {not_one_of(unknown, 'inherited clause', clauses)}")
    kept = {
        section: {name: clause for name, clause in clauses.items() if f"{section}.{name}" not in left_out}
        for section, clauses in named.items()
    }
    return table | kept
