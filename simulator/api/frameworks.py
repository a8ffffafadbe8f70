"""Frameworks of one's own: begin one from another, and ask what it would do."""

from html import escape
from pathlib import Path

from simulator.api.asked import GivenFramework, plainly
from simulator.frameworks.check import Checked, parts_of_check, read
from simulator.frameworks.own import begin_own
from simulator.inspectorate.framework import Framework


class Check:
    """What a framework would do, in words, and what in it looks odd; shows itself in a notebook."""

    def __init__(self, checked: Checked) -> None:
        self.framework: Framework = checked.framework
        self.parts: dict[str, list[str]] = parts_of_check(checked)
        """Lines by heading: what falls due, what comes besides, what an inspection takes, what differs from the
        framework that it extends, what is missing or looks odd."""

    def __repr__(self) -> str:
        return "\n\n".join(
            "\n".join([heading, *(f"  {each}" for each in told)]) for heading, told in self.parts.items()
        )

    def _repr_html_(self) -> str:
        told = [
            f"<h4>{escape(heading)}</h4><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
            for heading, lines in self.parts.items()
        ]
        return f'<div style="max-width:60em">{"".join(told)}</div>'


@plainly()
def check_framework(framework: GivenFramework) -> Check:
    """Say in words what a framework would do, what it has otherwise than the one it extends, and what is missing.

    Parameters
    ----------
    framework : Framework, str or Path
        A shipped name, or the path of a TOML file. Of one that is loaded it is not known any more what it extends.

    Raises
    ------
    InputError
        If it cannot be found, read or used.

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
    """Begin a framework of your own: write a file with every rule and what it means, to change with a text editor.

    Parameters
    ----------
    name : str
        What it is to be called, such as ``my-option``.
    begin_from : str or Path
        Framework to begin from: a shipped name, or the path of a TOML file. As written, it has the same rules.
    folder : str or Path
        Made if it is not there; nothing in it is overwritten.

    Returns
    -------
    Path
        The file, ``NAME.toml``.

    Raises
    ------
    InputError
        If it cannot be called so, there is a file of this name, or it cannot be written.

    Examples
    --------
    >>> import simulator
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     simulator.load_framework(simulator.new_framework("my-option", "option-a", folder)).name
    'my-option'
    """
    return begin_own(name, str(begin_from), Path(folder))[0]
