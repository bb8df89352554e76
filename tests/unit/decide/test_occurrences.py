"""When automations fall due."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from convener.decide.index import Index
from convener.decide.moments.lateness import Fate
from convener.decide.occurrences import Occurrence, occurrences, upcoming
from convener.decide.prepared import Prepared
from convener.decide.setting import Setting, Window
from convener.model import PollRequest, Register, SessionStatus

REMIND = "2 working days before session.starts, at 09:00"


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def setting_of(prepared: Prepared, register: Register, since: str, now: str, *, rehearsal: bool = False) -> Setting:
    """Ask over a stretch of time."""
    index = Index.of(prepared, register)
    return Setting(prepared, index, Window(at(since), at(now), rehearsal))


def found(setting: Setting) -> list[Occurrence]:
    """Return the occurrences of the first automation."""
    return list(occurrences(setting, setting.prepared.automations[0]))


def test_the_window_leaves_out_its_beginning_and_takes_in_its_end(world: Any) -> None:
    """Two ticks that meet never share an occurrence, nor lose one between them."""
    prepared, register = world.prepared(world.automation(REMIND)), world.register()

    due = found(setting_of(prepared, register, "2027-01-15T08:00", "2027-01-15T09:00"))
    after = found(setting_of(prepared, register, "2027-01-15T09:00", "2027-01-15T10:00"))

    assert [("lead/north/1", "2027-01-15T09:00")] == [(each.moment.subject, each.slot) for each in due]
    assert [] == after


def test_send_until_looks_back_before_the_window(world: Any) -> None:
    """P7: somebody who came late still hears of it, until the session begins."""
    prepared = world.prepared(world.automation(REMIND, late="send until session.starts"))
    register = world.register()

    before = found(setting_of(prepared, register, "2027-01-18T12:00", "2027-01-18T13:00"))
    during = found(setting_of(prepared, register, "2027-01-19T09:00", "2027-01-19T10:00"))

    assert ["2027-01-15T09:00"] == [each.slot for each in before]
    assert [] == during


def test_a_rhythm_with_poll_facts_ranges_over_open_polls(world: Any) -> None:
    """P8: chases go by poll and subject, and only while it is open."""
    poll = PollRequest(
        poll="engagement",
        subject="lead/north/1",
        person="ann",
        opened=at("2027-01-20T10:00"),
        closes=at("2027-01-25T10:00"),
    )
    register = world.register(polls={("engagement", "lead/north/1", "ann"): poll})
    prepared = world.prepared(world.automation("every working day at 09:30", when=["!poll.answered"]))

    due = found(setting_of(prepared, register, "2027-01-20T00:00", "2027-01-27T00:00"))

    assert [("lead/north/1", f"2027-01-{day}T09:30") for day in (21, 22, 25)] == [
        (o.moment.subject, o.slot) for o in due
    ]


@pytest.mark.parametrize(
    ("on", "slot"),
    [
        ("2 days after poll.opened", "2027-01-22T10:00"),
        ("2 days after poll.opened, at 09:00", "2027-01-22T09:00"),
        ("1 day before poll.closes", "2027-01-24T10:00"),
    ],
)
def test_a_poll_has_moments_of_its_own(world: Any, on: str, slot: str) -> None:
    """R28: after it opened and before it closes, for the one who is asked."""
    opened, closes = at("2027-01-20T10:00"), at("2027-01-25T10:00")
    poll = PollRequest(poll="engagement", subject="lead/north/1", person="ann", opened=opened, closes=closes)
    register = world.register(polls={("engagement", "lead/north/1", "ann"): poll})
    prepared = world.prepared(world.automation(on))

    due = found(setting_of(prepared, register, "2027-01-20T10:00", "2027-01-27T00:00", rehearsal=True))

    assert [("lead/north/1", slot)] == [(each.moment.subject, each.slot) for each in due]


def test_events_before_going_live_count_from_then(world: Any) -> None:
    """R30: who joined in draft is welcomed when the programme goes live."""
    event = world.event("participant.joined", "lead", at("2026-11-01T09:00"), "ann")
    register = world.register()
    register = world.register(events=(event, *register.events))
    prepared = world.prepared(world.automation("participant.joined"))

    due = found(setting_of(prepared, register, "2026-12-01T09:00", "2026-12-01T09:00"))

    assert [(world.live, event.id)] == [(each.due, each.slot) for each in due]


def test_a_register_that_comes_in_late_reopens_the_occurrence(world: Any) -> None:
    """R17: who is recorded a day after the others still gets what follows, under the same slot."""
    held = world.event("session.held", "lead/north/1", at("2027-01-20T09:00"))
    recorded = world.event("attendance.recorded", "lead/north/1", at("2027-01-22T15:00"), "ben")
    prepared = world.prepared(world.automation("2 hours after session.held", when=["attendance.present"]))

    due = found(setting_of(prepared, world.register(held, recorded), "2027-01-22T14:30", "2027-01-22T15:30"))

    assert {(recorded.at, held.id)} == {(each.due, each.slot) for each in due}


def test_cancelled_sessions_have_no_moments(world: Any) -> None:
    """P3: no reminder for a session that is off."""
    off = world.session(1, at("2027-01-19T09:00"), status=SessionStatus.CANCELLED)
    register = world.register().with_session(off)
    prepared = world.prepared(world.automation(REMIND))

    assert [] == found(setting_of(prepared, register, "2027-01-10T00:00", "2027-01-20T00:00"))


def test_a_rehearsal_misses_nothing(world: Any) -> None:
    """R30: a forecast decides at every instant, so nothing in it is late."""
    prepared, register = world.prepared(world.automation(REMIND)), world.register()

    lived = found(setting_of(prepared, register, "2027-01-01T00:00", "2027-04-01T00:00"))
    rehearsed = found(setting_of(prepared, register, "2027-01-01T00:00", "2027-04-01T00:00", rehearsal=True))

    assert {Fate.MISSED} == {each.fate for each in lived}
    assert {Fate.SEND} == {each.fate for each in rehearsed}


def test_what_comes_next_is_known(world: Any) -> None:
    """A tick can sleep until then."""
    prepared, register = world.prepared(world.automation(REMIND)), world.register()
    setting = setting_of(prepared, register, "2027-01-16T00:00", "2027-01-16T00:00")

    assert [at("2027-02-26T09:00")] == list(upcoming(setting, prepared.automations[0]))


def test_chases_without_an_open_poll_do_not_wake_anyone(world: Any) -> None:
    """An idle programme costs nothing."""
    prepared = world.prepared(world.automation("every working day at 09:30", when=["!poll.answered"]))
    setting = setting_of(prepared, world.register(), "2027-01-16T00:00", "2027-01-16T00:00")

    assert [] == list(upcoming(setting, prepared.automations[0]))


CHASE = ("poll.id == 'availability'", "poll.open", "!poll.answered", "poll.days_open >= 3")


@pytest.mark.parametrize(
    ("poll", "answered", "expected"),
    [
        ("availability", None, ["2027-01-25T09:30"]),
        ("availability", "2027-01-20T12:00", []),
        ("engagement", None, []),
    ],
)
def test_only_polls_that_may_be_chased_wake_anyone(
    world: Any, poll: str, answered: str | None, expected: list[str]
) -> None:
    """An idle programme costs nothing: another poll, an answer, or too early a day is certain beforehand."""
    opened = at("2027-01-20T10:00")
    request = PollRequest(
        poll=poll, subject="lead", person="ann", opened=opened, closes=opened + timedelta(days=10),
        answered=at(answered) if answered else None,
    )  # fmt: skip
    register = world.register(polls={(poll, "lead", "ann"): request})
    prepared = world.prepared(world.automation("every working day at 09:30", when=CHASE))
    setting = setting_of(prepared, register, "2027-01-20T12:00", "2027-01-20T12:00")

    assert [at(text) for text in expected] == list(upcoming(setting, prepared.automations[0]))


def test_what_no_poll_tells_may_still_become_true(world: Any) -> None:
    """Facts of a person can change until then, so they do not count against a wake-up."""
    opened = at("2027-01-20T10:00")
    request = PollRequest(
        poll="availability", subject="lead", person="ann", opened=opened, closes=opened + timedelta(days=10)
    )
    register = world.register(polls={("availability", "lead", "ann"): request})
    prepared = world.prepared(world.automation("every day", when=("poll.open", "participant.status == 'seconded'")))
    setting = setting_of(prepared, register, "2027-01-20T12:00", "2027-01-20T12:00")

    assert [at("2027-01-21T09:00")] == list(upcoming(setting, prepared.automations[0]))
