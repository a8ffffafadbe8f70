"""Frameworks of your own: start one from another, and check its effect."""

from html import escape
from pathlib import Path

from simulator.api.asked import GivenFramework, plainly
from simulator.frameworks.check import Checked, parts_of_check, read
from simulator.frameworks.own import begin_own
from simulator.inspectorate.framework import Framework


class Check:
    """The effect of a framework in words, and what in it looks odd; a notebook shows it as headings and lists."""

    def __init__(self, checked: Checked) -> None:
        self.framework: Framework = checked.framework
        self.parts: dict[str, list[str]] = parts_of_check(checked)
        """Lines by heading: what falls due, other inspections, the length of an inspection, differences from the
        framework that it extends, and what is missing or looks odd."""

    def __repr__(self) -> str:
        return "\n\n".join(
            "\n".join([heading, *(f"  {line}" for line in lines)]) for heading, lines in self.parts.items()
        )

    def _repr_html_(self) -> str:
        told = [
            f"<h4>{escape(heading)}</h4><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
            for heading, lines in self.parts.items()
        ]
        return f'<div style="max-width:60em">{"".join(told)}</div>'


@plainly()
def check_framework(framework: GivenFramework) -> Check:
    """Describe the effect of a framework in words, its differences from the one it extends, and what is missing.

    Parameters
    ----------
    framework : Framework, str or Path
        Name of a shipped framework, or path of a TOML file. A loaded framework no longer knows the one it extends, so
        its differences are left out.

    Raises
    ------
    InputError
        If the framework cannot be found, read or used.

    Examples
    --------
    >>> import simulator
    >>> list(simulator.check_framework("option-b").parts)[:2]
    ['Option B', 'What falls due']
    """
    if isinstance(framework, Framework):
        return Check(Checked(framework, "", None, {}))
    return Check(read(str(framework)))


@plainly()
def new_framework(name: str, begin_from: str | Path, folder: str | Path = ".") -> Path:
    """Start a framework of your own: a file with every rule and its meaning, to change with a text editor.

    Parameters
    ----------
    name : str
        Name of the new framework, such as ``my-option``.
    begin_from : str or Path
        Framework to start from: name of a shipped one, or path of a TOML file. The new file has the same rules.
    folder : str or Path
        Folder for the file, created if it does not exist. Nothing in it is overwritten.

    Returns
    -------
    Path
        Path of the file, ``NAME.toml``.

    Raises
    ------
    InputError
        If the name cannot be used, a file of this name exists, or the file cannot be written.

    Examples
    --------
    >>> import simulator
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     simulator.load_framework(simulator.new_framework("my-option", "option-a", folder)).name
    'my-option'
    """
    return begin_own(name, str(begin_from), Path(folder))[0]
