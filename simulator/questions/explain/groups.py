"""Groups of the parts in which two frameworks differ: by subject, clause by clause, or as a file has them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple

from simulator.frameworks.clause_rows import said
from simulator.inputs.messages import InputError, Named, nearest, not_one_of, shown
from simulator.inputs.toml_files import read_toml
from simulator.inspectorate.named_clauses import concerned
from simulator.inspectorate.sources import documents
from simulator.questions.explain.parts import Pair, Part, mixed, parts_of
from simulator.questions.explain.ways import FIGURES, PARAGRAPHS, WAYS
from simulator.words.wording import capital, joined

_HOMES: Final = {"childrens_home", "secure_childrens_home"}
_REST: Final = "everything else"
_MOST_GROUPS: Final = 11
"""Of which every choice can be checked."""


class Group(NamedTuple):
    """Parts that come together."""

    title: str
    """What they are, within a sentence."""
    parts: tuple[Part, ...]
    paragraphs: str = ""
    """Places in documents that they cite."""
    within: str = ""
    """What it is a member of, where members of the same come one after another."""
    together: str = ""
    """Why parts stand here that seem to belong elsewhere, as a sentence."""


Belongs = Callable[[Part, Any], bool]


def _of(*sections: str) -> Belongs:
    return lambda part, _: part.section in sections


def _frequency(of_homes: bool, sooner: bool = False) -> Belongs:
    """Return whether a part is a rule on the frequency of visits, of homes or of others, of law or at discretion."""

    def belongs(part: Part, clause: Any) -> bool:
        if part.section != "rules":
            return part.section in ("alignments", "inclusions") and not of_homes and not sooner
        is_sooner = not clause.statutory and clause.priority is not None
        return is_sooner if sooner else not is_sooner and of_homes == (set(concerned(clause)) <= _HOMES)

    return belongs


_ABOUT: Final[tuple[tuple[str, Belongs], ...]] = (
    ("how often homes are inspected", _frequency(of_homes=True)),
    ("how often other services are inspected", _frequency(of_homes=False)),
    ("visits sooner than the minimum", _frequency(of_homes=False, sooner=True)),
    ("first inspections and re-inspections", _of("first_inspections", "reinspections")),
    ("what an inspection takes and sees", _of("kinds", "severity", "overall_judgements")),
    ("random and themed inspections", _of("samples")),
    ("visits to whom they are worth most", _of("targeting")),
    ("the yearly assessment", _of("assessments")),
    ("visits after news", _of("triggers")),
    ("self-assessments", _of("self_assessments")),
    ("improvement plans and enforcement", _of("improvement_plans", "enforcement")),
)
"""What parts are about, in the order of the consultation of 2006 (3.1.2 to 3.3.3)."""

_NEEDED: Final[Mapping[str, str]] = {
    "self_assessments": "A visit after a breach is counted with self-assessments: a breach is one that is missing or "
    "misleads.",
    "improvement_plans": "A visit after a breach is counted with improvement plans: a breach is one that is refused.",
}
"""Sections without which there are no breaches, in the order in which a trigger on them goes there, and the reason."""


def groups_of(pair: Pair, by: str) -> list[Group]:
    """Return the groups of what differs between two frameworks.

    Parameters
    ----------
    pair
        The frameworks.
    by
        One of `WAYS`, or the path of a TOML file with a table ``[groups]``: titles with lists of clauses.

    Raises
    ------
    InputError
        If it is neither, or the file cannot be used.
    """
    parts = parts_of(pair, figures=by == FIGURES)
    if by not in WAYS:
        return _kept_together(pair, list(_by_file(pair, parts, by)))
    about = _kept_together(pair, list(_by_subject(pair, parts)))
    if by == PARAGRAPHS:
        return about
    alone = [
        Group(_title_of(part), (part,), _cited(pair, [part]), group.title) for group in about for part in group.parts
    ]
    return _kept_together(pair, alone)


def unions_of(groups: Sequence[Group]) -> list[list[int]]:
    """Return the positions of groups by what they are members of."""
    unions: dict[str, list[int]] = {}
    for position, group in enumerate(groups):
        unions.setdefault(group.within or str(position), []).append(position)
    return list(unions.values())


def _by_subject(pair: Pair, parts: Sequence[Part]) -> Iterator[Group]:
    subjects: dict[str, list[Part]] = {title: [] for title, _ in _ABOUT}
    why: dict[str, str] = {}
    for part in parts:
        subject, reason = _subject(part, pair, parts)
        subjects[subject].append(part)
        why[subject] = why.get(subject) or reason
    for title, mine in subjects.items():
        if mine:
            yield Group(title, tuple(mine), _cited(pair, mine), together=why[title])


def _subject(part: Part, pair: Pair, parts: Sequence[Part]) -> tuple[str, str]:
    """Return what a part is about, and why where that is not its own section."""
    clause, section, reason = pair.clause(part), part.section, ""
    if section == "triggers" and getattr(clause, "signal", "") == "breach":
        there = {other.section for other in parts}
        section = next((needed for needed in _NEEDED if needed in there), section)
        reason = _NEEDED.get(section, "")
    looked_at = part._replace(section=section)
    return next(title for title, belongs in _ABOUT if belongs(looked_at, clause)), reason


def _by_file(pair: Pair, parts: Sequence[Part], file: str) -> Iterator[Group]:
    if not Path(file).suffix:
        raise InputError(
            Named("by"), f": given {shown(file)}{nearest(file, WAYS) or ';'} allowed: {', '.join(WAYS)}, or a TOML file"
        )
    table = read_toml(Path(file))
    given = table.get("groups")
    if set(table) != {"groups"} or not isinstance(given, dict) or not 0 < len(given) <= _MOST_GROUPS:
        raise InputError(
            f'{file}: must have one table, [groups], with 1 to {_MOST_GROUPS} lists such as "Homes" = '
            '["rules.childrens-homes"]'
        )
    left = {part.key: part for part in parts}
    keys = [*left, *dict.fromkeys(part.section for part in parts)]
    for title, names in given.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise InputError(f'{file}: groups.{title}: given {shown(names)}; must be a list such as ["triggers"]')
        mine = []
        for name in names:
            if name not in keys:
                raise InputError(f"{file}: groups.{title}: {not_one_of(name, 'clause that differs', keys)}")
            found = [key for key in left if key == name or key.startswith(f"{name}.")]
            if not found:
                raise InputError(f"{file}: groups.{title}: {name} is already in another group; allowed: once")
            mine += [left.pop(key) for key in found]
        yield Group(title, tuple(mine), _cited(pair, mine))
    if left:
        yield Group(_REST, tuple(left.values()), _cited(pair, list(left.values())))


def _kept_together(pair: Pair, groups: list[Group]) -> list[Group]:
    """Put groups together that are no framework without one another: the fewest first."""
    positions = range(len(groups))
    for taken in _to_check(len(groups)):
        if mixed(pair, _all(groups, taken), "checked") is not None:
            continue
        others = [position for position in positions if position not in taken]
        larger = (more for size in range(1, len(others)) for more in combinations(others, size))
        fits = (more for more in larger if mixed(pair, _all(groups, (*taken, *more)), "checked") is not None)
        return _kept_together(pair, _put_together(pair, groups, (*taken, *next(fits, others))))
    return groups


def _to_check(count: int) -> Iterator[tuple[int, ...]]:
    """Return the choices among some groups, the smallest first; of very many the smallest and the largest alone."""
    sizes = range(1, count) if count <= _MOST_GROUPS else (1, 2, count - 2, count - 1)
    return (taken for size in sizes for taken in combinations(range(count), size))


def _put_together(pair: Pair, groups: Sequence[Group], positions: Iterable[int]) -> list[Group]:
    members = sorted(set(positions))
    one = [groups[position] for position in members]
    title = joined([group.title for group in one], "and")
    parts = tuple(part for group in one for part in group.parts)
    reason = f"{capital(title)} are one part here: the one cannot be in force without the other."
    whole = Group(title, parts, _cited(pair, parts), one[0].within, reason)
    kept = [group for position, group in enumerate(groups) if position not in members]
    return [*kept[: members[0]], whole, *kept[members[0] :]]


def _all(groups: Sequence[Group], positions: Iterable[int]) -> list[Part]:
    return [part for position in positions for part in groups[position].parts]


def _title_of(part: Part) -> str:
    name = part.name.replace("-", " ").replace("_", " ")
    of = f" ({' '.join(said(key) for key in part.figure)})" if part.figure else ""
    return f"{name}{of}, {said(part.section)}"


def _cited(pair: Pair, parts: Iterable[Part]) -> str:
    """Name the places in documents that parts cite, each once."""
    by_document: dict[str, dict[str, None]] = {}
    for part in parts:
        source = pair.clause(part).source
        if source.document and source.paragraph:
            places = by_document.setdefault(documents()[source.document].short, {})
            places.update(dict.fromkeys(place.strip() for place in source.paragraph.split(",")))
    return "; ".join(f"{document}: {', '.join(sorted(places, key=_place))}" for document, places in by_document.items())


def _place(paragraph: str) -> tuple[tuple[int, str], ...]:
    """Order paragraphs as their document does: 3.1.2 before 3.1.11."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in paragraph.split("."))
