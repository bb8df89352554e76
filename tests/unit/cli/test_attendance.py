"""`convener attendance`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.cli.attendance import level, pairs
from convener.errors import UsageError

AFTER = ("--at", "2027-01-18T18:00")


def members(convener: Callable[..., Any], live: Path) -> list[str]:
    """Return the addresses of the first pod."""
    rows = convener("-w", live, "register", "acme/first", "--as-of", "2027-01-12", "--json").data["rows"]
    return [row["email"] for row in rows if row["pod"] == "first/pod-01"]


def test_a_session_is_held_once_everybody_has_a_status(convener: Callable[..., Any], live: Path) -> None:
    """Recorded by hand, one by one; the last one makes the session held (R15)."""
    people = members(convener, live)
    words = ("-w", live, "attendance", "record", "acme/first/pod-01/1")
    first = convener(*words, f"{people[0]}=attended", "--engagement", f"{people[0]}=4", *AFTER, "--json").data
    rest = convener(*words, *(f"{who}=apologies" for who in people[1:]), *AFTER, "--json").data

    assert (["first/pod-01/1"], []) == (first["incomplete"], first["held"])
    assert ([], ["first/pod-01/1"]) == (rest["incomplete"], rest["held"])


def test_a_file_twice_changes_nothing(convener: Callable[..., Any], live: Path, tmp_path: Path) -> None:
    """An import is idempotent (R16)."""
    file = tmp_path / "register.csv"
    rows = "".join(f"{who},first/pod-01/1,attended\n" for who in members(convener, live))
    file.write_text(f"email,session,status\n{rows}", encoding="utf-8")
    first = convener("-w", live, "attendance", "import", "acme/first", file, *AFTER, "--json")
    second = convener("-w", live, "attendance", "import", "acme/first", file, *AFTER, "--json")

    assert (0, 3, 0) == (first.code, first.data["recorded"], first.data["unchanged"])
    assert (0, 0, 3) == (second.code, second.data["recorded"], second.data["unchanged"])


def test_a_row_nobody_knows_is_refused(convener: Callable[..., Any], live: Path, tmp_path: Path) -> None:
    """The line and the reason, and exit 4."""
    file = tmp_path / "register.csv"
    file.write_text("email,session,status\nzoe@acme.example,1,attended\n", encoding="utf-8")
    done = convener("-w", live, "attendance", "import", "acme/first", file, *AFTER, "--json")

    assert (4, [2]) == (done.code, [row["line"] for row in done.data["refused"]])


def test_registers_that_are_not_in(convener: Callable[..., Any], live: Path) -> None:
    """After the first sessions both registers are missing."""
    done = convener("-w", live, "attendance", "missing", "acme/first", *AFTER, "--json")

    assert ["first/pod-01/1", "first/pod-02/1"] == sorted(row["session"] for row in done.data["missing"])


def test_before_any_session_none_is_missing(convener: Callable[..., Any], live: Path) -> None:
    """Nothing over, nothing missing."""
    done = convener("-w", live, "attendance", "missing", "acme/first", "--at", "2027-01-02T09:00")

    assert (0, "no register is missing\n") == (done.code, done.err)


def test_pairs() -> None:
    """ADDRESS=VALUE, with room around it."""
    assert {"a@x.example": "made-up"} == pairs(["a@x.example = made-up"])


@pytest.mark.parametrize("text", ["a@x.example", "=attended", "a@x.example="])
def test_what_is_no_pair(text: str) -> None:
    """Anything else is a usage error."""
    with pytest.raises(UsageError, match="is not ADDRESS=VALUE"):
        pairs([text])


def test_engagement_is_one_to_five() -> None:
    """A number outside is refused."""
    with pytest.raises(UsageError, match="from 1 to 5"):
        level("6")
