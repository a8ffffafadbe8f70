"""The name that somebody puts on a run: part of the address of its answer, so that nobody else meets it.

The results of a run depend on what was asked alone. A name goes along in the address, to the title of the page, the
browser's tab and the names of files that are downloaded.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from simulator.page.fields import Problems, Typed, first

NAME: Final = "run_name"
"""Field of the forms, and key in the address of an answer."""
MOST_OF_NAME: Final = 60
"""Characters."""
_UNFIT: Final = re.compile(r"[^a-z0-9]+")


def name_in(typed: Typed, problems: Problems) -> str:
    """Read the name in a form; note what is wrong with it."""
    name = fit(first(typed, NAME))
    if len(name) > MOST_OF_NAME:
        problems[NAME] = f"The name of the run must have {MOST_OF_NAME} characters or fewer"
    return name


def named_in_address(text: str) -> str:
    """Return a name as it is shown: whoever made the address, it stays short and in one line."""
    return fit(text)[:MOST_OF_NAME].strip()


def fit(text: str) -> str:
    """Leave out of a name what is no character to be seen, such as marks that turn the direction of writing."""
    seen = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_seen(sign))
    return " ".join(seen.split())


def _is_seen(sign: str) -> bool:
    return not unicodedata.category(sign).startswith("C")


def address_of(run_id: str, name: str, chosen: Mapping[str, str] | None = None) -> str:
    """Return the address of an answer under a name, on this server, with what is chosen on its page."""
    query = {**({NAME: name} if name else {}), **(chosen or {})}
    return f"/runs/{run_id}" + (f"?{urlencode(query)}" if query else "")


def file_name(name: str, run_id: str, file: str) -> str:
    """Return what a file that is downloaded is called: letters, digits and hyphens of the name, or of the address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"inspectsim-{_UNFIT.sub('-', plain).strip('-')[:MOST_OF_NAME] or run_id[:8]}-{file}"
