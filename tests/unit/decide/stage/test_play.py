"""A programme played forward."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convener.decide import Prepared
from convener.decide.stage.play import Answered, Attended, Beat, GoLive, Stage
from convener.errors import UsageError
from convener.model import (
    Change,
    InviteMethod,
    MoveSession,
    ProgrammeState,
    Register,
    Second,
    SessionStatus,
    SwapCoach,
    Withdraw,
)

START = datetime(2026, 12, 1, 9, tzinfo=UTC)
END = datetime(2027, 4, 1, tzinfo=UTC)
FIRST = "lead/north/1"
TABLE = {"attended": {"counts": True, "present": True}, "missed": {"counts": True, "present": False}}


def everything(world: Any) -> Prepared:
    """Prepare an automation of each kind, quiet evenings and a floor."""
    made: Prepared = world.prepared(
        world.automation("2 working days before session.starts, at 09:00", late="send until session.starts"),
        world.automation("1 hour after session.ends", world.step("poll", "register"), id="register", for_each="coach"),
        world.automation("2 hours after session.held", id="toolkit", for_each="manager", when=["attendance.present"]),
        world.automation("1 day after session.held", world.step("poll", "engagement"), id="pulse"),
        world.automation("every working day at 09:30", id="chase", when=["!poll.answered", "poll.days_open >= 2"]),
        world.automation(
            "session.confirmed", world.step("invite", "session", "calendar"), id="invites", for_each="member"
        ),
        rules=(
            world.rule("attendance-status", **TABLE),
            world.rule("quiet-hours", **{"from": "18:00", "to": "08:00"}),
            world.rule("attendance-floor", inflexible=False, min="70%"),
        ),
    )
    return made


def stage(world: Any, **more: Any) -> Stage:
    """Set the small world on a stage on the day it went live."""
    return Stage.of(everything(world), world.register(**more), START)


def whole() -> Attended:
    """Return a register of the first session in which one is missing."""
    return Attended(session=FIRST, statuses={"ann": "attended", "ben": "attended", "cat": "missed"})


def sent(beats: list[Beat]) -> list[tuple[str, str, datetime]]:
    """Return automation, recipient and instant of what goes out."""
    return [(d.automation, d.recipient, beat.at) for beat in beats for d in beat.dispatches]


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_it_stops_at_every_instant_at_which_something_is_due(world: Any) -> None:
    """N4: reminders go at nine two working days before, the poll of the register an hour after the session."""
    beats = list(stage(world).advance(at("2027-01-19T23:59")))

    assert ["invites", "remind"] == sorted({automation for automation, _, _ in sent(beats)})
    assert {at("2027-01-15T09:00")} == {when for what, _, when in sent(beats) if what == "remind"}
    assert {START} == {when for what, _, when in sent(beats) if what == "invites"}


def test_quiet_hours_hold_a_message_back_until_they_end(world: Any) -> None:
    """What falls due in the evening goes out in the morning, on the stage as in life."""
    played = stage(world)
    evening = list(played.advance(at("2027-01-20T07:59")))
    morning = list(played.advance(at("2027-01-20T08:00")))

    assert [] == [each for each in sent(evening) if each[0] == "register"]
    assert [("register", "cox@coaches.example", at("2027-01-20T08:00"))] == sent(morning)


def test_a_register_holds_the_session_and_what_follows_goes_out(world: Any) -> None:
    """R17: toolkits two hours after it, to the managers of those who were there, and the floor is flagged."""
    played = stage(world)
    beat = played.happen(whole(), at("2027-01-20T10:00"))
    after = list(played.advance(at("2027-01-20T12:00")))

    assert ["attendance.recorded"] * 3 + ["session.held"] == [event.name for event in beat.events]
    assert SessionStatus.HELD is played.register.sessions[FIRST].status
    assert [("toolkit", "mia@acme.example", at("2027-01-20T12:00"))] == sent(after)
    assert ["acme/lead/attendance-floor/cat"] == [flag.id for beat in after for flag in beat.flags]
    assert ["acme/lead/attendance-floor/cat"] == list(played.flags)


def test_flags_are_settled_when_their_cause_is_gone(world: Any) -> None:
    """A correction takes the flag along, and the beat says so."""
    played = stage(world)
    played.happen(whole(), at("2027-01-20T10:00"))
    list(played.advance(at("2027-01-20T12:00")))
    played.happen(Attended(session=FIRST, statuses={"cat": "attended"}), at("2027-01-20T13:00"))
    settled = [flag.id for beat in played.advance(at("2027-01-20T13:00")) for flag in beat.settled]

    assert (["acme/lead/attendance-floor/cat"], {}) == (settled, played.flags)


def test_whoever_answers_is_not_chased(world: Any) -> None:
    """Answers stop the chase; the others hear on the second working day."""
    played = stage(world)
    played.happen(whole(), at("2027-01-20T10:00"))
    played.happen(Answered(poll="engagement", subject=FIRST, person="ann"), at("2027-01-22T10:00"))
    chased = {who for what, who, _ in sent(list(played.advance(at("2027-01-26T12:00")))) if what == "chase"}

    assert {"ben", "cat"} == chased


def test_a_withdrawal_calls_off_what_waits_for_the_quiet_to_end(world: Any) -> None:
    """P3: nobody who has left is written to, not even with what was decided before."""
    prepared = world.prepared(
        world.automation("2 hours after session.held", id="thanks"),
        rules=(world.rule("attendance-status", **TABLE), world.rule("quiet-hours", **{"from": "18:00", "to": "08:00"})),
    )
    played = Stage.of(prepared, world.register(), START)
    played.happen(whole(), at("2027-01-19T17:30"))
    list(played.advance(at("2027-01-19T20:00")))
    beat = played.happen(Withdraw(person="ann", on=date(2027, 1, 19)), at("2027-01-19T21:00"))

    assert ["ann"] == [dispatch.recipient for dispatch in beat.called_off]
    assert {"ben", "cat"} == {who for _, who, _ in sent(list(played.advance(at("2027-01-21T09:00"))))}


def test_calendars_follow_what_happens(world: Any) -> None:
    """R13: a moved session is an update with the next sequence, a leaver gets a cancellation, nobody else hears."""
    played = stage(world)
    played.happen(MoveSession(session="lead/north/2", starts=at("2027-03-03T09:00")), at("2027-01-04T10:00"))
    moved = [d for beat in played.advance(at("2027-01-04T10:00")) for d in beat.dispatches]
    played.happen(Withdraw(person="ann", on=date(2027, 2, 1)), at("2027-02-01T10:00"))
    left = [d for beat in played.advance(at("2027-02-01T10:00")) for d in beat.dispatches]

    assert {("lead/north/2", 1)} == {(d.session, d.invite.sequence) for d in moved if d.invite}
    assert ["ann", "ben", "cat", "cox@coaches.example"] == sorted(d.recipient for d in moved)
    assert [("ann", "lead/north/2", InviteMethod.CANCEL)] == [
        (d.recipient, d.session, d.invite.method) for d in left if d.invite and d.session != FIRST
    ]


def test_what_falls_due_at_the_same_instant_is_decided_after_what_happens(world: Any) -> None:
    """P3: state is read at the moment of sending; whoever withdraws at nine gets no reminder at nine."""
    nine = at("2027-01-15T09:00")
    asked_first, not_asked = stage(world), stage(world)
    early = sent(list(asked_first.advance(nine)))
    not_asked.happen(Withdraw(person="ann", on=date(2027, 1, 15)), nine)

    assert "ann" in {who for what, who, _ in early if what == "remind"}
    assert "ann" not in {who for what, who, _ in sent(list(not_asked.advance(nine))) if what == "remind"}


def test_a_refusal_by_an_inflexible_rule_is_told_and_changes_nothing(world: Any) -> None:
    """R27: the rule is named, and the play goes on."""
    strict = world.prepared(rules=(world.rule("coach-accredited", accredited=("emcc",)),))
    played = Stage.of(strict, world.register(), START)
    beat = played.happen(
        SwapCoach(pod="north", on=date(2027, 1, 4), coach="dan@coaches.example"), at("2027-01-04T10:00")
    )

    assert (("coach-accredited",), ()) == (beat.refused_by, beat.events)
    assert "emcc" in beat.refused
    assert "cox@coaches.example" == played.register.coach_of("lead/north", date(2027, 1, 5))


def test_a_draft_is_silent_until_it_goes_live(world: Any) -> None:
    """R30: nothing goes out before, and what is due goes out after."""
    register = replace(world.register(state=ProgrammeState.DRAFT), events=())
    played = Stage.of(everything(world), register, START)
    before = list(played.advance(at("2027-01-04T09:00")))
    beat = played.happen(GoLive(), at("2027-01-04T09:00"))
    after = sent(list(played.advance(at("2027-01-04T09:00"))))

    assert ([], ["programme.live"]) == (before, [event.name for event in beat.events])
    assert {"invites"} == {what for what, _, _ in after}


def test_what_happens_twice_in_one_second_has_two_events(world: Any) -> None:
    """As in the store, an id that is taken gets a number, so that each can trigger its own."""
    played, morning = stage(world), at("2027-01-04T10:00")
    first = played.happen(MoveSession(session="lead/north/2", starts=at("2027-03-03T09:00")), morning)
    second = played.happen(MoveSession(session="lead/north/2", starts=at("2027-03-04T09:00")), morning)

    assert f"{first.events[0].id}~2" == second.events[0].id
    assert second.events[0] in played.register.events


def test_nothing_happens_in_the_past_or_to_strangers(world: Any) -> None:
    """Time goes one way, and whoever is not there is an error."""
    played = stage(world)
    list(played.advance(at("2027-01-04T10:00")))
    with pytest.raises(ValueError, match="has passed"):
        played.happen(GoLive(), at("2027-01-04T09:59"))
    with pytest.raises(UsageError, match="zoe"):
        played.happen(Withdraw(person="zoe", on=date(2027, 1, 5)), at("2027-01-05T10:00"))


def test_advancing_is_lazy_and_every_beat_is_kept(world: Any) -> None:
    """A caller may stop at a beat and go on from there; whoever asks later finds them all."""
    played = stage(world)
    first = next(played.advance(END))
    played.happen(GoLive() if played.register.state is ProgrammeState.DRAFT else whole(), at("2027-01-20T10:00"))

    assert (START, first) == (first.at, played.beats[0])
    assert at("2027-01-20T10:00") == played.beats[-1].at == played.now
    assert sorted(beat.at for beat in played.beats) == [beat.at for beat in played.beats]


HAPPENINGS: list[tuple[datetime, Change | Attended | Answered]] = [
    (at("2027-01-12T08:05"), Second(person="ben", on=date(2027, 1, 13), zone="Europe/Lisbon")),
    (at("2027-01-19T21:00"), Withdraw(person="ann", on=date(2027, 1, 20))),
    (at("2027-01-20T09:07"), Attended(session=FIRST, statuses={"ann": "attended", "cat": "missed"})),
    (at("2027-01-25T10:00"), Answered(poll="engagement", subject=FIRST, person="cat")),
    (at("2027-02-01T10:00"), MoveSession(session="lead/north/2", starts=at("2027-03-03T09:00"))),
]


def played_to(world: Any, stops: list[datetime]) -> Stage:
    """Play everything that happens, stopping at *stops* on the way."""
    played = stage(world)
    steps: list[tuple[datetime, Change | Attended | Answered | None]] = [(stop, None) for stop in stops]
    for instant, what in sorted([*steps, *HAPPENINGS], key=lambda step: (step[0], step[1] is None)):
        if what is not None:
            played.happen(what, instant)
        list(played.advance(instant))
    list(played.advance(END))
    return played


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 170_000), max_size=4))
def test_playing_in_parts_is_playing_whole(world: Any, minutes: list[int]) -> None:
    """Wherever one stops on the way, the same goes out at the same instants and the register ends the same (N4)."""
    one, parts = played_to(world, []), played_to(world, [START + timedelta(minutes=minute) for minute in minutes])

    assert one.beats == parts.beats
    assert one.register == parts.register


def test_playing_is_repeatable(world: Any) -> None:
    """The same stage and happenings give the same play, and leave the register they began with alone."""
    register: Register = world.register()
    one = Stage.of(everything(world), register, START)
    list(one.advance(END))

    assert register == world.register()
    assert sent(one.beats) == sent(list(Stage.of(everything(world), register, START).advance(END)))
