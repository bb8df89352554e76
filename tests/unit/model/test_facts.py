"""What a fact is."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from convener.model.facts import Fact, FactType, ListType, ScalarType

SAMPLES = {
    "bool": True,
    "int": 3,
    "float": 0.5,
    "string": "north",
    "timestamp": datetime(2027, 1, 18, 9, tzinfo=UTC),
    "duration": timedelta(hours=1),
}


def fact(kind: FactType, **more: object) -> Fact:
    """Make a fact of a type."""
    return Fact(**{"name": "house.colour", "type": kind, "meaning": "colour of the house", **more})  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("kind", get_args(ScalarType))
def test_a_fact_takes_values_of_its_own_type_only(kind: ScalarType) -> None:
    """R28: whole numbers are no floats and truth is no number; unknown is always possible."""
    expected = [None, SAMPLES[kind]]

    assert expected == [value for value in (None, *SAMPLES.values()) if fact(kind).accepts(value)]


@pytest.mark.parametrize("kind", get_args(ListType))
def test_a_list_holds_values_of_one_type(kind: ListType) -> None:
    """An empty list and one of the right values are taken, a mixed one is not."""
    right = SAMPLES[kind.removeprefix("list(").removesuffix(")")]

    assert [True, True, True] == [fact(kind).accepts(value) for value in ([], [right], (right, right))]
    assert [False, False, False] == [fact(kind).accepts(value) for value in ([right, None], right, [right, b"x"])]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("timestamp", datetime(2027, 1, 18)), ("int", 2**63), ("int", -(2**63) - 1)],  # noqa: DTZ001 - the point
)
def test_a_value_the_language_cannot_hold_is_refused(kind: FactType, value: object) -> None:
    """A timestamp without a zone and a number beyond 64 bits have no meaning in a clause."""
    assert not fact(kind).accepts(value)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"name": "colour"}, "write it like 'session.number'"),
        ({"name": "House.colour"}, "write it like 'session.number'"),
        ({"name": "house.package"}, "write it like 'session.number'"),
        ({"type": "text"}, "there is no type 'text'"),
        ({"type": "int", "values": ("red",)}, "only strings have a closed set"),
        ({"meaning": ""}, "does not say what it means"),
    ],
)
def test_a_fact_no_clause_could_use_is_refused(more: dict[str, object], reason: str) -> None:
    """P14: a plugin hears at once of a fact that cannot work."""
    with pytest.raises(ValueError, match=reason):
        fact("string", **more)
