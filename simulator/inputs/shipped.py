"""Where the scenarios and frameworks that travel with the package lie."""

from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """Folder of the shipped scenarios, in a checkout as well as in an installed wheel.

    A wheel carries them inside the package, as ``simulator/_scenarios``. In a checkout (and so in an
    editable install) they are the folder ``scenarios`` beside the package.

    Raises
    ------
    FileNotFoundError
        If neither is there: the package was installed incompletely, or is run from within an archive.
    """
    package = Path(str(files("simulator")))
    places = (package / "_scenarios", package.parent / "scenarios")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no shipped scenarios: neither {places[0]} nor {places[1]} is a folder")
