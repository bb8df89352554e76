"""What may happen besides the rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.decide.stage.happenings import Answered, Attended, GoLive, happened, outdated_after
from convener.errors import RefusedError, UsageError
from convener.model import Person, PollRequest, ProgrammeState, SessionStatus, SwapCoach, Withdraw

FIRST = "lead/north/1"
ASKED = datetime(2027, 1, 20, 9, tzinfo=UTC)


def asked(*people: str) -> dict[tuple[str, str, str], PollRequest]:
    """Return a poll that is open to *people* for a week."""
    closes = ASKED + timedelta(days=7)
    return {
        ("engagement", FIRST, who): PollRequest(
            poll="engagement", subject=FIRST, person=who, opened=ASKED, closes=closes
        )
        for who in people
    }


def test_a_register_is_taken_in_as_attendance_is(world: Any) -> None:
    """R15: statuses by address or id; whole, it makes the session held."""
    table = {"attended": {"counts": True, "present": True}}
    prepared = world.prepared(rules=(world.rule("attendance-status", **table),))
    statuses = {"ann@acme.example": "attended", "ben": "attended", "cat": "attended"}
    what = Attended(session=f"acme/{FIRST}", statuses=statuses, engagement={"ben": 4})
    changed = happened(prepared, world.register(), what, ASKED)

    assert SessionStatus.HELD is changed.register.sessions[FIRST].status
    assert 4 == changed.register.attendance[FIRST, "ben"].engagement
    assert "session.held" == changed.events[-1].name


def test_an_answer_marks_the_poll_and_the_first_counts(world: Any) -> None:
    """Whoever has answered is not chased; answering again changes nothing."""
    register = world.register(polls=asked("ann", "ben"))
    what = Answered(poll="engagement", subject=FIRST, person="ann@acme.example")
    once = happened(world.prepared(), register, what, ASKED + timedelta(hours=1)).register
    again = happened(world.prepared(), once, what, ASKED + timedelta(hours=2)).register

    assert {"ann": ASKED + timedelta(hours=1), "ben": None} == {p.person: p.answered for p in once.polls.values()}
    assert once == again


def test_an_address_shared_by_two_answers_for_the_one_who_was_asked(world: Any) -> None:
    """A participant who manages others has two ids and one address."""
    boss = Person(id="ann@acme.example", name="Ann Hall", email="ann@acme.example")
    register = world.register(polls=asked("ann"))
    people = {"ann@acme.example": boss, **register.people}
    what = Answered(poll="engagement", subject=FIRST, person="ann@acme.example")
    after = happened(world.prepared(), replace(register, people=people), what, ASKED).register

    assert ASKED == after.polls["engagement", FIRST, "ann"].answered


def test_only_who_was_asked_can_answer_and_only_in_time(world: Any) -> None:
    """Another poll, another person and another time are errors that name the nearest."""
    register = world.register(polls=asked("ann"))
    wrong = Answered(poll="engagment", subject=FIRST, person="ann")
    with pytest.raises(UsageError) as caught:
        happened(world.prepared(), register, wrong, ASKED)
    with pytest.raises(UsageError, match="'ben' was not asked"):
        happened(world.prepared(), register, Answered(poll="engagement", subject=FIRST, person="ben"), ASKED)
    late = Answered(poll="engagement", subject=FIRST, person="ann")
    with pytest.raises(UsageError, match="is not open to 'ann' at 2027-01-27"):
        happened(world.prepared(), register, late, ASKED + timedelta(days=7))

    assert f"did you mean 'engagement about {FIRST}'?" == caught.value.hint


def test_a_draft_goes_live_and_a_change_is_applied(world: Any) -> None:
    """R2, R30: through the very functions that `go` and `change` use, refusals included."""
    draft = replace(world.register(state=ProgrammeState.DRAFT), events=())
    after = happened(world.prepared(), draft, GoLive(), ASKED).register
    gone = happened(world.prepared(), after, Withdraw(person="ann", on=date(2027, 1, 21)), ASKED).register
    strict = world.prepared(rules=(world.rule("coach-accredited", accredited=("emcc",)),))
    with pytest.raises(RefusedError):
        happened(strict, gone, SwapCoach(pod="north", on=date(2027, 1, 21), coach="dan@coaches.example"), ASKED)

    assert (ProgrammeState.LIVE, None) == (gone.state, gone.pod_of("ann", date(2027, 1, 21)))


def test_only_changes_outdate_what_waits(world: Any) -> None:
    """Registers, answers and going live make nothing untrue."""
    register = world.register()
    answer = Answered(poll="engagement", subject=FIRST, person="ann")

    assert [None] * 3 == [
        outdated_after(register, what) for what in (GoLive(), answer, Attended(session=FIRST, statuses={}))
    ]
    assert outdated_after(register, Withdraw(person="ann", on=date(2027, 1, 21))) is not None
