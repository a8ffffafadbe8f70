"""The framework file that comes of the form Write your own option: what differs from the framework begun from."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.frameworks.own import toml, toml_key
from simulator.inspectorate.one_number import by_rating_in_short

_MERGED: Final = "kinds"
"""Section whose tables change only in what is given: the source of the rest stays, and says which file gave what."""
_HEAD: Final = """\
# Your own framework, written with the form of inspectsim. Everything that is not stated here is as under {begin}.
# You can upload it to the form again, or use it with the commands:
#     inspectsim frameworks check FILE
#     inspectsim compare --framework 2006-regime --framework FILE
"""


def file_of(head: Mapping[str, str], begin: str | list[str], changes: Mapping[str, Any], source: str) -> str:
    """Write the file.

    Parameters
    ----------
    head
        Title and summary.
    begin
        Shipped name of the framework that it begins from, or that and the package that it carries.
    changes
        ``leaves_out``, and clauses by section and name; one without a source rests on `source`.
    source
        Why it is proposed.
    """
    named = begin if isinstance(begin, str) else " with ".join(begin)
    lines = [_HEAD.format(begin=named)]
    lines += [f"{key} = {toml(text)}" for key, text in head.items()]
    lines.append(f"extends = {toml(begin)}")
    if changes.get("leaves_out"):
        lines.append(f"leaves_out = {toml(changes['leaves_out'])}")
    for section, clauses in changes.items():
        if section != "leaves_out":
            for name, clause in clauses.items():
                own = {"source": {"assumption": source}} if section != _MERGED else {}
                lines += _clause(section, name, own | clause)
    return "\n".join(lines) + "\n"


def _clause(section: str, name: str, clause: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"[{section}.{toml_key(name)}]"
    for key, value in clause.items():
        if key != "source":
            yield f"{toml_key(key)} = {toml(by_rating_in_short(value))}"
    if "source" in clause:
        yield f"source = {toml(clause['source'])}"
