"""The decision as a whole."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convener.decide import Prepared, decide, forecast, next_due, prepare
from convener.decide.changes import apply_change
from convener.model import MoveSession, Plan, PollRequest, ProgrammeState, Register, Session, Withdraw
from convener.rulesets.loader import load_client

ROOT = Path(__file__).resolve().parents[3]
UNTIL = datetime(2027, 4, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def keys(plan: Plan) -> set[str]:
    """Return the keys of what goes out."""
    return {dispatch.key for dispatch in plan.dispatches}


def everything(world: Any) -> Prepared:
    """Prepare an automation of each kind."""
    made: Prepared = world.prepared(
        world.automation("participant.joined", id="welcome"),
        world.automation("2 working days before session.starts, at 09:00", late="send until session.starts"),
        world.automation("1 working day before session.starts, at 15:00", id="pack", for_each="coach"),
        world.automation("1 hour after session.ends", world.step("poll", "register"), id="register", for_each="coach"),
        world.automation(
            "2 hours after session.held",
            id="toolkit",
            for_each="manager",
            when=["attendance.present"],
        ),
        world.automation(
            "every monday at 08:00", world.step("report", "client", "reports"), id="report", for_each="sponsor"
        ),
        world.automation("every working day at 09:30", id="chase", when=["!poll.answered", "poll.days_open >= 3"]),
        world.automation(
            "session.confirmed", world.step("invite", "session", "calendar"), id="invites", for_each="member"
        ),
    )
    return made


def lived(world: Any) -> Register:
    """Return a register in which things have happened."""
    poll = PollRequest(
        poll="engagement",
        subject="lead/north/1",
        person="ann",
        opened=at("2027-01-20T10:00"),
        closes=at("2027-01-30T10:00"),
    )
    events = [world.event("participant.joined", "lead", at("2026-12-02T10:00"), who) for who in ("ann", "ben")]
    held = world.event("session.held", "lead/north/1", at("2027-01-20T09:07"))
    register: Register = world.register(
        *events,
        held,
        attendance=world.attended("lead/north/1", ann="attended", ben="attended", cat="missed"),
        polls={("engagement", "lead/north/1", "ann"): poll},
    )
    return register


def ticked(
    prepared: Prepared, register: Register, step: timedelta, until: datetime = UNTIL
) -> tuple[set[str], set[str]]:
    """Return the keys sent and missed when asked every *step*."""
    sent: set[str] = set()
    missed: set[str] = set()
    since = at("2026-12-01T09:00")
    while since < until:
        now = min(since + step, until)
        plan = decide(prepared, register, since, now)
        sent |= keys(plan)
        missed |= {dispatch.key for dispatch in plan.missed}
        since = now
    return sent, missed


def test_the_same_question_has_the_same_answer(world: Any) -> None:
    """N1: a pure function of its arguments."""
    prepared, register = everything(world), lived(world)
    span = (at("2027-01-01T00:00"), at("2027-01-31T00:00"))

    assert decide(prepared, register, *span) == decide(prepared, register, *span)


def test_keys_are_unique(world: Any) -> None:
    """P2: one row for each automation, step, subject, slot and recipient."""
    plan = forecast(everything(world), lived(world), at("2026-12-01T09:00"), UNTIL)

    assert len(plan.dispatches) == len(keys(plan)) > 30


def test_hours_and_days_come_to_the_same_keys(world: Any) -> None:
    """P6: what goes out does not depend on how often we look."""
    prepared, register = everything(world), lived(world)

    hourly, daily = ticked(prepared, register, timedelta(hours=1)), ticked(prepared, register, timedelta(days=1))

    assert hourly == daily
    assert set() == hourly[1]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.integers(min_value=181, max_value=1440))
def test_any_tick_comes_to_the_same_keys(world: Any, minutes: int) -> None:
    """P6: not even when it is odd."""
    prepared, register = everything(world), lived(world)
    until = at("2027-02-01T00:00")

    expected = ticked(prepared, register, timedelta(days=1), until)

    assert expected == ticked(prepared, register, timedelta(minutes=minutes), until)


def test_a_forecast_lists_what_ticks_will_send(world: Any) -> None:
    """N1: what was rehearsed is what happens, as long as nothing else does."""
    prepared, register = everything(world), lived(world)
    sent, _ = ticked(prepared, register, timedelta(hours=6))

    assert sent == keys(forecast(prepared, register, at("2026-12-01T09:00"), UNTIL))


@pytest.mark.parametrize("state", [ProgrammeState.DRAFT, ProgrammeState.CLOSED])
def test_nothing_goes_out_unless_live(world: Any, state: ProgrammeState) -> None:
    """R30: a draft sends nothing, and wakes nobody."""
    plan = decide(everything(world), replace(lived(world), state=state), at("2026-12-01T09:00"), UNTIL)

    assert Plan(since=at("2026-12-01T09:00"), until=UNTIL, next_due=None) == plan


def test_three_days_of_downtime_send_the_last_and_record_the_rest(world: Any) -> None:
    """P7: faults row 16; what is too late is recorded as missed, not released in a burst."""
    prepared = world.prepared(world.automation("every day at 09:00"))

    plan = decide(prepared, world.register(), at("2027-01-11T10:00"), at("2027-01-14T12:00"))

    assert {"2027-01-14T09:00"} == {dispatch.slot for dispatch in plan.dispatches}
    assert {"2027-01-12T09:00", "2027-01-13T09:00"} == {dispatch.slot for dispatch in plan.missed}


def test_a_moved_session_leaves_no_stale_reminder(world: Any) -> None:
    """P3: the reminder follows the session, because nothing was stored ahead."""
    prepared = everything(world)
    now = at("2027-02-01T09:00")
    change = MoveSession(session="lead/north/2", starts=at("2027-03-09T09:00"))
    after = apply_change(prepared, lived(world), change, now).register

    plan = forecast(prepared, after, now, UNTIL)

    assert {"2027-03-05T09:00"} == {d.slot for d in plan.dispatches if d.automation == "remind"}


def test_who_withdrew_gets_nothing_more(world: Any) -> None:
    """R2: neither reminders nor chases nor polls."""
    prepared = everything(world)
    now = at("2027-01-21T09:00")
    after = apply_change(prepared, lived(world), Withdraw(person="ann", on=date(2027, 1, 21)), now).register

    assert set() == {d.key for d in forecast(prepared, after, now, UNTIL).dispatches if d.recipient == "ann"}


def test_a_session_recorded_twice_brings_one_toolkit_each_manager(world: Any) -> None:
    """R17: exactly one for each manager and session, to the one whose people were there."""
    again = world.event("session.held", "lead/north/1", at("2027-01-21T09:07"))
    register = lived(world)

    sent, _ = ticked(everything(world), replace(register, events=(*register.events, again)), timedelta(hours=7))

    toolkits = [key for key in sent if key.startswith("acme/lead/toolkit/")]
    assert ["mia@acme.example"] == [key.rpartition("/")[2] for key in toolkits]


def test_the_next_moment_is_one_at_which_something_is_due(world: Any) -> None:
    """A tick costs what is due: sleeping from moment to moment sends the same."""
    prepared, register = everything(world), lived(world)
    now, sent = at("2026-12-01T09:00"), set[str]()
    asked = 0
    while now < UNTIL and asked < 200:
        then = min(next_due(prepared, register, now) or UNTIL, UNTIL)
        sent |= keys(decide(prepared, register, now, then))
        now, asked = then, asked + 1

    assert ticked(prepared, register, timedelta(hours=6))[0] == sent
    assert asked < 60


def test_a_poll_that_opens_now_wakes_whoever_chases_it(world: Any) -> None:
    """P8: the tick that opens it sleeps no longer than to the first chase."""
    prepared = world.prepared(
        world.automation("participant.joined", world.step("poll", "engagement"), id="ask"),
        world.automation("every day at 09:30", id="chase", when=["!poll.answered", "poll.days_open >= 3"]),
    )
    joined = world.event("participant.joined", "lead", at("2026-12-02T10:00"), "ann")

    plan = decide(prepared, world.register(joined), at("2026-12-02T09:00"), at("2026-12-02T10:00"))

    assert ["ann"] == [opening.person for opening in plan.openings]
    assert at("2026-12-06T09:30") == plan.next_due


def test_both_passes_of_an_autumn_night_fire_once(world: Any) -> None:
    """P6: faults row 13; and a spring gap still fires."""
    prepared = world.prepared(world.automation("every day at 01:30"))
    register = world.register()

    for night in ("2027-10-31", "2027-03-28"):
        begin = at(f"{night}T00:00") - timedelta(hours=6)
        plans = [
            decide(prepared, register, begin + timedelta(hours=n), begin + timedelta(hours=n + 1)) for n in range(12)
        ]
        assert [f"{night}T01:30"] * 3 == [dispatch.slot for plan in plans for dispatch in plan.dispatches]


def test_everyone_is_reminded_at_nine_by_their_own_clock(world: Any) -> None:
    """P6: one slot, two instants; in the programme's zone, one."""
    register = world.register()
    people = {**register.people, "ben": world.person("ben", zone="Asia/Singapore")}
    spread = replace(register, people=people)
    on, span = "2 working days before session.starts, at 09:00", (at("2027-01-14T12:00"), at("2027-01-15T12:00"))

    own = decide(world.prepared(world.automation(on)), spread, *span).dispatches
    one = decide(world.prepared(world.automation(on, in_programme_zone=True)), spread, *span).dispatches

    assert [("ben", 1), ("ann", 9), ("cat", 9)] == [(dispatch.recipient, dispatch.due.hour) for dispatch in own]
    assert {"2027-01-15T09:00"} == {dispatch.slot for dispatch in own}
    assert {9} == {dispatch.due.hour for dispatch in one}


