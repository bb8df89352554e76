"""One tick a minute, an hour or a day come to the same keys.

The keys compared are those sent and those recorded as missed together: a tick that comes late may find a message
past its use (`late = "skip"`), its reader gone (P8) or the poll it speaks of asked only now, and records it then.
The register itself is the same throughout, apart from what ticks do to it: polls open and calendars are told.
Polls here stay open longer than the longest tick: one that closed before anybody looked is never asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, reject, settings
from hypothesis import strategies as st

from convener.decide import Prepared, decide, next_due, prepare
from convener.decide.stage.effects import opened, told
from convener.errors import InvalidError
from convener.model import (
    Coaching,
    Enrolment,
    Event,
    Management,
    Membership,
    ParticipantStatus,
    Plan,
    Pod,
    Register,
    SessionStatus,
)
from convener.rulesets.loader import load_client
from convener.rulesets.ruleset import Automation, Rule

ROOT = Path(__file__).resolve().parents[3]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BEGINS = datetime(2027, 3, 22, 10, 7, tzinfo=UTC)
ENDS = BEGINS + 16 * DAY
"""London's clocks change on 28 March, Melbourne's on 4 April."""
Ticks = Callable[[Prepared, Register, datetime], datetime]
"""The next tick after one at an instant."""


def every(step: timedelta) -> Ticks:
    """Tick at a steady pace."""
    return lambda _, __, now: now + step


def skipping(step: timedelta) -> Ticks:
    """Tick at a steady pace, but sleep as long as nothing is due, as the daemon does."""

    def then(prepared: Prepared, register: Register, now: datetime) -> datetime:
        due = next_due(prepared, register, now)
        return ENDS + 4000 * DAY if due is None else now + max(1, -((now - due) // step)) * step

    return then


def jumping(prepared: Prepared, register: Register, now: datetime) -> datetime:
    """Tick exactly when something is due."""
    return next_due(prepared, register, now) or ENDS + 4000 * DAY


def folded(prepared: Prepared, register: Register, ticks: Ticks, until: datetime) -> Iterator[Plan]:
    """Yield the plan of each tick until *until*, each on what the ones before made of the register."""
    now = (register.live_since or BEGINS) - timedelta(microseconds=1)
    while now < until:
        then = min(ticks(prepared, register, now), until)
        plan = decide(prepared, register, now, then)
        yield plan
        register = after(register, plan)
        now = then


def after(register: Register, plan: Plan) -> Register:
    """Return what *plan* makes of *register*; what it does not touch stays the same object."""
    polls, invites = opened(plan), told(plan.dispatches)
    return replace(
        register,
        polls={**polls, **register.polls} if polls else register.polls,
        invites={**register.invites, **invites} if invites else register.invites,
    )


def keys(prepared: Prepared, register: Register, ticks: Ticks, until: datetime = ENDS) -> set[str]:
    """Return every key that ticks come to."""
    plans = folded(prepared, register, ticks, until)
    return {dispatch.key for plan in plans for dispatch in (*plan.dispatches, *plan.missed)}


def eventful(world: Any) -> Register:
    """Return a register in which people of three zones come, go, are away and change managers within two weeks."""
    active, away, gone = ParticipantStatus.ACTIVE, ParticipantStatus.SECONDED, ParticipantStatus.WITHDRAWN
    begun, mid, late = date(2026, 11, 1), date(2027, 3, 27), date(2027, 4, 2)
    rows = {
        "ann": [(active, begun, None)],
        "ben": [(active, begun, mid), (gone, mid, None)],
        "cat": [(active, begun, date(2027, 3, 24)), (away, date(2027, 3, 24), late), (active, late, None)],
        "dee": [(active, mid, None)],
        "eve": [(active, begun, None)],
    }
    seats = {"ann": begun, "ben": begun, "cat": begun, "dee": mid, "eve": begun}
    people = [
        world.person("ann"),
        world.person("ben", zone="Australia/Melbourne", holidays="AU-VIC"),
        world.person("cat", zone="America/New_York"),
        world.person("dee", zone="Australia/Melbourne"),
        world.person("eve", holidays="IE"),
    ]
    base: Register = world.register()
    at = datetime(2027, 3, 24, 9, tzinfo=UTC)
    sessions = [
        world.session(1, at, status=SessionStatus.HELD),
        world.session(2, at + timedelta(days=6, hours=2, minutes=30)),
        world.session(1, at + timedelta(days=9, hours=-8), pod="lead/south"),
    ]
    first = sessions[0].id
    recorded = [("ann", 30), ("cat", 30), ("eve", 33), ("ben", 51)]
    events: list[Event] = [
        world.event("participant.joined", "lead", BEGINS - DAY, "ann"),
        world.event("participant.joined", "lead", BEGINS + timedelta(days=5, hours=3), "dee"),
        world.event("session.confirmed", sessions[1].id, BEGINS + timedelta(days=1, hours=1)),
        world.event("session.held", first, at + 30 * HOUR),
        *(world.event("attendance.recorded", first, at + hours * HOUR, who) for who, hours in recorded),
        world.event("manager.changed", "lead", BEGINS + 4 * DAY, "ann"),
    ]
    mia, max_ = "mia@acme.example", "max@acme.example"
    return replace(
        base,
        people={**base.people, **{person.id: person for person in people}},
        enrolments=tuple(
            Enrolment(person=who, status=status, since=since, until=until)
            for who, several in rows.items()
            for status, since, until in several
        ),
        memberships=tuple(
            Membership(person=who, pod="lead/south" if who == "eve" else world.pod, since=since)
            for who, since in seats.items()
        ),
        managements=(
            Management(person="ann", manager=mia, since=begun, until=mid),
            Management(person="ann", manager=max_, since=mid),
            *(Management(person=who, manager=mia, since=begun) for who in ("ben", "cat", "eve")),
        ),
        coachings=(
            Coaching(pod=world.pod, coach="cox@coaches.example", since=begun, until=late),
            Coaching(pod=world.pod, coach="dan@coaches.example", since=late),
            Coaching(pod="lead/south", coach="dan@coaches.example", since=begun),
        ),
        pods={**base.pods, "lead/south": Pod(id="lead/south", name="South")},
        sessions={session.id: session for session in sessions},
        attendance=world.attended(first, ann="attended", cat="apologies", eve="missed", ben="attended"),
        events=(replace(base.events[0], at=BEGINS), *sorted(events, key=lambda event: event.at)),
    )


SPANS = st.builds(
    "{} {}".format, st.integers(0, 4), st.sampled_from(["hours", "days", "working days", "weeks"])
) | st.builds("{} minutes".format, st.sampled_from([5, 45, 90]))
CLOCKS = st.sampled_from(["", ", at 00:00", ", at 01:30", ", at 02:30", ", at 09:00", ", at 16:45", ", at 23:59"])
FIELDS = st.sampled_from(["session.starts", "session.ends", "programme.starts", "programme.ends", "poll.closes"])
HAPPENINGS = st.sampled_from(
    ["participant.joined", "session.confirmed", "session.held", "attendance.recorded", "manager.changed", "poll.opened"]
)
MOMENTS = (
    st.builds("{} before {}{}".format, SPANS, FIELDS, CLOCKS)
    | st.builds("{} after {}{}".format, SPANS, FIELDS | HAPPENINGS, CLOCKS)
    | st.builds(
        "every {}{}".format,
        st.sampled_from(["day", "working day", "monday", "2 weeks on friday", "month on the first thursday"]),
        CLOCKS,
    )
    | HAPPENINGS.filter(lambda name: name != "poll.opened")
)
CLAUSES = st.lists(
    st.sampled_from(
        [
            "participant.active",
            "session.status == 'confirmed'",
            "session.number > 1",
            "!attendance.excused",
            "attendance.present",
            "attendance.status == 'missed'",
            "manager.known",
            "coach.known",
            "poll.id == 'engagement'",
            "!poll.answered",
            "poll.open",
            "poll.days_open >= 1",
            "session.starts_in_hours <= 30",
        ]
    ),
    max_size=2,
    unique=True,
)
LATE = st.sampled_from(["", "", "skip", "ask", "send until session.starts", "send until programme.ends"])
WORDS = st.sampled_from(["participant", "manager", "coach", "sponsor", "member", "everyone"])
POLLS = st.sampled_from(["engagement", "availability", "agenda"])


@st.composite
def automations(draw: st.DrawFn, world: Any) -> tuple[Automation, ...]:
    """Draw one to four automations, some of which open polls and chase."""
    made: list[Automation] = []
    for number in range(draw(st.integers(1, 4))):
        asks = draw(st.booleans())
        step = world.step("poll", draw(POLLS)) if asks else world.step("send", "reminder")
        made.append(
            world.automation(
                draw(MOMENTS),
                step,
                id=f"a{number}",
                for_each=draw(WORDS),
                when=draw(CLAUSES),
                late="" if asks else draw(LATE),
                in_programme_zone=draw(st.booleans()),
            )
        )
    standing = world.automation(
        "session.confirmed", world.step("invite", "session", "calendar"), id="invites", for_each="member"
    )
    return (*made, *([standing] if draw(st.booleans()) else []))


@st.composite
def quiets(draw: st.DrawFn, world: Any) -> tuple[Rule, ...]:
    """Draw no quiet hours, or one or two rules of them."""
    hours = st.sampled_from([("20:00", "07:30"), ("12:00", "13:15"), ("22:00", "09:30")])
    return tuple(
        world.rule(
            "quiet-hours",
            identity=f"quiet-{number}",
            inflexible=draw(st.booleans()),
            weekends=draw(st.booleans()),
            **dict(zip(("from", "to"), draw(hours), strict=True)),
        )
        for number in range(draw(st.integers(0, 2)))
    )


@st.composite
def rules(draw: st.DrawFn, world: Any) -> Prepared:
    """Draw a ruleset that `check` would take."""
    polls = [world.poll("availability", "dates"), world.poll("engagement", closes="2 days"), world.poll("agenda")]
    chosen, quiet = draw(automations(world)), draw(quiets(world))
    note(f"{[(each.on, each.for_each, each.late, [c.source for c in each.when], each.steps) for each in chosen]}")
    try:
        prepared: Prepared = world.prepared(
            *chosen, rules=quiet, polls={poll.id: poll for poll in polls}, starts=date(2027, 3, 25)
        )
    except InvalidError:  # conditions about nobody, or a use that is over before it begins
        reject()
    return prepared


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_ticks_of_any_size_come_to_the_same_keys(world: Any, data: st.DataObject) -> None:
    """P6: whatever the rules are, how often somebody looks changes nothing of what goes out to whom."""
    prepared, register = data.draw(rules(world)), eventful(world)
    odd = data.draw(st.sampled_from([37 * MINUTE, 5 * HOUR, 17 * HOUR]))

    hourly = keys(prepared, register, every(HOUR))

    assert hourly == keys(prepared, register, every(DAY))
    assert hourly == keys(prepared, register, every(odd))
    assert hourly == keys(prepared, register, jumping)
    assert hourly == keys(prepared, register, skipping(MINUTE))


@settings(
    max_examples=6, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_a_tick_a_minute_comes_to_the_same_keys(world: Any, data: st.DataObject) -> None:
    """P6: over the day on which London's clocks change, each minute looked at."""
    prepared, register = data.draw(rules(world)), eventful(world)
    until = datetime(2027, 3, 28, 12, tzinfo=UTC)
    begins = replace(register, events=(replace(register.events[0], at=until - 36 * HOUR), *register.events[1:]))

    minutes = keys(prepared, begins, every(MINUTE), until)

    assert minutes == keys(prepared, begins, every(HOUR), until)
    assert minutes == keys(prepared, begins, every(DAY), until)


