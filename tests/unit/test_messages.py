"""What a reader is told: which key, what was given, what is allowed, and the nearest name."""

import pickle
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from simulator.inputs.messages import InputError, Named, from_validation, nearest, not_one_of, one_of, shown


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


class Circle(Strict):
    form: Literal["circle"]
    radius: Annotated[float, Field(gt=0, lt=10)]


class Square(Strict):
    form: Literal["square"]
    side: float


class Drawing(Strict):
    title: Annotated[str, Field(min_length=1)]
    """What the drawing is called."""
    colour: Literal["red", "green"] = "red"
    pen: Annotated[str, AfterValidator(one_of("pen", ("fine", "broad")))] = "fine"
    copies: Annotated[int, Field(ge=1)] = 1
    drawn: date = date(2006, 4, 1)
    framed: bool = False
    corners: Annotated[tuple[float, ...], Field(strict=False, max_length=2)] = ()
    shapes: dict[str, Annotated[Circle | Square, Field(discriminator="form")]] = Field(default_factory=dict)
    first_page: Annotated[int | None, Field(alias="first page")] = None

    @model_validator(mode="after")
    def _is_legal(self) -> "Drawing":
        if self.title == "forged":
            raise ValueError("title: a forgery is not a drawing\ncopies: nor are copies of it")
        return self


def said_of(**given: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        Drawing.model_validate({"title": "A house"} | given)
    return str(from_validation(caught.value, "drawing.toml", Drawing))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"collour": "red"}, 'collour: unknown key; did you mean "colour"? allowed here: title, colour, pen,'),
        ({"zzz": 1}, "zzz: unknown key; allowed here: title, colour, pen, copies, drawn, framed, corners, shapes,"),
        ({"colour": "gren"}, 'colour: given "gren"; did you mean "green"? allowed: "red", "green"'),
        ({"colour": 3}, 'colour: given 3; allowed: "red", "green"'),
        ({"pen": "brod"}, 'pen: there is no pen "brod"; did you mean "broad"? allowed: fine, broad'),
        ({"copies": 0}, "copies: given 0; allowed: 1 or more"),
        ({"copies": "2"}, 'copies: given "2"; must be a whole number'),
        ({"copies": 2.5}, "copies: given 2.5; must be a whole number"),
        ({"copies": True}, "copies: given true; must be a whole number"),
        ({"title": 3}, "title: given 3; must be text in quotation marks"),
        ({"title": ""}, "title: given an empty text; it must not be empty"),
        ({"drawn": "2006"}, 'drawn: given "2006"; must be a date such as 2006-04-01, without quotation marks'),
        ({"framed": "yes"}, 'framed: given "yes"; must be true or false'),
        ({"corners": 3}, "corners: given 3; must be a list in square brackets"),
        ({"corners": [1.0, "x"]}, 'corners.entry 2: given "x"; must be a number'),
        ({"corners": [1.0, 2.0, 3.0]}, "corners: given 3 entries; allowed: at most 2"),
        ({"shapes": 3}, "shapes: given 3; must be a table"),
        ({"shapes": {"sun": 3}}, "shapes.sun: given 3; must be a table"),
        ({"shapes": {"sun": {"radius": 1.0}}}, 'shapes.sun: form is missing; allowed: "circle", "square"'),
        (
            {"shapes": {"sun": {"form": "circl", "radius": 1.0}}},
            'shapes.sun: form: given "circl"; did you mean "circle"? allowed: "circle", "square"',
        ),
        (
            {"shapes": {"sun": {"form": "circle", "radius": 10.0}}},
            "shapes.sun.radius: given 10; allowed: more than 0 and less than 10",
        ),
        (
            {"shapes": {"sun": {"form": "circle", "radius": 1.0, "side": 2.0}}},
            "shapes.sun.side: unknown key; allowed here: form, radius",
        ),
        ({"shapes": {"sun": {"form": "square"}}}, "shapes.sun.side: missing"),
        ({"first page": "x"}, 'first page: given "x"; must be a whole number'),
    ],
)
def test_one_line_says_key_given_and_allowed(given: dict[str, Any], said: str) -> None:
    message = said_of(**given)
    assert message.startswith(f"drawing.toml: {said}")
    assert "\n" not in message


def test_missing_key_is_explained_by_its_docstring() -> None:
    with pytest.raises(ValidationError) as caught:
        Drawing.model_validate({})
    message = str(from_validation(caught.value, "drawing.toml", Drawing))
    assert message == "drawing.toml: title: missing: what the drawing is called"


def test_every_problem_has_a_line_of_its_own() -> None:
    lines = said_of(copies=-1, collour="red", shapes={"sun": {"form": "square"}}).splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["drawing.toml", "copies"],
        ["drawing.toml", "shapes.sun.side"],
        ["drawing.toml", "collour"],
    ]


def test_every_line_of_a_check_of_the_whole_names_the_file() -> None:
    assert said_of(title="forged").splitlines() == [
        "drawing.toml: title: a forgery is not a drawing",
        "drawing.toml: copies: nor are copies of it",
    ]


def test_without_the_model_the_key_and_what_was_given_are_still_named() -> None:
    with pytest.raises(ValidationError) as caught:
        Drawing.model_validate({"title": "A house", "copies": 0, "colour": "gren", "zzz": 1})
    error = from_validation(caught.value, "drawing.toml")
    assert isinstance(error, InputError)
    assert str(error).splitlines() == [
        'drawing.toml: colour: given "gren"; did you mean "green"? allowed: "red", "green"',
        "drawing.toml: copies: given 0; allowed: 1 or more",
        "drawing.toml: zzz: unknown key",
    ]


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("childrens_hom", '; did you mean "childrens_home"?'),
        ("Childrens-Home", '; did you mean "childrens_home"?'),
        ("private fostering", '; did you mean "private_fostering"?'),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_nearest_name(given: str, hint: str) -> None:
    assert nearest(given, ("childrens_home", "private_fostering")) == hint


def test_nothing_allowed_is_said() -> None:
    assert not_one_of("x", "pool", ()) == 'there is no pool "x"; allowed: none'


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (True, "true"),
        (1.0, "1"),
        (float("inf"), "inf"),
        (date(2006, 4, 1), "2006-04-01"),
        ({"a": 1}, "a table"),
        ([1, 2], "[1, 2]"),
        ("x" * 100, '"' + "x" * 56 + "..."),
    ],
)
def test_values_are_shown_as_a_file_has_them(given: Any, text: str) -> None:
    assert shown(given) == text


def test_each_face_writes_the_name_of_an_option_in_its_own_way() -> None:
    error = InputError(Named("most-fits"), ": given 0; see ", Named("fits"))
    assert str(error) == "--most-fits: given 0; see --fits"
    assert error.told(lambda option: option.replace("-", "_")) == "most_fits: given 0; see fits"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_what_somebody_typed_is_never_taken_for_an_option() -> None:
    assert InputError(Named("out"), " a --resume").told(lambda option: option) == "out a --resume"