def test_the_example_year_runs_through(world: Any) -> None:
    """R30: every automation of the northern example that needs no register finds its people, chases among them."""
    (ruleset,) = load_client(ROOT, "northern-health").rulesets
    register = replace(world.register(), client="northern-health", programme="primary-care")
    pod = "primary-care/north"
    sessions: list[Session] = [
        world.session(n + 1, at("2027-01-19T09:00") + timedelta(days=42 * n), pod=pod) for n in range(2)
    ]
    register = replace(
        register,
        pods={pod: replace(register.pods["lead/north"], id=pod)},
        memberships=tuple(replace(row, pod=pod) for row in register.memberships),
        coachings=tuple(replace(row, pod=pod) for row in register.coachings),
        sessions={session.id: session for session in sessions},
    )

    plan = forecast(prepare(ruleset), register, at("2026-12-01T09:00"), at("2027-06-01T00:00"))

    named = {
        "invites",
        "manager-briefing",
        "pre-work",
        "remind",
        "run-pack",
        "register",
        "register-chase",
        "agenda",
        "sponsor-report",
        "evaluation",
    }
    assert named == {dispatch.automation for dispatch in plan.dispatches}


def test_a_draft_is_rehearsed_as_if_it_went_live(world: Any) -> None:
    """R30: `plan` shows beforehand exactly what going live would send; the decision itself sends nothing."""
    prepared, live = everything(world), lived(world)
    events = tuple(replace(e, at=min(e.at, world.live)) for e in live.events if e.name != "programme.live")
    draft = replace(live, state=ProgrammeState.DRAFT, events=events)
    gone = replace(
        draft, state=ProgrammeState.LIVE, events=(*events, world.event("programme.live", "lead", world.live))
    )

    plan = forecast(prepared, draft, world.live, UNTIL)

    assert forecast(prepared, gone, world.live, UNTIL) == plan
    assert {"welcome", "remind", "invites"} <= {dispatch.automation for dispatch in plan.dispatches}
    assert () == decide(prepared, draft, world.live, UNTIL).dispatches