def northern(world: Any) -> tuple[Prepared, Register]:
    """Return the northern rules and a pod of three with nine sessions, the first seven of them held."""
    (ruleset,) = load_client(ROOT, "northern-health").rulesets
    base: Register = world.register()
    pod = "primary-care/north"
    first = datetime(2027, 1, 19, 9, tzinfo=UTC)
    sessions = [world.session(n + 1, first + timedelta(days=42 * n), pod=pod) for n in range(9)]
    events: list[Event] = [
        world.event("participant.joined", "primary-care", world.live - DAY, who) for who in ("ann", "ben", "cat")
    ]
    events.append(replace(base.events[0], client="northern-health", programme="primary-care"))
    for session in sessions[:7]:
        in_ = session.ends + 20 * HOUR
        events += [world.event("attendance.recorded", session.id, in_, who) for who in ("ann", "ben")]
        events += [world.event("attendance.recorded", session.id, in_ + 3 * HOUR, "cat")]
        events += [world.event("session.held", session.id, in_ + 3 * HOUR)]
    attendance = {
        key: row
        for session in sessions[:7]
        for key, row in world.attended(session.id, ann="attended", ben="missed", cat="apologies").items()
    }
    register = replace(
        base,
        client="northern-health",
        programme="primary-care",
        pods={pod: Pod(id=pod, name="North")},
        memberships=tuple(replace(row, pod=pod) for row in base.memberships),
        coachings=tuple(replace(row, pod=pod) for row in base.coachings),
        sessions={session.id: session for session in sessions},
        attendance=attendance,
        events=tuple(events),
    )
    return prepare(ruleset), register


