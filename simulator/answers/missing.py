"""What is missing from an answer: runs that failed, and what was not finished when somebody pressed Ctrl-C."""

from typing import Final, NamedTuple


class Missing(NamedTuple):
    """Runs that failed, and how much was finished of what was asked."""

    failed: int
    """Runs."""
    finished: int
    asked: int
    of: str = "replications"
    """What these two count."""

    @property
    def interrupted(self) -> bool:
        """Whether less was finished than asked for."""
        return self.finished < self.asked

    @property
    def counted(self) -> dict[str, int]:
        """How much was asked and how much is finished, as a manifest records it."""
        return {"asked": self.asked, "finished": self.finished}

    @property
    def failed_told(self) -> str:
        """Report the number of runs that failed."""
        one = self.failed == 1
        return f"{self.failed} {'run' if one else 'runs'} failed and {'is' if one else 'are'} left out of the results"

    @property
    def interrupted_told(self) -> str:
        """Report that not all was finished."""
        return f"Interrupted: these are the results of {self.finished} of {self.asked} {self.of}"

    @property
    def told(self) -> list[str]:
        """Return a sentence on failed runs and one on unfinished ones, where there are any."""
        said = ((self.failed, self.failed_told), (self.interrupted, self.interrupted_told))
        return [f"{sentence}." for applies, sentence in said if applies]


NOTHING: Final = Missing(0, 0, 0)
