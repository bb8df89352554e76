"""Proposed dates on the terminal and as JSON."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from convener.cli.dates_view import others_shape, print_changes, print_others, print_proposal, shape
from convener.cli.face import Face
from convener.model import DateProposal, Instead, Person, ProposedSession, Register
from convener.operations.dates import Considered, Redated

STARTS = datetime(2027, 1, 12, 10, tzinfo=UTC)
REGISTER = Register(
    client="acme", programme="first", people={"1": Person(id="1", name="Ana Ruiz", email="ana@acme.example")}
)
SESSION = ProposedSession(
    pod="first/north", number=1, topic="Kick-off", status="proposed", starts=STARTS, ends=STARTS + timedelta(hours=2),
    zone="Europe/London", coming=("2", "3"), absent=("1",), why=("2 of 3 can come",),
)  # fmt: skip
MOVED = replace(SESSION, number=2, status="confirmed", starts=STARTS + timedelta(days=28))
PROPOSAL = DateProposal(
    programme="first", seed=1, score=3, bound=3, sessions=(MOVED, SESSION), rules=(), notices=("clocks change",),
    moved=("first/north/2",),
)  # fmt: skip


def test_each_pod_has_a_calendar(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """By number: day with weekday, zone, who can come, who cannot, and whether it moves (R10, R11)."""
    print_proposal(face, PROPOSAL, REGISTER, ["an odd answer"])
    said = capsys.readouterr()
    lines = [line for line in said.out.splitlines() if "Kick-off" in line]

    assert ["1   Kick-off", "2   Kick-off"] == [line.strip()[:12] for line in lines]
    assert [True] * 4 == [word in lines[0] for word in ("Tue 12 Jan 2027 10:00 GMT", "2 of 3", "Ana Ruiz", "Kick-off")]
    assert "moves" in lines[1]
    assert said.err.endswith("note: clocks change\nnote: an odd answer\n")


def test_changes_since_the_last_proposal(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each, or that there is none (R8)."""
    print_changes(face, [Redated(session="first/north/1", before=STARTS, after=None, zone="Europe/London")])
    print_changes(face, [])
    said = capsys.readouterr()

    assert "north/1" in said.out
    assert "every date is the same" in said.err


def test_json_keeps_its_keys_and_gains_some() -> None:
    """Seed, steps, and the confirmed sessions that move (R12)."""
    data = shape(PROPOSAL, ["a"])

    assert ["programme", "score", "bound", "sessions", "rules", "notices", "seed", "steps", "moved"] == list(data)
    assert ["first/north/2"] == data["moved"]


def test_other_slots(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """On the session's own clock, with cost and reasons (R11)."""
    other = Instead(what="2027-07-13T09:00:00+00:00", partner=None, cost=2, rules=("answers costs 2 more",))
    found = Considered(session=SESSION, others=(other,), register=REGISTER)
    print_others(face, found)
    out = capsys.readouterr().out

    assert [True] * 3 == [word in out for word in ("2 of 3 can come", "Tue 13 Jul 2027 10:00 BST", "+2")]
    assert "2027-07-13T09:00:00+00:00" == others_shape(found)["others"][0]["what"]