def test_a_year_of_the_northern_rules_comes_to_the_same_keys(world: Any) -> None:
    """P6: an hour, a day, or asleep from one due moment to the next, over a whole year and both clock changes."""
    prepared, register = northern(world)
    until = world.live + 366 * DAY

    hourly = keys(prepared, register, every(HOUR), until)

    assert hourly == keys(prepared, register, every(DAY), until)
    assert hourly == keys(prepared, register, jumping, until)
    assert hourly == keys(prepared, register, skipping(MINUTE), until)
    named = {key.split("/")[2] for key in hourly}
    assert {"welcome", "remind", "register", "register-chase", "manager-toolkit", "pulse", "two-missed"} <= named


def test_somebody_who_left_gets_nothing_and_it_is_recorded(world: Any) -> None:
    """P8: due in the morning and looked at the day after, when one of three has gone."""
    gone = date(2027, 1, 13)
    register = world.register()
    rows = [replace(row, until=gone) if row.person == "ann" else row for row in register.enrolments]
    rows.append(Enrolment(person="ann", status=ParticipantStatus.WITHDRAWN, since=gone))
    prepared = world.prepared(world.automation("every day at 09:00"))
    span = (datetime(2027, 1, 12, 8, tzinfo=UTC), datetime(2027, 1, 13, 8, tzinfo=UTC))

    plan = decide(prepared, replace(register, enrolments=tuple(rows)), *span)

    assert ["ben", "cat"] == [dispatch.recipient for dispatch in plan.dispatches]
    assert ["ann"] == [dispatch.recipient for dispatch in plan.missed]


