"""The worlds that a command asks its question in: the scenario's own, that of one fit of a set, or of many of them."""

from typing import TYPE_CHECKING

from simulator.questions.shared_options import MOST_FITS, InFit, OverFits

if TYPE_CHECKING:
    from simulator.questions.compare.ask import Compare
    from simulator.questions.over_fits.worlds import Worlds
    from simulator.running.question import Question


def asks_many(asked: "OverFits | Compare") -> bool:
    """Return whether a question is asked in the worlds of many fits.

    Raises
    ------
    InputError
        If a maximum number of fits is given without a set of them, or together with the only one to use.
    """
    from simulator.inputs.messages import InputError, Named

    if asked.most_fits is not None and (asked.fits is None or asked.fit is not None):
        raise InputError(
            Named("most_fits"), ": applies to a set of fits. Use it with ", Named("fits"), ", without ", Named("fit")
        )
    return asked.fits is not None and asked.fit is None


def in_world(question: "Question", asked: "OverFits | InFit | Compare") -> "Question":
    """Return a question in the world of the fit that is named, or as it is if none is.

    Raises
    ------
    InputError
        If a fit is named without its set, or a set without a fit where one is needed; or the set has no such fit.
    """
    from simulator.inputs.messages import InputError, Named
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.worlds import fitted_question

    if asked.fit is None:
        if asked.fits is not None:
            raise InputError(
                Named("fits"), ": names a set. Use it with ", Named("fit"), ", which selects one of its fits"
            )
        return question
    if asked.fits is None:
        raise InputError(
            Named("fit"), ": selects one fit of a set. Use it with ", Named("fits"), ", which names the set"
        )
    return fitted_question(question, load_fits(asked.fits), asked.fit)


def worlds_asked(question: "Question", asked: OverFits) -> "Worlds":
    """Choose the fits to ask a question in."""
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.worlds import worlds_of

    return worlds_of(question, load_fits(asked.fits or ""), asked.most_fits or MOST_FITS)
