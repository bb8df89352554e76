"""How long deciding takes, alone: `python bench/deciding.py`, or as rows of `bench/run.py`.

Everything here is pure: registers of the size of the northern example are made in memory, with the rules of the
shipped pack, and nothing is rendered or written. What the store adds is measured by `tick` in `bench/run.py`.
"""

import statistics
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from table import Bench, Result, show

from convener.decide import Prepared, decide, next_due, prepare
from convener.decide.stage.effects import opened, told
from convener.model import (
    Attendance,
    Coach,
    Coaching,
    Enrolment,
    Event,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Plan,
    Pod,
    ProgrammeState,
    Register,
    Session,
    SessionStatus,
    event_of,
)
from convener.rulesets.loader import load_client

ROOT = Path(__file__).parents[1]
CLIENT, PROGRAMME = "northern-health", "primary-care"
LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)
FIRST = datetime(2027, 1, 19, 9, tzinfo=UTC)
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
YEAR = 35_040
"""Ticks of fifteen minutes in a year."""
PODS, SEATS, SESSIONS = 5, 8, 9
PROGRAMMES = 44
"""With eight pods of six each: about 350 pods and 2,100 people."""


@lru_cache(maxsize=1)
def rules() -> Prepared:
    """Return the northern rules with the shipped pack."""
    (ruleset,) = load_client(ROOT, CLIENT).rulesets
    return prepare(ruleset)


def register_of(number: int = 0, pods: int = PODS, seats: int = SEATS) -> Register:
    """Return a live programme: everybody placed, managed and coached, all sessions confirmed six weeks apart."""
    joined = date(2026, 11, 1)
    names = [f"{number:02}{pod}{seat:02}" for pod in range(pods) for seat in range(seats)]
    pod_of = {name: f"{PROGRAMME}/pod-{name[2]}" for name in names}
    groups = sorted(set(pod_of.values()))
    coaches = [f"coach{number}-{n}@coaches.example" for n in range(pods)]
    managers = {name: f"manager-{name[:-1]}@northern.example" for name in names}
    people = [*names, *managers.values(), *coaches]
    return Register(
        client=CLIENT,
        programme=PROGRAMME,
        state=ProgrammeState.LIVE,
        people={name: person(name) for name in people},
        coaches={name: Coach(id=name) for name in coaches},
        enrolments=tuple(Enrolment(person=n, status=ParticipantStatus.ACTIVE, since=joined) for n in names),
        memberships=tuple(Membership(person=name, pod=pod_of[name], since=joined) for name in names),
        managements=tuple(Management(person=n, manager=m, since=joined) for n, m in managers.items()),
        coachings=tuple(Coaching(pod=pod, coach=c, since=joined) for pod, c in zip(groups, coaches, strict=True)),
        pods={pod: Pod(id=pod, name=pod.rpartition("/")[2]) for pod in groups},
        sessions={session.id: session for session in sessions_of(groups)},
        events=(
            *(event_of("participant.joined", "x/y", PROGRAMME, at=LIVE - DAY, person=name) for name in names),
            event_of("programme.live", f"{CLIENT}/{PROGRAMME}", PROGRAMME, at=LIVE),
        ),
    )


def person(identity: str) -> Person:
    """Return somebody who can be reached by mail and telephone."""
    email = identity if "@" in identity else f"p{identity}@northern.example"
    return Person(
        id=identity, name=f"Person {identity}", email=email, mobile="+447700900000", attributes={"region": "north"}
    )


