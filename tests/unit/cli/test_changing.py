"""How a change is told."""

from datetime import UTC, datetime

import pytest

from convener.cli.changing import print_change, shape
from convener.cli.face import Face
from convener.model import Dispatch, Person, Verb
from convener.operations.change import ChangeReport

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


def told(notes: tuple[str, ...] = (), called_off: int = 0, disappearing: tuple[Dispatch, ...] = ()) -> ChangeReport:
    """Return a report of a programme in London."""
    return ChangeReport(
        events=(),
        notes=notes,
        zone="Europe/London",
        people={"1": ANA},
        called_off=called_off,
        disappearing=disappearing,
    )


def test_notes_and_what_was_called_off(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Words go to stderr."""
    print_change(face, told(notes=("below target",), called_off=2))

    assert ("", "note: below target\ndone; 2 planned messages called off\n") == capsys.readouterr()


def test_nothing_would_change(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """A rehearsal without any difference says so."""
    face.dry_run = True
    print_change(face, told())

    assert ("", "What would go out differently: nothing to show\n") == capsys.readouterr()


def test_what_would_be_gone_is_told_by_address_and_on_the_programmes_clock(
    face: Face, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nine o'clock in London in June is eight in UTC (N3, P6)."""
    face.dry_run = True
    print_change(face, told(disappearing=(REMINDER,)))
    out = capsys.readouterr().out

    assert "Tue 8 Jun 2027 09:00 BST" in out
    assert "ana@x.example" in out


def test_the_keys_of_a_change() -> None:
    """Events, notes and the difference."""
    assert ["events", "notes", "called_off", "appearing", "disappearing"] == list(shape(told()))
