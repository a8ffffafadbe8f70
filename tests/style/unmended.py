"""Files that still have retired phrases. Mend a file, then take it off; add none."""

from typing import Final

TEXTS: Final = frozenset(
    {
        "docs/framework-keys.md",
        "docs/parameters.md",
        "docs/performance.md",
        "simulator/engine/table_columns.py",
        "simulator/questions/calibrate/enough.py",
    }
)
"""Files whose prose, or whose strings that users read, are not mended."""

DOCSTRINGS: Final = frozenset(
    {
        "simulator/compiling.py",
        "simulator/ticks.py",
    }
)
"""Files whose docstrings are not mended. A name that ends in / is a folder with everything in it."""
