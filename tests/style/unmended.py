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
        "simulator/commands/answering.py",
        "simulator/api/worlds.py",
        "simulator/compiling.py",
        "simulator/questions/compare/",
        "simulator/questions/frontier/",
        "simulator/questions/over_fits/",
        "simulator/questions/sensitivity/",
        "simulator/questions/size/",
        "simulator/ticks.py",
    }
)
"""Files whose docstrings are not mended. A name that ends in / is a folder with everything in it."""
