"""How an outlook is read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from convener.cli.face import Face
from convener.cli.outlook import COLUMNS, lines, say_redirected, what, whom
from convener.model import Dispatch, Person, Plan, Register, Verb

NOON = datetime(2027, 6, 8, 12, tzinfo=UTC)
ANA = Person(id="1", name="Ana", email="ana@x.example")
TUI = Person(id="2", name="Tui", email="tui@x.example", zone="Pacific/Auckland")
BEN = Person(id="3", name="Ben", email="ben@x.example")
REGISTER = Register(client="c", programme="p", people={"1": ANA, "2": TUI, "3": BEN})
ONE = Dispatch(
    client="c",
    programme="p",
    automation="remind",
    step="send.reminder.email",
    subject="p/a/1",
    slot="2027-06-08T12:00",
    recipient="1",
    channel="email",
    connector="mail",
    due=NOON,
    reason="2 days before session.starts: session 1 of a",
    verb=Verb.SEND,
    what="reminder",
    session="p/a/1",
)


def read(*dispatches: Dispatch, held: str = "", each: bool = False) -> list[tuple[str, ...]]:
    """Return the lines of a plan with *dispatches*, the first of them held by a rule if one is named."""
    holds = {dispatches[0].key: held} if held else {}
    plan = Plan(since=NOON, until=NOON, next_due=None, dispatches=dispatches, held=holds)
    return [tuple(line) for line in lines(plan, REGISTER, "Europe/London", each=each)]


def test_a_line_has_a_cell_for_each_column() -> None:
    """Day, time with its zone, automation, what in which way, to whom, why, and whether it is held."""
    (line,) = read(ONE)

    assert ("2027-06-08 Tue", "13:00 BST", "remind", "reminder by email", "ana@x.example", ONE.reason, "") == line
    assert len(COLUMNS) == len(line)


def test_times_are_on_the_recipients_own_clock() -> None:
    """The same instant is the next day in Auckland, on a line of its own (P6)."""
    london, auckland = read(ONE, replace(ONE, recipient="2"))

    assert ("2027-06-08 Tue", "13:00 BST") == london[:2]
    assert ("2027-06-09 Wed", "00:00 NZST") == auckland[:2]


def test_recipients_of_one_moment_share_a_line() -> None:
    """They are counted and the first is named; `--all` gives a line to each."""
    both = (ONE, replace(ONE, recipient="3"))

    assert ["2 people: ana@x.example …"] == [line[4] for line in read(*both)]
    assert ["ana@x.example", "ben@x.example"] == [line[4] for line in read(*both, each=True)]


def test_several_reasons_are_counted() -> None:
    """What they share stands before how many sessions there are."""
    other = replace(ONE, session="p/b/1", reason="2 days before session.starts: session 1 of b")
    third = replace(ONE, session="", reason="2 days before session.starts: something else")

    assert ["2 days before session.starts: 2 sessions"] == [line[5] for line in read(ONE, other)]
    assert ["2 days before session.starts: 3 reasons"] == [
        line[5] for line in read(ONE, other, replace(third, session="p/a/1"))
    ]


def test_what_is_held_stands_apart() -> None:
    """With the rule that holds it (N7)."""
    lines = read(ONE, replace(ONE, recipient="3"), held="sane-volume")

    assert ["", "held by sane-volume"] == sorted(line[6] for line in lines)


def test_a_day_is_named_once() -> None:
    """The eye finds the days."""
    assert ["2027-06-08 Tue", ""] == [line[0] for line in read(ONE, replace(ONE, automation="welcome"))]


def test_ways() -> None:
    """By a channel, or to a connector where a report is published."""
    report = replace(ONE, verb=Verb.REPORT, what="client", channel="reports", connector="pages")

    assert ["reminder by email", "client to pages"] == [what(ONE), what(report)]


def test_somebody_who_gets_several_is_one_person() -> None:
    """Messages are counted where they are more than people."""
    assert "ana@x.example, 2 messages" == whom(["ana@x.example"] * 2)
    assert "2 people, 3 messages: a …" == whom(["a", "a", "b"])


def test_a_redirection_is_said_loudly(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """One line in capitals, and none without it (P19)."""
    say_redirected(face, "")
    say_redirected(face, "ops@x.example")
    said = capsys.readouterr().err

    assert 1 == len(said.splitlines())
    assert said.startswith("REDIRECTED")
    assert "ops@x.example" in said
