"""The page docs/assumptions.md: the assumptions log that the program also shows.

``python -m docs.generators.assumptions > docs/assumptions.md`` makes it again.
"""

from typing import Final

from simulator.words.assumptions import shipped_page

MADE: Final = "<!-- Made from the shipped files: python -m docs.generators.assumptions > docs/assumptions.md -->"


def assumptions_page() -> str:
    """Return the page in Markdown, with how it is made below its heading."""
    heading, _, rest = shipped_page().partition("\n\n")
    return f"{heading}\n\n{MADE}\n\n{rest}"


if __name__ == "__main__":
    print(assumptions_page(), end="")
