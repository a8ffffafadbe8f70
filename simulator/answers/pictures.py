"""The charts of a run as elements that can be put into one page: safe, and no two with a name in common."""

import re
import xml.etree.ElementTree as ET
from typing import Final, NamedTuple

from simulator.answers.kept_run import KeptRun
from simulator.inputs.messages import InputError

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_ELEMENTS: Final = (
    *("svg", "g", "defs", "title", "desc", "path", "rect", "line", "circle", "ellipse", "polygon", "polyline"),
    *("text", "tspan", "use", "clipPath", "pattern", "symbol"),
)
"""What a drawing is made of; whatever else a file may hold is left out."""
_STROKES: Final = "stroke-linejoin: round; stroke-linecap: butt"
"""The style sheet of a chart, set on the picture itself so that it holds for that picture alone."""
_NAMED: Final = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")


class Picture(NamedTuple):
    """A chart out of the folder of a run."""

    title: str
    alt: str
    svg: str
    shape: tuple[float, float]
    """Width and height, in units of its own."""


def picture(run: KeptRun, name: str) -> Picture:
    """Read the chart of a name, its title and its description.

    Raises
    ------
    InputError
        If it is missing or no drawing.
    """
    file = f"charts/{name}.svg"
    try:
        root = ET.fromstring(run.content(file))
    except ET.ParseError as error:
        raise InputError(f"{run.folder / file}: is not a drawing ({error})") from error
    told = {_local(child.tag): child.text or "" for child in root[:2]}
    *_, width, height = map(float, root.get("viewBox", "0 0 800 450").split())
    _cleaned(root, f"{name}--")
    for size in ("width", "height", "version"):
        root.attrib.pop(size, None)
    root.set("style", _STROKES)
    root.set("focusable", "false")
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    svg = ET.tostring(root, encoding="unicode").strip()
    return Picture(told.get("title", name), told.get("desc", ""), svg, (width, height))


def _cleaned(element: ET.Element, prefix: str) -> None:
    """Leave nothing in a drawing but shapes and words, and begin each of its names with a prefix."""
    for key, value in list(element.attrib.items()):
        name = _local(key)
        if name.startswith("on") or (name == "href" and not value.startswith("#")) or _points_away(value):
            del element.attrib[key]
        elif name == "id":
            element.set(key, prefix + value)
        elif name == "href":
            element.set(key, f"#{prefix}{value[1:]}")
        elif name == "aria-labelledby":
            element.set(key, " ".join(prefix + name_of_part for name_of_part in value.split()))
        else:
            element.set(key, _NAMED.sub(lambda found: f"url(#{prefix}{found[1]})", value))
    for child in list(element):
        if not isinstance(child.tag, str) or _local(child.tag) not in _ELEMENTS:
            element.remove(child)
        else:
            _cleaned(child, prefix)


def _points_away(value: str) -> bool:
    """Return whether an attribute would load something from elsewhere."""
    return "url(" in _NAMED.sub("", value).lower().replace(" ", "") or "@import" in value.lower()


def _local(name: str) -> str:
    return name.rpartition("}")[2]
