"""`simulator.diff`: two runs, scenarios or frameworks side by side."""

from pathlib import Path

from simulator.api.asked import plainly
from simulator.questions.diff import ask as asks
from simulator.questions.diff.differences import Differences, differences


@plainly(asks.Diff)
def diff(first: str | Path, second: str | Path, *, folder: str | Path | None = None) -> Differences:
    """Show what differs between two runs, scenarios or frameworks: inputs first, then results.

    Parameters
    ----------
    first, second : str or Path
        Folder of a run, or a scenario or framework: name, or path of a TOML file. Two of the same sort, or a run and a
        scenario.
    folder : str or Path, optional
        Folder for the tables. If left out, nothing is written.

    Returns
    -------
    Differences
        ``.inputs`` has a row for each input that differs, with its sources; of two comparisons ``.results`` has both
        means of every measure and their difference. It is paired by replication where both runs have the same random
        seed.

    Raises
    ------
    InputError
        If one cannot be found or read, or they are not of the same sort.

    Examples
    --------
    >>> import simulator
    >>> simulator.diff("option-a", "option-b").inputs["key"].tolist()
    ['rules.childrens-homes']
    """
    found = differences(str(first), str(second))
    if folder is not None:
        found.save(folder)
    return found
