"""How charts look: colours, lines, marks and type, by the guidance of the Government Analysis Function.

*Data visualisation: charts* and *Data visualisation: colours* (Government Analysis Function): at most four
series to a chart, told apart by more than their colour; bars begin at nought; titles say what is to be seen.
"""

from typing import Any, Final, NamedTuple

DARK_BLUE: Final = "#12436D"
TURQUOISE: Final = "#28A197"
DARK_PINK: Final = "#801650"
ORANGE: Final = "#F46A25"

INK: Final = "#222222"
QUIET: Final = "#595959"
"""Grey that text may still have on white."""
RULE: Final = "#D0D0D0"
SHADE: Final = "#EFEFEF"


class Look(NamedTuple):
    """How one series is drawn."""

    colour: str
    line: Any
    marker: Any


LOOKS: Final[tuple[Look, ...]] = (
    Look(DARK_BLUE, "-", "o"),
    Look(TURQUOISE, (0, (6, 2)), "s"),
    Look(DARK_PINK, (0, (1.5, 1.5)), "^"),
    Look(ORANGE, (0, (6, 2, 1.5, 2)), "D"),
)
"""The four looks, in the order of the frameworks. There is no fifth: more frameworks get a panel each."""

MOST_SERIES: Final = len(LOOKS)

# DejaVu Sans comes with Matplotlib, so that every machine draws the same bytes. Text stays text in the SVG, so
# that it can be read aloud, searched and copied.
TYPEFACE: Final = "DejaVu Sans"
ALIKE: Final = "Verdana, sans-serif"
"""Typefaces of the same width, for machines that show an SVG and do not have the other."""

STYLE: Final[dict[str, Any]] = {
    "font.family": [TYPEFACE],
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "axes.unicode_minus": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.major.pad": 6,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.8,
    "lines.linewidth": 2,
    "lines.markersize": 6,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "inspectsim",
    "path.simplify": False,
    # The title of somebody's own framework is text, whatever dollar signs are in it.
    "text.parse_math": False,
}
