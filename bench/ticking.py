"""Ticks over many programmes: `python bench/ticking.py`, or as rows of `bench/run.py`.

The worlds are written straight into the store: nobody has been asked for pods or dates, and the database holds what it
would hold if they had been. Every figure is a tick as the daemon does it, its rules, its rendering and rows included.
"""

import statistics
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

from table import Bench, Result, folder, seconds, show

from convener.clock import VirtualClock
from convener.model import (
    Coach,
    Coaching,
    Enrolment,
    Event,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Pod,
    ProgrammeState,
    Register,
    Session,
    SessionStatus,
    event_of,
)
from convener.operations.initialise import initialise
from convener.operations.tick import TickReport, tick
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

EVENING = datetime(2027, 1, 28, 18, tzinfo=UTC)
"""The worlds are live since an hour before; nothing is due until the next morning."""
MORNING = datetime(2027, 1, 29, 9, tzinfo=UTC)
"""Everybody is reminded of the first session, two working days ahead."""
FIRST = datetime(2027, 2, 2, 10, tzinfo=UTC)
SINCE = date(2027, 1, 1)
CLIENTS, PROGRAMMES, PODS, SEATS = 11, 4, 8, 6
"""Eleven clients with four programmes of eight pods of six: 352 pods, 2,112 people."""
SESSIONS = 6
MANAGERS = 12
IDLE = (100, 1_000, 10_000)
SHARED = 50
"""Idle programmes of one client, in the end: as many as a file may hold."""
CLIENT = """\
schema = 1
extends = ["small-group-coaching@1"]

[client]
name = "{client}"
timezone = "Europe/London"
holidays = "GB-ENG"

[stack]
roster = "files"
email = "mail"
text = "sms"
calendar = "mail"
polls = "web"
reports = ["pages"]

[automations.invites]
enabled = false
reason = "A bench of ordinary days."
"""
PROGRAMME = """
[programmes.{programme}]
title = "Programme {programme}"
starts = 2027-02-01
sessions = {{ count = 6, every = "4 weeks", length = "2 hours" }}
roster = {{ path = "{programme}.csv" }}
"""


def many_due(runs: int = 25) -> Iterator[Result]:
    """Time a tick over 350 live pods with nothing due, and the one that reminds all their people."""
    with world(CLIENTS, PROGRAMMES) as (workspace, clock):
        with workspace.store.begin() as tx:
            for client, programme in names(CLIENTS, PROGRAMMES):
                after, live = populated(client, programme)
                tx.save(Register(client=client, programme=programme), after, (live,))
        tick(workspace)
        clock.move_to(EVENING + timedelta(minutes=1))
        idle = [seconds(lambda: tick(workspace)) for _ in range(runs)]
        clock.move_to(MORNING)
        reports: list[TickReport] = []
        before = process_time()
        full = seconds(lambda: reports.append(tick(workspace)))
        alone = process_time() - before
        planned = len(reports[0].planned)
    yield Result(
        f"tick, {CLIENTS * PROGRAMMES * PODS} live pods, nothing due", milliseconds(idle), runs=runs, target="< 10 ms"
    )
    told = f"{full:.2f} s, {alone:.2f} s of it at work"
    yield Result(f"tick, {planned:,} dispatches due, rows written", told, target="< 2 s for 2,000")


