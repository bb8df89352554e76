"""Checking a table against a model."""

from collections.abc import Callable
from typing import Any

from convener.documents import MOST, Document, Frozen, Spot, frozen, validate

Build = Callable[[str | bytes], Document]


class Pair(Frozen):
    """Two keys."""

    first: int
    second: tuple[str, ...] = ()


def test_a_good_table_becomes_a_value(document: Build) -> None:
    """Lists become tuples, and nothing is wrong."""
    read = document('first = 1\nsecond = ["a"]')

    assert (Pair(first=1, second=("a",)), ()) == validate(Pair, read.data, Spot(read))


def test_every_problem_is_told_sorted_by_place(document: Build) -> None:
    """A person mends a file once, from top to bottom."""
    read = document('zero = 1\nsecond = "a"\nfirst = "1"')

    value, problems = validate(Pair, read.data, Spot(read))

    assert value is None
    assert [("unknown-key", 1), ("wrong-type", 2), ("wrong-type", 3)] == [(p.code, p.place.line) for p in problems]


def test_keys_that_others_check_are_offered(document: Build) -> None:
    """A key of the head of a table is near although it is not in the model."""
    read = document("first = 1\nflexibilty = 2")

    _, (problem,) = validate(Pair, read.data, Spot(read), also=["flexibility"])

    assert problem.hint == "did you mean 'flexibility'?"


def test_thousands_of_mistakes_are_cut(document: Build, counted: Callable[[], Any]) -> None:
    """A wrong file as large as allowed costs some twenty calls a key, and is not told to the end."""
    read = document("\n".join(f"k{number} = 1" for number in range(20_000)))

    with counted() as calls:
        _, problems = validate(Pair, read.data, Spot(read))

    assert MOST == len(problems)
    assert 20_000 < calls.count < 1_000_000


def test_lists_are_frozen_all_the_way_down() -> None:
    """No list is left in a frozen table."""
    assert {"a": (1, {"b": (2,)})} == frozen({"a": [1, {"b": [2]}]})
