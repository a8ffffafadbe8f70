"""How many inspectors, and what each brings, over a set of fits: in sentences and tables, and as files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping, Missing
from simulator.answers.paragraphs import print_aside, print_paragraphs
from simulator.answers.run_files import (
    ANSWER,
    BY_FIT,
    CROSSINGS_BY_FIT,
    LEVELS_OVER_FITS_EXPECTED,
    LEVELS_OVER_FITS_FILES,
    SPREAD,
)
from simulator.questions.compare.answer import given, times_of
from simulator.questions.frontier.answer import crossings_frame
from simulator.questions.frontier.chart import numbers_frame
from simulator.questions.frontier.curves import Pair
from simulator.questions.frontier.words import curves_caveats, figures
from simulator.questions.over_fits.levels import FrontierOverFits, SizingOverFits, Spread, crossings_of, spread
from simulator.questions.size.answer import searched_for
from simulator.questions.size.tables import failed_levels_frame, size_frame
from simulator.questions.size.words import fte, sizing_caveats, targets_told
from simulator.render.writing import finish
from simulator.running.post_costs import price_of_post
from simulator.running.run_folder import FAILURES, provenance, write_question
from simulator.running.store import RunFolder
from simulator.words.money import pounds
from simulator.words.quantities import does, title_of, way
from simulator.words.wording import capital, counted, named, verb

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console


def size_sentences(sized: SizingOverFits) -> list[str]:
    """Report for each framework how many inspectors it takes over the fits."""
    return [_size_told(sized, name) for name in sized.question.names]


def _size_told(sized: SizingOverFits, name: str) -> str:
    one, title, of = sized.sizings[0], sized.question.titles[name], len(sized.numbers)
    found = sized.fte(name)
    without = int(np.isinf(found).sum())
    if without == of:
        return capital(f"{named(title)}: in no fit is any number of inspectors known to meet {targets_told(one)}.")
    over = spread(found)
    price = price_of_post(sized.question.scenario).pounds
    middle = "with no number in the median fit"
    if np.isfinite(over.median):
        middle = f"with {fte(one, over.median)} FTE in the median fit, {pounds(price * over.median)} a year"
    told = f"{named(title)} {verb(title, 'meets')} {targets_told(one)} {middle}"
    between = f"{fte(one, over.low)} to {fte(one, over.high) if np.isfinite(over.high) else 'no number'}"
    best = fte(one, over.best) if np.isfinite(over.best) else "no number"
    none = f"; in {without} of {of} the number is unknown" if without else ""
    return capital(f"{told} ({between} in nine in ten of them; best fit: {best}{none}).")


def frontier_told(traced: FrontierOverFits) -> list[str]:
    """Report for every two frameworks by every measure in how many fits the one does better, and where curves cross."""
    return [_pair_told(traced, pairs) for pairs in traced.pairs()]


def _pair_told(traced: FrontierOverFits, pairs: Sequence[Pair]) -> str:
    frontier, of = traced.frontiers[0], len(traced.numbers)
    first = pairs[0]
    signs = np.array([pair.course.signs for pair in pairs])
    ends = [figures(frontier, frontier.numbers[at]) for at in (0, -1)]
    title, other = traced.question.titles[first.framework], named(traced.question.titles[first.other])
    less, more = (signs == -1).sum(axis=0), (signs == 1).sum(axis=0)
    if not (less.any() or more.any()):
        between = f"{named(title)} and {other} ({title_of(first.quantity)})"
        return f"From {ends[0]} to {ends[1]} FTE no fit shows a clear difference between {between}."
    for sign, count in ((-1, less), (1, more)):
        if (count == of).all():
            what = does(title, first.quantity, sign)
            return capital(f"in all {of} fits and at every number from {ends[0]} to {ends[1]} FTE {what} than {other}.")
    sign, count = (-1, less) if less.sum() >= more.sum() else (1, more)
    against = more if sign == -1 else less
    told = (
        f"{does(title, first.quantity, sign)} than {other} in {count[0]} of {of} fits with {ends[0]} FTE and in "
        f"{count[-1]} with {ends[1]}"
    )
    if against.any():
        told += f", {way(first.quantity, -sign)} in {against[0]} and in {against[-1]}"
    crossings = crossings_of(pairs)
    if crossings:
        at = spread([each.at for each in crossings])
        low, middle, high = (figures(frontier, each) for each in (at.low, at.median, at.high))
        told += (
            f"; in {counted(len(crossings), 'fit')} the curves cross, with a median of {middle} FTE ({low} to {high})"
        )
    return capital(f"{told}. The others show no clear difference.")


def fits_caveat(answer: SizingOverFits | FrontierOverFits) -> str:
    """Report what the fits are, and that they spread for another reason than chance."""
    return (
        f"Answered for {counted(len(answer.numbers), 'fit')} of {answer.fits.name}, which fit the records about "
        "equally well: the best, and others spread evenly through the set. Their spread shows what the records do not "
        "determine. Random variation is additional, and is in the intervals of each fit."
    )


def spread_of_sizes(sized: SizingOverFits) -> "pd.DataFrame":
    """Lay out full-time equivalents and the cost of posts over the fits, a row for each framework."""
    import pandas as pd

    price = price_of_post(sized.question.scenario).pounds
    rows = []
    for name in sized.question.names:
        found = sized.fte(name)
        over = spread(found)
        rows.append(
            {"framework": name, "title": sized.question.titles[name], "pool": sized.sizings[0].pool}
            | {"fits": len(found), "fits_without_number": int(np.isinf(found).sum())}
            | {f"fte_{end}": _finite(value) for end, value in over._asdict().items()}
            | {f"posts_cost_per_year_{end}": _finite(price * value) for end, value in over._asdict().items()}
        )
    return pd.DataFrame(rows)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def sizes_by_fit(sized: SizingOverFits) -> "pd.DataFrame":
    """Lay out the answer of each fit, one fit after another."""
    import pandas as pd

    frames = [size_frame(each) for each in sized.sizings]
    return pd.concat(_numbered(frames, sized.numbers), ignore_index=True)


def spread_of_curves(traced: FrontierOverFits) -> "pd.DataFrame":
    """Lay out the curves over the fits: a row for each framework, measure and number of inspectors."""
    import pandas as pd

    frontier, rows = traced.frontiers[0], []
    for name in traced.question.names:
        for each in frontier.quantities:
            for place, fte_of in enumerate(frontier.numbers):
                over = spread(list(traced.means(name, each)[:, place]))
                row = {"framework": name, "service_type": each.service_type, "measure": each.measure, "fte": fte_of}
                rows.append(row | Spread(*over)._asdict() | {"fits": len(traced.numbers)})
    return pd.DataFrame(rows)


def _numbered(frames: "Sequence[pd.DataFrame]", numbers: Sequence[int]) -> "list[pd.DataFrame]":
    return [frame.assign(fit=number)[["fit", *frame.columns]] for frame, number in zip(frames, numbers, strict=True)]


def write_sizes(
    folder: RunFolder,
    sized: SizingOverFits,
    options: Mapping[str, Any],
    began: datetime,
    *,
    ended: datetime | None = None,
) -> list[str]:
    """Write a search over fits and put it in its place; give the names of the files."""
    times = times_of(began, ended)
    folder.write_text(ANSWER, as_text(answer_of(size_sentences(sized), _sizes_rest_on(sized))))
    folder.write_csv(SPREAD, spread_of_sizes(sized))
    folder.write_csv(BY_FIT, sizes_by_fit(sized))
    made = {"question": "size over fits", **searched_for(sized.sizings[0])}
    return _finish(folder, sized, made | times, options)


def write_frontiers(
    folder: RunFolder,
    traced: FrontierOverFits,
    options: Mapping[str, Any],
    began: datetime,
    *,
    ended: datetime | None = None,
) -> list[str]:
    """Write curves over fits and put them in their place; give the names of the files."""
    import pandas as pd

    times = times_of(began, ended)
    first = traced.frontiers[0]
    folder.write_text(ANSWER, as_text(answer_of(frontier_told(traced), _curves_rest_on(traced))))
    folder.write_csv(SPREAD, spread_of_curves(traced))
    for name, frames in (
        (BY_FIT, [numbers_frame(each, list(each.quantities)) for each in traced.frontiers]),
        (CROSSINGS_BY_FIT, [crossings_frame(each) for each in traced.frontiers]),
    ):
        folder.write_csv(name, pd.concat(_numbered(frames, traced.numbers), ignore_index=True))
    made = {
        "question": "frontier over fits",
        "pool": first.pool,
        "fte": list(first.numbers),
        "measures": [str(each) for each in first.quantities],
        "replications": {"finished": first.finished},
    }
    return _finish(folder, traced, made | times, options)


def _finish(
    folder: RunFolder, answer: SizingOverFits | FrontierOverFits, made: dict[str, Any], options: Mapping[str, Any]
) -> list[str]:
    write_question(folder, answer.question)
    import pandas as pd

    failed = failed_runs(answer)
    if failed:
        frames = _numbered([failed_levels_frame(each) for each in answer.failures], answer.numbers)
        folder.write_csv(FAILURES, pd.concat([each for each in frames if len(each)], ignore_index=True))
    over = {"fits": answer.fits.name, "fits_run": list(answer.numbers), "failures": failed}
    files = finish(folder, provenance(answer.question, given(options), made | over))
    if not failed:
        folder.forget()
    return files


def failed_runs(answer: SizingOverFits | FrontierOverFits) -> int:
    """Count the runs that failed, over all fits."""
    return sum(map(len, answer.failures))


def _sizes_rest_on(sized: SizingOverFits) -> list[str]:
    return [fits_caveat(sized), *sizing_caveats(sized.sizings[0])]


def _curves_rest_on(traced: FrontierOverFits) -> list[str]:
    return [fits_caveat(traced), *curves_caveats(traced.frontiers[0])]


def print_sizes(sized: SizingOverFits, console: "Console") -> None:
    """Print how many inspectors it takes over fits, and what that rests on."""
    _print(size_sentences(sized), _sizes_rest_on(sized), console)


def print_frontiers(traced: FrontierOverFits, console: "Console") -> None:
    """Print what each number of inspectors brings over fits, and what that rests on."""
    _print(frontier_told(traced), _curves_rest_on(traced), console)


def _print(told: Sequence[str], rests_on: Sequence[str], console: "Console") -> None:
    console.print()
    print_paragraphs(told, console)
    console.print()
    print_aside(rests_on, console)


SIZING_OVER_FITS: Final = Keeping(
    LEVELS_OVER_FITS_EXPECTED,
    LEVELS_OVER_FITS_FILES,
    write_sizes,
    print_sizes,
    lambda sized: Missing(failed_runs(sized), 1, 1),
)
FRONTIER_OVER_FITS: Final = Keeping(
    LEVELS_OVER_FITS_EXPECTED,
    LEVELS_OVER_FITS_FILES,
    write_frontiers,
    print_frontiers,
    lambda traced: Missing(failed_runs(traced), 1, 1),
)
