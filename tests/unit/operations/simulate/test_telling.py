"""What happens, in words."""

from datetime import UTC, date, datetime

import pytest

from convener.decide.stage.happenings import Answered, Attended, GoLive
from convener.model import (
    CancelSession,
    MovePod,
    MoveSession,
    NewManager,
    Promote,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.operations.simulate.telling import told

DAY = date(2027, 4, 12)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (GoLive(), "the programme goes live"),
        (Attended(session="lead/north/1", statuses={}), "register of lead/north/1"),
        (Answered(poll="pulse", subject="lead", person="1"), "ann@acme.example answers pulse"),
        (Withdraw(person="1", on=DAY), "ann@acme.example withdraws from 12 Apr 2027"),
        (Second(person="zoe@acme.example", on=DAY), "zoe@acme.example is seconded from 12 Apr 2027"),
        (
            Second(person="1", on=DAY, until=date(2027, 5, 3), pod="lead/north"),
            "ann@acme.example is seconded to lead/north until 3 May 2027 from 12 Apr 2027",
        ),
        (Return(person="1", on=DAY, pod="north"), "ann@acme.example comes back to north from 12 Apr 2027"),
        (
            NewManager(person="1", on=DAY, name="Mo", email="mo@acme.example"),
            "ann@acme.example reports to mo@acme.example from 12 Apr 2027",
        ),
        (Promote(person="1", on=DAY, attributes={}), "ann@acme.example is promoted from 12 Apr 2027"),
        (MovePod(person="1", on=DAY, pod="south"), "ann@acme.example moves to south from 12 Apr 2027"),
        (
            SwapCoach(pod="north", on=DAY, coach="cox@coaches.example"),
            "north gets coach cox@coaches.example from 12 Apr 2027",
        ),
        (
            MoveSession(session="lead/north/1", starts=datetime(2027, 4, 12, 9, tzinfo=UTC)),
            "lead/north/1 moves to 12 Apr 2027",
        ),
        (CancelSession(session="lead/north/1", reason="ill"), "lead/north/1 is cancelled"),
    ],
)
def test_everything_that_can_happen_has_words(register, what, words: str) -> None:
    """People are named by their address; a stranger by what was written."""
    assert words == told(what, register)
