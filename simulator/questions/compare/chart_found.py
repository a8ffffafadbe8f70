"""Of 100 providers that become poor, a dot for each: found within 90 days, found later, never found."""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Final

from simulator.charts.lettering import in_lines
from simulator.charts.palette import DARK_BLUE, DARK_PINK, INK, TURQUOISE
from simulator.charts.sheet import LEFT, WIDTH, Chart, sheet, source_of
from simulator.questions.compare.course import under_the_title
from simulator.questions.compare.headlines import named_in_title
from simulator.questions.compare.of_hundred import GROUPS, WORDS, OfHundred, of_hundred
from simulator.words.estimates import Estimated, subject_of
from simulator.words.wording import joined, named

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_FEWEST_A_ROW: Final = 3
_FOUR: Final = 4
"""Panels next to each other: three, or four where there are just four."""
_LINE: Final = 0.2
"""Inches."""
_DOTS: Final = 1.5
"""Inches of the square of dots."""
_COUNTS: Final = 0.85
"""Inches below the dots: three lines."""
_SIDE: Final = 10
"""Dots in a line."""
_SIZES: Final = {"soon": 70, "later": 32, "never": 70}
"""Of dots, in square points: without colour, too, they differ."""
_FACES: Final = {"soon": DARK_BLUE, "later": TURQUOISE, "never": "none"}
_EDGES: Final = {"soon": DARK_BLUE, "later": TURQUOISE, "never": DARK_PINK}


def found_chart(compared: Estimated) -> Chart:
    """Draw a square of 100 dots for each framework; those never found are rings."""
    subject = subject_of(compared)
    counted = of_hundred(compared, subject)
    title = found_headline(compared)
    what = f"Of 100 {subject.providers.removeprefix('all ')} that become poor{under_the_title(compared)}"
    a_row = _FOUR if len(counted) == _FOUR else _FEWEST_A_ROW
    wide = (WIDTH - 2 * LEFT) / a_row
    names = {name: in_lines(compared.titles[name], wide - 0.2, 10, "bold") for name in counted}
    name_height = _LINE * max(map(len, names.values()), default=1) + 0.08
    panel = name_height + _DOTS + _COUNTS
    drawn, room = sheet(title, what, panel * max(1, ceil(len(counted) / a_row)), source_of(compared.own_register))
    top = room.top * drawn.get_figheight()
    for place, (name, numbers) in enumerate(counted.items()):
        left, down = LEFT + wide * (place % a_row), top - panel * (place // a_row)
        _write_lines(drawn, names[name], left, down, [INK] * len(names[name]), "bold")
        _draw_dots(drawn, numbers, left, down - name_height - _DOTS)
        counts = [f"{getattr(numbers, group)} {WORDS[group]}" for group in GROUPS]
        _write_lines(drawn, counts, left, down - name_height - _DOTS - 0.08, [INK, INK, DARK_PINK], "normal")
    told = [
        f"{named(compared.titles[name])}: {joined([f'{getattr(numbers, group)} {WORDS[group]}' for group in GROUPS])}"
        for name, numbers in counted.items()
    ]
    return Chart("found", title, f"Squares of 100 dots. {title}. {'; '.join(told)}.", drawn)


def found_headline(compared: Estimated) -> str:
    """Report how many of 100 are found within 90 days under the frameworks that a title has room for."""
    subject = subject_of(compared)
    counted = of_hundred(compared, subject)
    if not counted:
        return f"Too few {subject.short} become poor to count how many are found"
    shown = [name for name in (compared.baseline, *named_in_title(compared)) if name in counted]
    told = joined([f"{counted[name].soon} under {named(compared.titles[name])}" for name in shown])
    return f"Found within 90 days, of 100 {subject.short} that become poor: {told}"


def found_table(compared: Estimated) -> "pd.DataFrame":
    """Return the numbers of the chart: columns framework, service_type, group, providers."""
    import pandas as pd

    subject = subject_of(compared)
    rows = [
        (name, subject.service_type, WORDS[group], getattr(numbers, group))
        for name, numbers in of_hundred(compared, subject).items()
        for group in GROUPS
    ]
    return pd.DataFrame(rows, columns=["framework", "service_type", "group", "of_hundred"])


def _write_lines(
    drawn: "Figure", lines: Sequence[str], left: float, top: float, inks: Sequence[str], weight: str
) -> None:
    """Write lines one below another, `left` and `top` in inches."""
    for line, (text, ink) in enumerate(zip(lines, inks, strict=True)):
        up = (top - _LINE * line) / drawn.get_figheight()
        drawn.text(left / WIDTH, up, text, size=10, weight=weight, va="top", color=ink)


def _draw_dots(drawn: "Figure", numbers: OfHundred, left: float, bottom: float) -> None:
    """Draw the dots of one framework, from the first found to those never found; `left` and `bottom` in inches."""
    height = drawn.get_figheight()
    axes = drawn.add_axes((left / WIDTH, bottom / height, _DOTS / WIDTH, _DOTS / height))
    groups = [group for group in GROUPS for _ in range(getattr(numbers, group))]
    for group in GROUPS:
        places = [place for place, of in enumerate(groups) if of == group]
        axes.scatter(
            [place % _SIDE for place in places],
            [-(place // _SIDE) for place in places],
            s=_SIZES[group],
            facecolors=_FACES[group],
            edgecolors=_EDGES[group],
            linewidths=1.4,
            clip_on=False,
        )
    axes.set_xlim(-0.5, _SIDE - 0.5)
    axes.set_ylim(0.5 - _SIDE, 0.5)
    axes.set_axis_off()
