"""What one question comes to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from convener.decide.explanation import Explanation
from convener.model import DispatchState, ProgrammeState, Register, SessionStatus

Ask = Callable[..., Explanation]
CLAUSES = ("participant.active", "session.status == 'confirmed'", "!attendance.excused")


def reminder(world: Any, **more: Any) -> Any:
    """Return the reminder of the pack."""
    return world.automation("2 working days before session.starts, at 09:00", when=CLAUSES, **more)


def excused(world: Any) -> Register:
    """Return a register with ann's apologies for the first session."""
    register: Register = world.register(attendance=world.attended("lead/north/1", ann="apologies"))
    return register


def test_a_false_clause_does_not_match(world: Any, ask: Ask) -> None:
    """P16: with the one clause that stood in the way."""
    told = ask(reminder(world), "ann", "2027-01-15T09:00", excused(world))

    assert ("not_matched", [True, True, False]) == (told.said, [clause.value for clause in told.clauses])
    assert told.nearest_miss.startswith("`!attendance.excused`, which is false")


def test_an_unknown_clause_is_undecided(world: Any, ask: Ask) -> None:
    """P16: with the name of what is missing."""
    told = ask(world.automation("session.starts", when=["attendance.present"]), "ann", "2027-01-19T09:00")

    assert "undecided(attendance.present)" == told.said


def test_a_draft_suppresses_what_would_have_matched(world: Any, ask: Ask) -> None:
    """R30: nothing goes out before go; and what would not go out anyway says so."""
    draft = world.register(state=ProgrammeState.DRAFT, events=())
    sorry = replace(excused(world), state=ProgrammeState.DRAFT, events=())

    assert ["suppressed(draft)", "not_matched"] == [
        ask(reminder(world), "ann", "2027-01-15T09:00", register).said for register in (draft, sorry)
    ]


def test_what_fell_due_before_going_live_is_a_draft_s(world: Any, ask: Ask) -> None:
    """R30: going live does not send what is past."""
    live = world.event("programme.live", "lead", datetime(2027, 1, 16, 9, tzinfo=UTC))
    register = world.register(events=(live,))

    assert "suppressed(draft)" == ask(reminder(world, late="skip"), "ann", "2027-01-17T09:00", register).said
    lasting = ask(reminder(world, late="send until session.starts"), "ann", "2027-01-15T09:00", register)
    assert "fire" == lasting.said


def test_a_closed_programme_sends_nothing(world: Any, ask: Ask) -> None:
    """R30: only live ones do."""
    told = ask(reminder(world), "ann", "2027-01-15T09:00", world.register(state=ProgrammeState.CLOSED))

    assert ("not_matched", "the programme is closed") == (told.said, told.nearest_miss)


def test_what_is_decided_is_seen_as_it_was(world: Any, ask: Ask) -> None:
    """P16: that the session has been held since did not keep a reminder from going out."""
    register = excused(world)
    held = world.event("session.held", "lead/north/1", datetime(2027, 1, 20, 9, tzinfo=UTC))
    after = replace(
        register.with_session(replace(register.sessions["lead/north/1"], status=SessionStatus.HELD)),
        events=(*register.events, held),
        cursor=datetime(2027, 1, 25, 9, tzinfo=UTC),
    )
    told = ask(reminder(world), "ann", "2027-01-15T09:00", after, known={})

    assert [True, True, False] == [clause.value for clause in told.clauses]


def test_what_the_ledger_lacks_was_decided_otherwise(world: Any, ask: Ask) -> None:
    """P16: no reason is made up where none is known."""
    cursor = datetime(2027, 1, 25, 9, tzinfo=UTC)
    told = ask(reminder(world), "ann", "2027-01-15T09:00", world.register(cursor=cursor), known={})

    assert "missed(not in the ledger)" == told.said
    assert "all was decided up to Mon 25 Jan 2027 09:00 GMT" in told.nearest_miss


def test_what_went_out_when_things_stood_otherwise_went_out(world: Any, ask: Ask) -> None:
    """P16: apologies that came after the reminder do not undo it."""
    key = "acme/lead/remind/send.reminder.email/lead/north/1/2027-01-15T09:00/ann"
    cursor = datetime(2027, 1, 25, 9, tzinfo=UTC)
    register = replace(excused(world), cursor=cursor)
    told = ask(reminder(world), "ann", "2027-01-15T09:00", register, known={key: DispatchState.SENT})

    assert ("fire", [key]) == (told.said, [outcome.key for outcome in told.outcomes])
    assert told.nearest_miss.startswith("when it was decided it held; as things stand now it would not")


def test_what_went_out_is_seen_as_it_was(world: Any, ask: Ask) -> None:
    """P16: a reminder that went out held when it did, though its session is over by now."""
    register: Register = world.register()
    held = world.event("session.held", "lead/north/1", datetime(2027, 1, 20, 9, tzinfo=UTC))
    after = replace(
        register.with_session(replace(register.sessions["lead/north/1"], status=SessionStatus.HELD)),
        events=(*register.events, held),
        cursor=datetime(2027, 1, 25, 9, tzinfo=UTC),
    )
    key = "acme/lead/remind/send.reminder.email/lead/north/1/2027-01-15T09:00/ann"
    told = ask(reminder(world), "ann", "2027-01-15T09:00", after, known={key: DispatchState.SENT})

    assert ("fire", "", [True] * 3) == (told.said, told.nearest_miss, [clause.value for clause in told.clauses])


def test_a_manager_hears_of_each_of_theirs(world: Any, ask: Ask) -> None:
    """R17: the answer is of the one that goes out, the others are told beside it."""
    seen = {**world.attended("lead/north/1", ann="missed"), **world.attended("lead/north/1", ben="attended")}
    toolkit = world.automation("session.starts", for_each="manager", when=["attendance.present"])
    told = ask(toolkit, "mia@acme.example", "2027-01-19T09:00", world.register(attendance=seen))

    assert ("fire", "ben") == (told.said, told.about)
    assert [True] == [line.startswith("Ann Hall: not_matched") for line in told.others]


def test_the_answer_has_the_times_around_it(world: Any, ask: Ask) -> None:
    """P16: when it fell due before, and when it does next."""
    told = ask(reminder(world), "ann", "2027-02-26T09:00")

    assert ("lead/north/2", "2027-01-15", None) == (told.subject, told.before.date().isoformat(), told.after)