def test_a_closed_programme_is_not_rehearsed(world: Any) -> None:
    """R30: what is over stays over."""
    over = replace(lived(world), state=ProgrammeState.CLOSED)

    assert () == forecast(everything(world), over, world.live, UNTIL).dispatches


def test_a_forecast_sees_the_chases_of_polls_that_would_open(world: Any) -> None:
    """R30: what follows from a poll that is not open yet is in the plan, and from what that opens in turn."""
    prepared = world.prepared(
        world.automation("1 hour after session.ends", world.step("poll", "register"), id="ask", for_each="coach"),
        world.automation(
            "every working day at 10:00", id="chase", for_each="coach", when=["!poll.answered", "poll.days_open >= 1"]
        ),
        world.automation("2 days after poll.opened", world.step("poll", "engagement"), id="more", for_each="coach"),
    )

    plan = forecast(prepared, world.register(), at("2027-01-10T00:00"), at("2027-01-29T00:00"))

    first = [d.slot for d in plan.dispatches if d.automation == "chase" and d.subject == "lead/north/1"]
    assert {"register", "engagement"} == {opening.poll for opening in plan.openings}
    assert "2027-01-21T10:00" == first[0]
    assert "2027-01-28T10:00" == first[-1]


def test_a_poll_that_opens_late_was_opened_when_it_was_due(world: Any) -> None:
    """P7: what follows from it counts from its moment, so that one tick a day chases when one a minute does."""
    prepared = world.prepared(
        world.automation("session.held", world.step("poll", "engagement"), id="ask"),
        world.automation("2 days after poll.opened", id="chase"),
    )
    register = world.register(world.event("session.held", "lead/north/1", at("2027-01-20T09:00"), "ann"))

    plan = decide(prepared, register, at("2027-01-20T08:00"), at("2027-01-21T08:00"))

    assert [at("2027-01-20T09:00")] == [opening.opens for opening in plan.openings]
    assert at("2027-01-22T09:00") == plan.next_due


