"""The people of a rehearsed year."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from convener.decide.stage.happenings import Answered, Attended
from convener.model import MoveSession, ParticipantStatus, PollRequest, Return, Second, Withdraw
from convener.operations.behaviour import Behaviour
from convener.operations.simulate.players import Players

FIRST = "lead/north/1"


@pytest.fixture
def players(prepared) -> Players:
    """Return people of whom nobody leaves."""
    return Players(behaviour=Behaviour(1, prepared.statuses))


def test_coaches_send_a_register_of_every_session_to_come(stage, players, at) -> None:
    """It names everyone expected, after the session has ended."""
    turns = list(players.registers(stage, stage.register.sessions.values()))
    list(stage.advance(turns[0].at))
    (register,) = turns[0].happen(stage)

    assert [at("2027-01-20"), at("2027-03-03")] == [turn.at.replace(hour=0, minute=0) for turn in turns]
    assert isinstance(register, Attended)
    assert {"1", "2", "3"} == set(register.statuses)


def test_a_session_that_has_moved_gets_its_register_later(stage, players, at) -> None:
    """The register expected before comes to nothing, and another follows from the move."""
    (expected,) = players.registers(stage, [stage.register.sessions[FIRST]])
    beat = stage.happen(MoveSession(session=FIRST, starts=at("2027-01-26T09:00")), at("2027-01-04T09:00"))
    (moved,) = players.after(stage, beat)
    list(stage.advance(moved.at))

    assert ([], 1) == (expected.happen(stage), len(list(moved.happen(stage))))
    assert moved.at > at("2027-01-26T17:00")


def test_what_somebody_wrote_down_is_not_made_up(stage, players, at) -> None:
    """Registers and answers of the events file stand alone."""
    key = ("engagement", FIRST, "1")
    poll = PollRequest(
        poll="engagement", subject=FIRST, person="1", opened=at("2027-01-20"), closes=at("2027-02-20")
    )  # fmt: skip
    recorded = replace(players, recorded={FIRST}, told={key})

    assert [] == list(recorded.registers(stage, [stage.register.sessions[FIRST]]))
    assert [] == list(recorded.answers(stage, [poll]))


def test_most_people_answer_what_they_are_asked_while_it_is_open(stage, players, at) -> None:
    """Answers come after the question and before the poll closes; nobody answers twice."""
    opened, closes = at("2027-01-20T10:00"), at("2027-02-20")
    polls = [
        PollRequest(poll="engagement", subject=f"lead/north/{n}", person=who, opened=opened, closes=closes)
        for n in range(1, 9)
        for who in "123"
    ]
    keys = {(poll.poll, poll.subject, poll.person): poll for poll in polls}
    stage.register = replace(stage.register, polls=keys)
    turns = list(players.answers(stage, polls))
    (answer,) = turns[0].happen(stage)

    assert 12 < len(turns) < 24
    assert all(opened < turn.at < closes for turn in turns)
    assert isinstance(answer, Answered)
    stage.register = replace(stage.register, polls={key: replace(poll, answered=opened) for key, poll in keys.items()})
    assert [] == turns[0].happen(stage)


def test_registers_answer_their_own_poll_and_unknown_polls_nobody(stage, players, at) -> None:
    """The coach answers by sending the register."""
    polls = [
        PollRequest(poll=poll, subject=FIRST, person="1", opened=at("2027-01-20"), closes=at("2027-02-20"))
        for poll in ("register", "gone")
    ]

    assert [] == list(players.answers(stage, polls))


def test_a_share_of_the_participants_withdraws_on_weekdays(stage, players, at) -> None:
    """A third of three is one, who leaves once and only if still there."""
    leaving = replace(players, drop_outs=Fraction(1, 3))
    (turn,) = leaving.leavers(stage, at("2027-06-01"))
    (gone,) = turn.happen(stage)

    assert isinstance(gone, Withdraw)
    assert gone.on.weekday() < 5
    stage.happen(gone, turn.at)
    assert [] == turn.happen(stage)


def test_secondments_take_others_than_withdrawals_and_end(stage, players, at) -> None:
    """Who goes away comes back after some weeks."""
    leaving = replace(players, drop_outs=Fraction(1, 3), secondments=Fraction(1, 3))
    (left,) = [turn.happen(stage)[0] for turn in leaving.leavers(stage, at("2027-06-01"))]
    away, back = sorted(leaving.seconded(stage, at("2027-06-01")))
    (going,), early = away.happen(stage), back.happen(stage)
    stage.happen(going, away.at)
    (coming,) = back.happen(stage)

    assert (Second, Return, []) == (type(going), type(coming), early)
    assert going.person == coming.person != left.person
    assert going.on + timedelta(weeks=5) < coming.on
    assert ParticipantStatus.SECONDED is stage.register.status_of(going.person, going.on)


def test_everything_to_come_is_known_at_the_beginning(stage, players, at) -> None:
    """Registers, answers to open polls and leavers; of a finished poll nothing."""
    done = PollRequest(
        poll="engagement", subject=FIRST, person="1", opened=at("2026-12-01"), closes=at("2027-01-01"),
        answered=at("2026-12-02"),
    )  # fmt: skip
    stage.register = replace(stage.register, polls={("engagement", FIRST, "1"): done})
    turns = replace(players, drop_outs=Fraction(1)).opening(stage, at("2027-06-01"))

    assert 5 == len(turns)
    assert {date(2026, 12, 2)} <= {min(turn.at for turn in turns).date(), date(2026, 12, 2)}
