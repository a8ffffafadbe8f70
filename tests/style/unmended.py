"""Files that still have retired phrases. Mend a file, then take it off; add none."""

from typing import Final

TEXTS: Final = frozenset(
    {
        "docs/assumptions.md",
        "docs/framework-keys.md",
        "docs/parameters.md",
        "docs/performance.md",
        "docs/rules.md",
        "simulator/engine/table_columns.py",
        "simulator/questions/calibrate/enough.py",
    }
)
"""Files whose prose, or whose strings that users read, are not mended."""

DOCSTRINGS: Final = frozenset(
    {
        "simulator/api/frameworks.py",
        "simulator/compiling.py",
        "simulator/engine/",
        "simulator/inputs/evidence.py",
        "simulator/questions/calibrate/",
        "simulator/questions/natural_shares/",
        "simulator/questions/trace/",
        "simulator/running/",
        "simulator/statistics/",
        "simulator/inputs/toml_files.py",
        "simulator/inputs/messages.py",
        "simulator/inputs/model_keys.py",
        "simulator/scenario/replications.py",
        "simulator/scenario/scenario.py",
        "simulator/inputs/sections.py",
        "simulator/ticks.py",
    }
)
"""Files whose docstrings are not mended. A name that ends in / is a folder with everything in it."""