def test_nobody_is_asked_and_chased_in_one_breath(world: Any) -> None:
    """P8: after four days of downtime the poll goes out; the chase that fell due meanwhile is recorded as missed."""
    prepared = world.prepared(
        world.automation("session.held", world.step("poll", "engagement"), id="ask"),
        world.automation("2 days after poll.opened", id="chase"),
    )
    register = world.register(world.event("session.held", "lead/north/1", at("2027-01-20T09:00"), "ann"))

    plan = decide(prepared, register, at("2027-01-20T08:00"), at("2027-01-24T08:00"))

    assert ["ask"] == [dispatch.automation for dispatch in plan.dispatches]
    assert ["chase"] == [dispatch.automation for dispatch in plan.missed]


def test_a_poll_that_closed_before_anybody_looked_is_not_asked(world: Any) -> None:
    """P7: it is recorded as missed, and nobody is asked into a closed poll."""
    prepared = world.prepared(
        world.automation("session.held", world.step("poll", "engagement")),
        polls={"engagement": world.poll("engagement", closes="1 day")},
    )
    register = world.register(world.event("session.held", "lead/north/1", at("2027-01-20T09:00"), "ann"))

    plan = decide(prepared, register, at("2027-01-20T08:00"), at("2027-01-22T08:00"))

    assert ((), (), 1) == (plan.dispatches, plan.openings, len(plan.missed))


def test_of_two_automations_that_open_a_poll_the_earlier_counts(world: Any) -> None:
    """P6: whichever comes first in the file."""
    prepared = world.prepared(
        world.automation("4 hours after session.held", world.step("poll", "engagement"), id="later"),
        world.automation("1 hour after session.held", world.step("poll", "engagement"), id="sooner"),
    )
    register = world.register(world.event("session.held", "lead/north/1", at("2027-01-20T09:00"), "ann"))

    plan = decide(prepared, register, at("2027-01-20T08:00"), at("2027-01-20T18:00"))

    assert [at("2027-01-20T10:00")] == [opening.opens for opening in plan.openings]