def sessions_of(pods: list[str]) -> Iterator[Session]:
    """Yield nine days for each pod, six weeks apart, a day after the pod before it."""
    for order, pod in enumerate(pods):
        for number in range(SESSIONS):
            starts = FIRST + timedelta(days=42 * number + order % 3, weeks=order // 3)
            yield Session(
                pod=pod, number=number + 1, topic="Access", status=SessionStatus.CONFIRMED,
                starts=starts, ends=starts + 8 * HOUR, zone="Europe/London",
            )  # fmt: skip


def carried_out(register: Register, plan: Plan) -> Register:
    """Return what *plan* makes of *register*; what it does not touch stays the same object."""
    polls, invites = opened(plan), told(plan.dispatches)
    return replace(
        register,
        polls={**polls, **register.polls} if polls else register.polls,
        invites={**register.invites, **invites} if invites else register.invites,
    )


def registers_due(register: Register, now: datetime) -> Register:
    """Return *register* with the attendance of sessions that ended a day ago, one in eight absent."""
    over = [
        session
        for session in register.sessions.values()
        if session.status is SessionStatus.CONFIRMED and session.ends and session.ends + DAY <= now
    ]
    for session in over:
        register = held(register, session, now)
    return register


def held(register: Register, session: Session, now: datetime) -> Register:
    """Return *register* with the attendance of *session*."""
    members = [row.person for row in register.memberships if row.pod == session.pod]
    scope = f"{CLIENT}/{PROGRAMME}"
    rows = {
        (session.id, who): Attendance(session=session.id, person=who, status="attended" if seat else "missed")
        for seat, who in enumerate(members)
    }
    events: list[Event] = [event_of("attendance.recorded", scope, session.id, at=now, person=who) for who in members]
    events.append(event_of("session.held", scope, session.id, at=now))
    polls = {
        key: replace(poll, answered=now) if key[:2] == ("register", session.id) else poll
        for key, poll in register.polls.items()
    }
    done = register.with_session(replace(session, status=SessionStatus.HELD))
    return replace(
        done, attendance={**register.attendance, **rows}, events=(*register.events, *events), polls=polls
    )  # fmt: skip


def a_year() -> Iterator[Result]:
    """Tick a year of quarters of an hour over one programme, asleep while nothing is due, as the daemon does."""
    prepared, register = rules(), register_of()
    due: datetime | None = LIVE
    since, asked, sent = LIVE - QUARTER, 0, set[str]()
    began = perf_counter()
    for count in range(YEAR):
        now = LIVE + count * QUARTER
        if now.hour == 18 and not now.minute:  # what came in during the day
            changed = registers_due(register, now)
            if changed is not register:
                register, due = changed, now
        if due is None or now < due:
            continue
        plan = decide(prepared, register, since, now)
        register = carried_out(register, plan)
        sent.update(dispatch.key for dispatch in plan.dispatches)
        since, due, asked = now, plan.next_due, asked + 1
    took = perf_counter() - began
    yield Result(
        f"decide, a year of {YEAR} ticks ({len(sent)} dispatches)", f"{took:.2f} s", runs=asked, target="< 2 s"
    )


def idle(runs: int = 5) -> Iterator[Result]:
    """Pass over many programmes with nothing due."""
    prepared, now = rules(), LIVE + timedelta(days=20, hours=3)
    registers = [register_of(number, pods=8, seats=6) for number in range(PROGRAMMES)]
    registers = [carried_out(each, decide(prepared, each, LIVE - HOUR, now)) for each in registers]
    times: list[float] = []
    found = 0
    for _ in range(runs):
        began = perf_counter()
        found = sum(len(decide(prepared, each, now, now + timedelta(minutes=1)).openings) for each in registers)
        times.append(perf_counter() - began)
    people = sum(len(each.enrolments) for each in registers)
    pods = sum(len(each.pods) for each in registers)
    what = f"decide, {PROGRAMMES} programmes, {pods} pods, {people} people, nothing due"
    assert not found
    yield Result(what, f"{1000 * statistics.median(times):.0f} ms", runs=runs)


def asleep() -> Iterator[Result]:
    """Reckon when each of many programmes must be looked at again, first of all times."""
    prepared, now = rules(), LIVE + timedelta(days=20, hours=3)
    registers = [register_of(number, pods=8, seats=6) for number in range(PROGRAMMES)]
    began = perf_counter()
    for each in registers:
        next_due(prepared, each, now)
    yield Result(f"next_due, {PROGRAMMES} programmes, cold", f"{1000 * (perf_counter() - began):.0f} ms")


def many() -> Iterator[Result]:
    """Decide once over everything that a large programme asks and sends on one morning."""
    prepared, register = rules(), register_of(pods=9, seats=112)
    day = FIRST.date()
    sessions = {
        session.id: replace(session, starts=FIRST, ends=FIRST + 8 * HOUR) if session.number == 1 else session
        for session in register.sessions.values()
    }
    register = replace(register, sessions=sessions)
    now = datetime(day.year, day.month, 15, 9, 30, tzinfo=UTC)
    register = carried_out(register, decide(prepared, register, LIVE - HOUR, now - HOUR))
    began = perf_counter()
    plan = decide(prepared, register, now - HOUR, now)
    took = perf_counter() - began
    yield Result(f"decide, {len(plan.dispatches)} dispatches at once", f"{1000 * took:.0f} ms")


BENCHES: dict[str, Bench] = {"decide-year": a_year, "decide-idle": idle, "decide-cold": asleep, "decide-many": many}

if __name__ == "__main__":
    sys.exit(show(BENCHES, sys.argv[1:]))
