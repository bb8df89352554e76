"""JSON Schema from the models that check tables."""

from datetime import date, time
from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, Field, WithJsonSchema

from convener.documents import EmailText, Frozen, IdText, SpanText
from convener.documents.schemas import schema_of
from convener.model import Span


class Seat(Frozen):
    """One seat."""

    row: int = Field(ge=1)
    """From the front."""


class Room(Frozen):
    """A room to meet in."""

    name: IdText
    """What it is called."""
    from_: date = Field(alias="from")
    """First day."""
    kind: Literal["large", "small"] = "small"
    opens: tuple[time, ...] = (time(9),)
    notice: SpanText = Span.parse("2 days")
    keeper: EmailText | None = None
    """Who has the key."""
    zone: Annotated[str, WithJsonSchema({"type": "string", "format": "zone"})] = ""
    seats: dict[IdText, Seat] = Field(default_factory=dict)
    best: Seat = Seat(row=1)


SCHEMA = schema_of(Room, {"zone": {"enum": ["UTC"]}})
VALID = {"name": "attic", "from": "2027-01-18"}


def test_it_is_a_schema() -> None:
    """The schema is one by the schema of schemas."""
    Draft202012Validator.check_schema(SCHEMA)


def test_keys_are_called_as_they_are_written_and_say_what_they_mean() -> None:
    """Aliases, the strings below attributes, and the docstring of the model."""
    told = {key: part.get("description") for key, part in SCHEMA["properties"].items()}

    assert "A room to meet in." == SCHEMA["description"]
    assert ("What it is called", "First day", "Who has the key") == (told["name"], told["from"], told["keeper"])
    assert ["name", "from"] == SCHEMA["required"]


def test_defaults_are_written_as_people_write_them() -> None:
    """A length of time is words, a time of day hours and minutes."""
    defaults = {key: part.get("default") for key, part in SCHEMA["properties"].items()}

    assert ("2 days", "small", None) == (defaults["notice"], defaults["kind"], defaults["keeper"])


def test_nothing_that_toml_does_not_have_is_left() -> None:
    """No null, no reference, no title that only repeats a key."""
    text = str(SCHEMA)

    assert not [word for word in ("null", "$ref", "$defs", "'title'", "patternProperties") if word in text]


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"name": "an attic"}, False),
        ({"nmae": "attic"}, False),
        ({"kind": "huge"}, False),
        ({"notice": "2 working days"}, True),
        ({"notice": "two days"}, False),
        ({"keeper": "ana@client.example"}, True),
        ({"keeper": "ana"}, False),
        ({"zone": "UTC"}, True),
        ({"zone": "Mars"}, False),
        ({"seats": {"a": {"row": 1}}}, True),
        ({"seats": {"a": {"row": 0}}}, False),
        ({"seats": {"a b": {"row": 1}}}, False),
        ({"seats": {"a": {"row": 1, "col": 2}}}, False),
    ],
)
def test_it_says_of_a_value_what_the_model_says(change: dict[str, Any], fits: bool) -> None:
    """R29: an editor underlines what the loader would refuse."""
    assert fits is Draft202012Validator(SCHEMA).is_valid({**VALID, **change})


def test_a_model_made_while_running_is_described_too() -> None:
    """One without a source has no strings below its attributes, and a schema all the same."""
    made: type[BaseModel] = type("Made", (Seat,), {"__module__": __name__})

    assert "From the front" == schema_of(made)["properties"]["row"]["description"]
