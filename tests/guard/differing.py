"""What differs between two sets of files, as a diff for each of them."""

import difflib
import io
import zipfile
from collections.abc import Iterator, Mapping

Contents = Mapping[str, bytes]


def differences(before: Contents, now: Contents, most: int) -> Iterator[str]:
    """Tell each file that is not the same: its diff, in so many lines at most.

    Parameters
    ----------
    before, now
        Files by name.
    most
        Lines of each diff.
    """
    for name in sorted({*before, *now}):
        if name not in now:
            yield f"{name}: gone"
        elif name not in before:
            yield f"{name}: new"
        elif before[name] != now[name]:
            yield from _told(name, before[name], now[name], most)


def _told(name: str, before: bytes, now: bytes, most: int) -> Iterator[str]:
    if name.endswith(".xlsx"):
        yield f"{name}: another workbook"
        yield from differences(_parts(name, before), _parts(name, now), most)
        return
    try:
        old, new = before.decode().splitlines(), now.decode().splitlines()
    except UnicodeDecodeError:
        yield f"{name}: {len(before)} bytes before, {len(now)} now, not the same"
        return
    lines = list(difflib.unified_diff(old, new, f"before/{name}", f"now/{name}", lineterm="", n=1))
    yield "\n".join(lines[:most] or [f"{name}: the ends of lines differ"])
    if len(lines) > most:
        yield f"... and {len(lines) - most} lines more"


def _parts(name: str, book: bytes) -> dict[str, bytes]:
    """Unpack a workbook, a tag on each line."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return {f"{name}/{part}": parts.read(part).replace(b"><", b">\n<") for part in parts.namelist()}