def idling(runs: int = 25) -> Iterator[Result]:
    """Time a tick over live programmes that have nothing to do, as there are more and more of them."""
    with world(IDLE[-1] // SHARED, 1) as (workspace, clock):
        tick(workspace)
        clock.move_to(EVENING + timedelta(minutes=1))
        clients, there = workspace.rules.clients(), 0
        for many in IDLE:
            with workspace.store.begin() as tx:
                for number in range(there, many):
                    empty = Register(client=clients[number % len(clients)], programme=f"idle-{number}")
                    tx.save(empty, replace(empty, state=ProgrammeState.LIVE, cursor=EVENING))
                    tx.set_next_due(empty.scope, MORNING)
            there = many
            workspace.store.tidy()
            tick(workspace)
            times = [seconds(lambda: tick(workspace)) for _ in range(runs)]
            what = f"tick, {many:,} idle live programmes of {len(clients)} clients"
            yield Result(what, milliseconds(times), runs=runs, target="flat")


def milliseconds(times: list[float]) -> str:
    """Return the middle of *times*, given in seconds."""
    return f"{statistics.median(times) * 1000:.1f} ms"


@contextmanager
def world(clients: int, programmes: int) -> Generator[tuple[Workspace, VirtualClock]]:
    """Yield a workspace with rule files for so many clients and programmes, and nothing in its database."""
    with folder() as place:
        initialise(place / "w")
        rulesets = place / "w" / "rulesets"
        for file in rulesets.glob("*.toml"):
            file.unlink()
        for number in range(clients):
            write_client(rulesets, f"client-{number}", programmes)
        clock = VirtualClock(EVENING)
        workspace = open_workspace(place / "w", clock=clock, environ={})
        workspace.rules.reload()  # as the daemon does; from here on the files are looked at only when it says so
        try:
            yield workspace, clock
        finally:
            workspace.close()


def write_client(rulesets: Path, client: str, programmes: int) -> None:
    """Write the rule file of *client*."""
    tables = [PROGRAMME.format(programme=f"run-{number}") for number in range(programmes)]
    (rulesets / f"{client}.toml").write_text(CLIENT.format(client=client) + "".join(tables), encoding="utf-8")


def names(clients: int, programmes: int) -> list[tuple[str, str]]:
    """Return client and programme of every programme of a world."""
    return [(f"client-{one}", f"run-{other}") for one in range(clients) for other in range(programmes)]


def populated(client: str, programme: str, many: int = PODS, seats: int = SEATS) -> tuple[Register, Event]:
    """Return the register of a live programme of so many pods and seats in each, and the event of its going live."""
    pods = [Pod(id=f"{programme}/pod-{number}", name=f"pod-{number}") for number in range(many)]
    people = [somebody(client, f"{programme}-{number}") for number in range(many * seats)]
    coaches = [somebody(client, f"{programme}-coach-{number}") for number in range(many)]
    managers = [somebody(client, f"{programme}-manager-{number}") for number in range(MANAGERS)]
    sessions = [meeting(pod.id, number) for pod in pods for number in range(SESSIONS)]
    register = Register(
        client=client,
        programme=programme,
        state=ProgrammeState.LIVE,
        cursor=EVENING,
        people={person.id: person for person in (*people, *coaches, *managers)},
        coaches={coach.id: Coach(id=coach.id) for coach in coaches},
        enrolments=tuple(Enrolment(person=one.id, status=ParticipantStatus.ACTIVE, since=SINCE) for one in people),
        memberships=tuple(
            Membership(person=one.id, pod=pods[at // seats].id, since=SINCE) for at, one in enumerate(people)
        ),
        managements=tuple(
            Management(person=one.id, manager=managers[at % MANAGERS].id, since=SINCE) for at, one in enumerate(people)
        ),
        coachings=tuple(
            Coaching(pod=pod.id, coach=coach.id, since=SINCE) for pod, coach in zip(pods, coaches, strict=True)
        ),
        pods={pod.id: pod for pod in pods},
        sessions={session.id: session for session in sessions},
    )
    live = event_of("programme.live", register.scope, programme, at=EVENING - timedelta(hours=1))
    return register, live


def somebody(client: str, name: str) -> Person:
    """Return one of the people."""
    return Person(id=name, name=f"Robin {name.title()}", email=f"{name}@{client}.example", zone="Europe/London")


def meeting(pod: str, number: int) -> Session:
    """Return one session, four weeks after the one before."""
    starts = FIRST + timedelta(weeks=4 * number)
    return Session(
        pod=pod,
        number=number + 1,
        topic=f"Topic {number + 1}",
        status=SessionStatus.CONFIRMED,
        starts=starts,
        ends=starts + timedelta(hours=2),
        zone="Europe/London",
    )


BENCHES: dict[str, Bench] = {"due": many_due, "idle": idling}

if __name__ == "__main__":
    sys.exit(show(BENCHES, sys.argv[1:]))
