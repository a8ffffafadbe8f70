"""What may differ between two runs of the same program, and so is not frozen: all of it stands here."""

import json
import re
from pathlib import Path
from typing import Any, Final

from simulator.running.store import MANIFEST

MADE: Final = ("began", "ended", "seconds", "seal", "seal_of_the_forecast")
"""Keys of a manifest that say when a run was made and how long it took, and seals, which are digests over these."""
SAID: Final = (
    (re.compile(r"^(\w+: )?[\d,]+ of [\d,]+ runs done.*\n", re.M), ""),
    (re.compile(r", about [^,()\n]* left"), ""),
    (re.compile(r"^Compiling.*\n", re.M), ""),
    (re.compile(r"sha256:[0-9a-f]{64}"), "sha256:..."),
)
"""What a command says of its progress, of compiling, and of a seal."""
EARLIER: Final = re.compile(rb'<p class="govuk-body">This answer was made by an earlier state of .*?</p>\n', re.S)
"""What the introduction says where code that runs was touched since its answer was made, whatever that changed."""
ROOT: Final = str(Path(__file__).parents[2])


def normal(name: str, content: bytes) -> bytes:
    """Give what is frozen of a file, by its name."""
    if name.rpartition("/")[2] == MANIFEST:
        return _manifest(content)
    if name.endswith(".html"):
        return EARLIER.sub(b"", content)
    if "/" in name or not name.endswith(".txt"):
        return content
    text = content.decode()
    for pattern, instead in SAID:
        text = pattern.sub(instead, text)
    return text.replace(ROOT, "REPOSITORY").encode()


def _manifest(content: bytes) -> bytes:
    told: dict[str, Any] = json.loads(content)
    kept = {key: "..." if key in MADE else value for key, value in told.items()}
    return (json.dumps(kept, indent=2, ensure_ascii=False) + "\n").encode()
