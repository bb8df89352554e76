"""How a change is told."""

from datetime import UTC, datetime

import pytest

from convener.cli.changing import print_change, shape
from convener.cli.face import Face
from convener.model import Dispatch, Flag, Person, Plan, Verb
from convener.operations.change import ChangeReport
from convener.operations.difference import Difference, differ

ANA = Person(id="1", name="Ana", email="ana@x.example")
REMINDER = Dispatch(
    client="c",
    programme="p",
    automation="remind",
    step="send.reminder.email",
    subject="p/a/1",
    slot="2027-06-08T09:00",
    recipient="1",
    channel="email",
    connector="mail",
    due=datetime(2027, 6, 8, 8, tzinfo=UTC),
    reason="soon",
    verb=Verb.SEND,
    what="reminder",
)


FLAG = Flag(
    id="c/p/quorum/p/a/1",
    severity="high",
    client="c",
    programme="p",
    subject="p/a/1",
    since=REMINDER.due,
    text="5 of 8 can come",
    settle="convener today",
)


def told(*called_off: Dispatch, notes: tuple[str, ...] = (), difference: Difference | None = None) -> ChangeReport:
    """Return a report of a programme in London."""
    return ChangeReport(
        events=(), notes=notes, zone="Europe/London", people={"1": ANA}, called_off=called_off, difference=difference
    )


def plan(*dispatches: Dispatch, flags: tuple[Flag, ...] = ()) -> Plan:
    """Return an outlook."""
    return Plan(since=REMINDER.due, until=REMINDER.due, next_due=None, dispatches=dispatches, flags=flags)


def test_notes_and_what_was_called_off(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Words go to stderr."""
    print_change(face, told(REMINDER, REMINDER, notes=("below target",)))

    assert ("", "note: below target\ndone; 2 planned messages called off\n") == capsys.readouterr()


def test_nothing_would_change(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """A rehearsal without any difference says so, and how far it has looked."""
    print_change(face, told(difference=differ(plan(), plan())))
    out, err = capsys.readouterr()

    assert "" == out
    assert "What would go out differently: nothing to show" in err
    assert "until Tue 8 Jun 2027 09:00 BST; nothing has changed" in err


def test_what_would_differ_is_told_by_address_and_on_the_programmes_clock(
    face: Face, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nine o'clock in London in June is eight in UTC (N3, P6)."""
    print_change(face, told(REMINDER, difference=differ(plan(REMINDER), plan(flags=(FLAG,)))))
    out, err = capsys.readouterr()

    assert "mails not sent" in out
    assert "Tue 8 Jun 2027 09:00 BST" in out
    assert "ana@x.example" in out
    assert "5 of 8 can come" in out
    assert "mails not sent: 1; until" in err
    assert "1 message in the ledger would be called off" in err


def test_the_keys_of_a_change() -> None:
    """Events, notes and the difference, which is empty once it has been applied."""
    keys = [
        "events",
        "notes",
        "called_off",
        "appearing",
        "disappearing",
        "altered",
        "until",
        "groups",
        "raised",
        "settled",
    ]
    data = shape(told(difference=differ(plan(REMINDER), plan(flags=(FLAG,)))))

    assert keys == list(data) == list(shape(told()))
    assert ([REMINDER.key], [REMINDER.key]) == (data["groups"]["mails_not_sent"], data["disappearing"])
    assert [REMINDER.key] == [key for group in data["groups"].values() for key in group]
    assert [FLAG.id] == [flag["id"] for flag in data["raised"]]