def test_a_late_tick_finds_nobody_who_came_after_the_moment(world: Any) -> None:
    """P8: who joined at two is not sent what everybody got at nine, because nobody looked until midnight."""
    joined = world.event("participant.joined", "lead", datetime(2027, 1, 12, 14, tzinfo=UTC), "ann")
    prepared = world.prepared(world.automation("every day at 09:00"))
    span = (datetime(2027, 1, 12, 8, tzinfo=UTC), datetime(2027, 1, 13, 0, tzinfo=UTC))

    plan = decide(prepared, world.register(joined), *span)

    assert ["ben", "cat"] == [dispatch.recipient for dispatch in (*plan.dispatches, *plan.missed)]


@pytest.mark.parametrize(("hour", "sent"), [(10, []), (23, [datetime(2027, 1, 18, 14, tzinfo=UTC)])])
def test_what_lasts_finds_those_who_come_to_it(world: Any, hour: int, sent: list[datetime]) -> None:
    """P7: `send until` is also for whoever joins before it ends, and is due for them when they do."""
    joined = world.event("participant.joined", "lead", datetime(2027, 1, 18, 14, tzinfo=UTC), "ann")
    automation = world.automation("1 day before session.starts, at 09:00", late="send until session.starts")
    span = (datetime(2027, 1, 18, 9, 30, tzinfo=UTC), datetime(2027, 1, 18, hour, tzinfo=UTC))

    plan = decide(world.prepared(automation), world.register(joined), *span)

    assert sent == [dispatch.due for dispatch in plan.dispatches if dispatch.recipient == "ann"]
    assert () == plan.missed
