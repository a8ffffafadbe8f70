"""`simulator.source`: where a number of a run comes from."""

from pathlib import Path

from simulator.api.asked import plainly
from simulator.questions.source import ask as asks
from simulator.questions.source.finding import find_origin
from simulator.questions.source.origin import Origin


@plainly(asks.Source)
def source(run: str | Path, measure: str) -> Origin:
    """Show where a number of a run comes from: formula, events, and the clauses and assumptions that move it.

    Parameters
    ----------
    run : str or Path
        Folder of a run of `compare`. Runs of `explain` and `sensitivity` about the same world, in folders beside it,
        report what moves the number.
    measure : str
        Such as ``"days_unfound_mean of childrens_home"``; of all providers if none are named.

    Returns
    -------
    Origin
        ``.levels`` has the number under every framework, ``.tables`` the events that it counts, ``.parts`` and
        ``.assumptions`` what moves it. Printed, it is told in sentences.

    Raises
    ------
    InputError
        If there is no such run or measure.

    Examples
    --------
    >>> import simulator, tempfile
    >>> folder = tempfile.mkdtemp()
    >>> few = simulator.load_scenario("england-2006", years=1, replications=2)
    >>> _ = simulator.compare(few, ["2006-regime", "option-a"]).save(folder)
    >>> sorted(simulator.source(folder, "inspections_per_year").levels["framework"])
    ['2006-regime', 'option-a']
    """
    return find_origin(Path(run), measure)
