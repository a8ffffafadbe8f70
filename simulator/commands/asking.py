"""Commands built from what their questions ask, and the scenario that they are asked of."""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from simulator.commands.answering import answering
from simulator.inputs.option import Ask, Listed

A = TypeVar("A", bound=Ask)


def command_of(answer: Callable[[A], None]) -> Callable[..., None]:
    """Build a command from the options of a question.

    Parameters
    ----------
    answer
        Answers what is asked, its only parameter, whose class lists the options (`simulator.questions`).
    """
    (ask,) = (hint for name, hint in get_type_hints(answer).items() if name != "return")
    parameters = [_parameter(option) for option in ask.options()]

    def command(**given: Any) -> None:
        with answering():
            _check_names(given)
        answer(ask(**given))

    command.__name__, command.__doc__ = answer.__name__, answer.__doc__
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def _check_names(given: Mapping[str, Any]) -> None:
    """Refuse a path or name that no file can record, before anything is run.

    Raises
    ------
    InputError
        If it is not in UTF-8.
    """
    for name, value in given.items():
        for text in value if isinstance(value, list) else [value]:
            try:
                str(text).encode()
            except UnicodeEncodeError:
                from simulator.inputs.messages import InputError, Named

                raise InputError(
                    Named(name.replace("_", "-")), f": given {str(text)!a}; allowed: a name in UTF-8"
                ) from None


def _parameter(listed: Listed) -> inspect.Parameter:
    option, is_flag = listed.option, listed.hint is bool
    bounds = {name: bound for name in ("min", "max") if (bound := getattr(option, name)) is not None}
    if option.is_argument:
        given = typer.Argument(metavar=option.metavar, help=option.help)
    else:
        names = [f"--{listed.name}"] if option.name or is_flag else []
        given = typer.Option(*names, metavar=option.metavar, help=option.help, **bounds)
    return inspect.Parameter(
        listed.field,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if listed.is_required else listed.default,
        annotation=Annotated[listed.hint, given],
    )
