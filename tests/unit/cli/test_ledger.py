"""`convener ledger`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

AT = ("--at", "2026-12-01T09:00")


def test_what_went_out_is_listed(convener: Callable[..., Any], live: Path) -> None:
    """Plan's keys and what became of each, people by address."""
    convener("-w", live, "tick", *AT)
    rows = convener("-w", live, "ledger", "list", "acme/first", "--json").data["dispatches"]

    assert {"sent"} == {row["state"] for row in rows}
    assert {"key", "recipient", "due", "state", "attempts", "message_id", "settled"} <= set(rows[0])
    assert "@" in rows[0]["recipient"]


def test_one_dispatch_with_its_content(convener: Callable[..., Any], live: Path) -> None:
    """The frozen content can be read again."""
    convener("-w", live, "tick", *AT, "--no-deliver")
    row = convener("-w", live, "ledger", "list", "--json").data["dispatches"][0]
    shown = convener("-w", live, "ledger", "show", row["key"], "--json").data

    assert (row["key"], row["recipient"]) == (shown["key"], shown["parcel"]["to_email"])


def test_calling_one_off(convener: Callable[..., Any], live: Path) -> None:
    """A dispatch that has not gone out can be called off, and then does not go out."""
    convener("-w", live, "tick", *AT, "--no-deliver")
    key = convener("-w", live, "ledger", "list", "--state", "ready", "--json").data["dispatches"][0]["key"]
    done = convener("-w", live, "ledger", "cancel", key)
    cancelled = convener("-w", live, "ledger", "list", "--state", "cancelled", "--json").data["dispatches"]

    assert (0, [key]) == (done.code, [row["key"] for row in cancelled])


def test_what_was_sent_cannot_be_called_off(convener: Callable[..., Any], live: Path) -> None:
    """The past stays; the message says for what the command works."""
    convener("-w", live, "tick", *AT)
    key = convener("-w", live, "ledger", "list", "--json").data["dispatches"][0]["key"]
    codes = [convener("-w", live, "ledger", do, key).code for do in ("cancel", "retry", "settle")]

    assert [2, 2, 2] == codes


def test_a_key_that_is_none(convener: Callable[..., Any], live: Path) -> None:
    """An unknown key is a usage error."""
    assert 2 == convener("-w", live, "ledger", "show", "nothing").code


def test_a_table_for_people(convener: Callable[..., Any], live: Path) -> None:
    """Without --json there is a table and a count."""
    convener("-w", live, "tick", *AT)
    done = convener("-w", live, "ledger", "list", "--person", "ana@acme.example")

    assert (0, True) == (done.code, "ana@acme.example" in done.out)


def test_everything_held_is_let_go(convener: Callable[..., Any], live: Path) -> None:
    """One dispatch by its key, or all of a scope; never both, never neither (N7)."""
    convener("-w", live, "tick", *AT, "--no-deliver")
    done = convener("-w", live, "ledger", "retry", "--held", "acme")
    codes = [convener("-w", live, "ledger", "retry", *words).code for words in ((), ("key", "--held", "acme"))]

    assert (0, "0 of acme to go out with the next tick\n") == (done.code, done.err)
    assert [2, 2] == codes


def test_the_list_is_narrowed(convener: Callable[..., Any], live: Path) -> None:
    """By connector, automation, due time and number; times are read on the clock of the scope (P16)."""
    convener("-w", live, "tick", *AT)
    words = (
        ("--connector", "mail"), ("--connector", "sms"), ("--automation", "welcome"), ("--limit", "2"),
        ("--since", "2026-12-02"), ("--until", "2026-12-02"),
    )  # fmt: skip
    found = [convener("-w", live, "ledger", "list", "acme/first", *each, "--json").data["dispatches"] for each in words]
    mail, sms, welcome, two, since, until = (len(rows) for rows in found)

    assert 0 == sms == since < welcome < mail == until
    assert 2 == two
    assert 2 == convener("-w", live, "ledger", "list", "--since", "soon").code


def test_everything_in_a_state_is_decided_at_once(convener: Callable[..., Any], live: Path) -> None:
    """Several keys, or a scope with --state; the data names what was decided (R25)."""
    convener("-w", live, "tick", *AT, "--no-deliver")
    keys = [row["key"] for row in convener("-w", live, "ledger", "list", "--json").data["dispatches"]]
    two = convener("-w", live, "ledger", "cancel", *keys[:2], "--json").data["decided"]
    rest = convener("-w", live, "ledger", "cancel", "acme", "--state", "ready", "--json").data["decided"]
    none = convener("-w", live, "ledger", "settle", "acme", "--state", "in_doubt")

    assert (keys[:2], set(keys[2:])) == (two, set(rest))
    assert (0, "0 marked as sent\n") == (none.code, none.err)
    assert 2 == convener("-w", live, "ledger", "settle").code
