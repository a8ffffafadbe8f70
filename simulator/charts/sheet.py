"""The sheet that a chart is drawn on: title, what is measured, the plot, and where it comes from.

A sheet is 800 pixels wide where it is shown, and twice as fine in the PNG. Both files are the same to the last
byte for the same data: no date, no version of the drawing library, no chance in the names inside.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from simulator.charts.lettering import in_lines
from simulator.charts.palette import ALIKE, QUIET, STYLE, TYPEFACE
from simulator.version import __version__

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Form = Literal["svg", "png", "narrow"]
FORMS: Final[tuple[Form, ...]] = ("svg", "png")
"""In which a picture is written; ``narrow``, for the screen of a telephone, where somebody shows it on one."""
WIDTH: Final = 8.0
"""Inches, of 100 pixels each where the sheet is shown."""
NARROW: Final = 3.6
"""Inches of a sheet for a narrow screen."""
LEFT: Final = 0.15
"""Inches left free beside text."""
_TITLE_LINE: Final = 0.25
_TEXT_LINE: Final = 0.19
_RESTS_ON: Final = "It depends on assumptions: the report lists each."
"""What a picture says of assumptions, to people who may have nothing but the picture."""


@contextmanager
def drawing() -> Iterator[None]:
    """Draw as `STYLE` says, whatever the settings of the machine."""
    from matplotlib import style

    with style.context(["default", STYLE]):
        yield


class Chart(NamedTuple):
    """One chart: its picture, and what to say where it cannot be seen."""

    name: str
    """Name of its files, without the ending."""
    title: str
    """What is to be seen."""
    alt: str
    """The same and the main numbers, for those who do not see it."""
    figure: "Figure"
    narrow: "Callable[[], Figure] | None" = None
    """Draws it on a sheet for a narrow screen, where it can be."""

    def svg(self) -> bytes:
        """Draw it as an SVG that gives its title and description to a screen reader."""
        drawn = BytesIO()
        self._save(drawn, "svg", {"Date": None, "Creator": None})
        return _with_description(drawn.getvalue().decode(), self.name, self.title, self.alt).encode()

    def narrow_svg(self) -> bytes:
        """Draw it as an SVG for a narrow screen.

        Raises
        ------
        ValueError
            If it has no such drawing.
        """
        if self.narrow is None:
            raise ValueError(f"{self.name}: has no drawing for narrow screens")
        with drawing():
            return self._replace(figure=self.narrow()).svg()

    def png(self) -> bytes:
        """Draw it as a PNG of 1,600 pixels' width."""
        drawn = BytesIO()
        self._save(drawn, "png", {"Software": None, "Title": self.title, "Description": self.alt})
        return drawn.getvalue()

    def __repr__(self) -> str:
        return self.alt

    def _repr_svg_(self) -> str:
        return self.svg().decode()

    def _save(self, drawn: BytesIO, form: str, metadata: dict[str, str | None]) -> None:
        with drawing():
            self.figure.savefig(drawn, format=form, dpi=200, metadata=metadata)

    def write(self, folder: Path, forms: Sequence[Form] = FORMS) -> list[Path]:
        """Write it into a folder that exists, a file in each form; give their paths."""
        files = {}
        for form in forms:
            if form == "svg":
                files[folder / f"{self.name}.svg"] = self.svg()
            elif form == "png":
                files[folder / f"{self.name}.png"] = self.png()
            elif self.narrow:
                files[folder / f"{self.name}-narrow.svg"] = self.narrow_svg()
        for path, drawn in files.items():
            path.write_bytes(drawn)
        return list(files)


def _with_description(svg: str, name: str, title: str, alt: str) -> str:
    """Put title and description where assistive technology looks for them, and name typefaces for other machines."""
    told = (
        f' role="img" aria-labelledby="{name}-title {name}-desc">\n'
        f' <title id="{name}-title">{escape(title)}</title>\n <desc id="{name}-desc">{escape(alt)}</desc>'
    )
    start = svg.index("<svg ")
    end = svg.index(">", start)
    return f"{svg[:end]}{told}{svg[end + 1 :]}".replace(f"'{TYPEFACE}'", f"'{TYPEFACE}', {ALIKE}")


def source_of(own_register: bool) -> str:
    """Report where the numbers come from and what they rest on."""
    providers = "providers of your register" if own_register else "synthetic providers"
    return f"Source: simulation of {providers}, inspectsim {__version__}. {_RESTS_ON}"


class Room(NamedTuple):
    """Where the plot goes on a sheet, in shares of its width and height."""

    bottom: float
    top: float


def sheet(title: str, what: str, height: float, source: str, width: float = WIDTH) -> "tuple[Figure, Room]":
    """Begin a sheet.

    Parameters
    ----------
    title : str
        What is to be seen; wrapped over as many lines as it needs.
    what : str
        What is measured, in which unit, of whom.
    height : float
        Inches for the plot, its labels included. Text above and below comes on top.
    source : str
        Where the numbers come from.
    width : float
        Inches: `WIDTH` or `NARROW`.
    """
    from matplotlib.figure import Figure

    size = 13 if width == WIDTH else 11.5
    titles = in_lines(title, width - 2 * LEFT, size, "bold")
    whats = in_lines(what, width - 2 * LEFT, 10)
    sources = in_lines(source, width - 2 * LEFT, 8.5)
    above = 0.15 + _TITLE_LINE * len(titles) + 0.05 + _TEXT_LINE * len(whats) + 0.1
    below = 0.15 + _TEXT_LINE * len(sources) + 0.05
    total = above + height + below
    figure = Figure(figsize=(width, total), facecolor="white")
    down = 0.15
    down = _write_lines(figure, titles, down, _TITLE_LINE, size=size, weight="bold")
    _write_lines(figure, whats, down + 0.05, _TEXT_LINE, size=10, weight="normal")
    figure.text(LEFT / width, 0.12 / total, "\n".join(sources), size=8.5, color=QUIET, va="bottom")
    return figure, Room(below / total, 1 - above / total)


def _write_lines(figure: "Figure", texts: Sequence[str], down: float, step: float, size: float, weight: str) -> float:
    """Write lines at the left, from `down` inches below the top; give how far down they reach."""
    width, height = figure.get_figwidth(), figure.get_figheight()
    for line in texts:
        figure.text(LEFT / width, 1 - down / height, line, size=size, weight=weight, va="top")
        down += step
    return down
