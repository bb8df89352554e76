"""`convener register`."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

KEYS = ["id", "name", "email", "status", "pod", "coach", "manager", "from", "to"]


def test_json_has_the_designed_shape(convener: Callable[..., Any], live: Path) -> None:
    """Each row names person, pod, coach and manager (R1)."""
    done = convener("-w", live, "register", "acme/first", "--json", "--as-of", "2027-01-20")

    assert (0, "2027-01-20", 6) == (done.code, done.data["as_of"], len(done.data["rows"]))
    assert [KEYS] == [*map(list, {tuple(row): row for row in done.data["rows"]})]
    assert {("first/pod-01", 3), ("first/pod-02", 3)} == set(Counter(row["pod"] for row in done.data["rows"]).items())


def test_before_anybody_joined_it_is_empty(convener: Callable[..., Any], live: Path) -> None:
    """The register is read as of the day asked for."""
    assert [] == convener("-w", live, "register", "acme/first", "--json", "--as-of", "2026-01-01").data["rows"]


def test_a_table_for_people(convener: Callable[..., Any], live: Path) -> None:
    """Without --json there is a table, and the count goes to stderr."""
    done = convener("-w", live, "register", "acme/first", "--as-of", "2027-01-20")

    assert "Ana Ruiz" in done.out
    assert "6 people\n" == done.err


def test_a_day_that_is_none(convener: Callable[..., Any], live: Path) -> None:
    """What is not a date is a usage error with an example."""
    done = convener("-w", live, "register", "acme/first", "--as-of", "soon")

    assert (2, "error: 'soon' is not a date\nhint: write it as 2027-03-01\n") == (done.code, done.err)
