"""Of 100 providers that become poor, a dot for each: found within 90 days, found later, never found."""

from math import ceil
from typing import TYPE_CHECKING, Final

from simulator.charts.lettering import in_lines
from simulator.charts.palette import DARK_BLUE, DARK_PINK, INK
from simulator.charts.sheet import LEFT, WIDTH, Chart, sheet, source_of
from simulator.questions.compare.course import under_the_title
from simulator.questions.compare.of_hundred import GROUPS, WORDS, OfHundred, of_hundred
from simulator.words.estimates import Estimated, subject_of
from simulator.words.wording import joined, named

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_A_ROW: Final = 3
"""Panels next to each other."""
_WIDE: Final = (WIDTH - 2 * LEFT) / _A_ROW
_NAME: Final = 0.46
"""Inches above the dots: two lines."""
_DOTS: Final = 1.75
"""Inches of the square of dots."""
_COUNTS: Final = 0.72
"""Inches below the dots: three lines."""
_PANEL: Final = _NAME + _DOTS + _COUNTS
_LINE: Final = 0.2
_SIDE: Final = 10
"""Dots in a line."""
_LIGHT_BLUE: Final = "#8CB3D9"
_FACES: Final = {"soon": DARK_BLUE, "later": _LIGHT_BLUE, "never": "none"}
_EDGES: Final = {"soon": DARK_BLUE, "later": _LIGHT_BLUE, "never": DARK_PINK}


def found_chart(compared: Estimated) -> Chart:
    """Draw a square of 100 dots for each framework; those never found are rings."""
    subject = subject_of(compared)
    counted = of_hundred(compared, subject)
    title = found_headline(compared)
    what = f"Of 100 {subject.providers.removeprefix('all ')} that become poor{under_the_title(compared)}"
    rows = max(1, ceil(len(counted) / _A_ROW))
    drawn, room = sheet(title, what, _PANEL * rows, source_of(compared.own_register))
    top = room.top * drawn.get_figheight()
    for place, (name, numbers) in enumerate(counted.items()):
        left = LEFT + _WIDE * (place % _A_ROW)
        _draw_panel(drawn, compared.titles[name], numbers, left, top - _PANEL * (place // _A_ROW))
    told = [
        f"{named(compared.titles[name])}: {joined([f'{getattr(numbers, group)} {WORDS[group]}' for group in GROUPS])}"
        for name, numbers in counted.items()
    ]
    return Chart("found", title, f"Squares of 100 dots. {title} {'; '.join(told)}.", drawn)


def found_headline(compared: Estimated) -> str:
    """Report how many of 100 are found within 90 days under each framework."""
    subject = subject_of(compared)
    told = [
        f"{numbers.soon} under {named(compared.titles[name])}"
        for name, numbers in of_hundred(compared, subject).items()
    ]
    if not told:
        return f"Too few {subject.short} become poor to count how many are found."
    return f"Found within 90 days, of 100 {subject.short} that become poor: {joined(told)}."


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


def _draw_panel(drawn: "Figure", title: str, numbers: OfHundred, left: float, top: float) -> None:
    """Draw one framework: its name, its dots, its three numbers; `left` and `top` in inches."""
    height = drawn.get_figheight()
    for line, text in enumerate(in_lines(title, _WIDE - 0.2, 10, "bold")[:2]):
        drawn.text(left / WIDTH, (top - _LINE * line) / height, text, size=10, weight="bold", va="top")
    size = (left / WIDTH, (top - _NAME - _DOTS) / height, _DOTS / WIDTH, _DOTS / height)
    _draw_dots(drawn.add_axes(size), numbers)
    down = top - _NAME - _DOTS - 0.08
    for line, group in enumerate(GROUPS):
        text = f"{getattr(numbers, group)} {WORDS[group]}"
        ink = DARK_PINK if group == "never" else INK
        drawn.text(left / WIDTH, (down - _LINE * line) / height, text, size=10, va="top", color=ink)


def _draw_dots(axes: "Axes", numbers: OfHundred) -> None:
    groups = [group for group in GROUPS for _ in range(getattr(numbers, group))]
    for group in GROUPS:
        places = [place for place, of in enumerate(groups) if of == group]
        axes.scatter(
            [place % _SIDE for place in places],
            [-(place // _SIDE) for place in places],
            s=95,
            facecolors=_FACES[group],
            edgecolors=_EDGES[group],
            linewidths=1.4,
            clip_on=False,
        )
    axes.set_xlim(-0.5, _SIDE - 0.5)
    axes.set_ylim(0.5 - _SIDE, 0.5)
    axes.set_axis_off()
