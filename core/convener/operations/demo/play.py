"""Playing the story: the clock jumps from one thing that is due to the next."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from convener.clock import VirtualClock
from convener.decide.changes.registers import expected
from convener.model import (
    DispatchState,
    InviteMethod,
    InviteTerms,
    LedgerRow,
    Register,
    Session,
    SessionStatus,
    Verb,
)
from convener.operations import attendance, dates, pods
from convener.operations.behaviour import Behaviour
from convener.operations.delivery import DeliverReport
from convener.operations.demo.script import AFTERWARDS, CLIENT, GO_LIVE, SCOPE, Turn, turns
from convener.operations.go import go
from convener.operations.ledger import rows
from convener.operations.report import publish, report
from convener.operations.sync import sync
from convener.operations.tick import TickReport
from convener.operations.workspace import Workspace, local_day

HEADLINES = frozenset({"attendance", "sessions-held", "registers-complete", "active"})
"""Figures of the report that the summary repeats."""


class Engine(Protocol):
    """What does the work of the daemon, in this process or in others; it is done when a call comes back."""

    def tick(self, *, at: datetime | None = None) -> TickReport:
        """Decide what is due at *at*."""
        ...

    def deliver(self, *, at: datetime | None = None) -> DeliverReport:
        """Send what is due at *at*."""
        ...


@dataclass(frozen=True, slots=True)
class DemoStep:
    """One line of the live account."""

    date: datetime
    text: str
    dispatched: int
    """How many dispatches have gone out so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSummary:
    """What the year came to, and where to look."""

    rows: tuple[tuple[str, str], ...]
    places: dict[str, str]


@dataclass(slots=True)
class Story:
    """One run of the demo."""

    workspace: Workspace
    clock: VirtualClock
    engine: Engine
    behaviour: Behaviour
    tell: Callable[[DemoStep], None]

    def say(self, text: str) -> None:
        """Tell one line."""
        with self.workspace.store.begin() as tx:
            dispatched = tx.sent(CLIENT)
        self.tell(DemoStep(self.clock.now(), text, dispatched))

    def prepare(self) -> None:
        """Bring the roster in, form the sets, agree the dates and go live."""
        synced = sync(self.workspace, CLIENT)
        self.say(f"roster read: {len(synced.created)} participants")
        proposal = pods.propose(self.workspace, SCOPE)
        pods.accept(self.workspace, SCOPE)
        self.say(f"{len(proposal.pods)} sets formed, score {proposal.score}, bound {proposal.bound}")
        found, _ = dates.propose(self.workspace, SCOPE)
        dates.accept(self.workspace, SCOPE)
        self.say(f"{len(found.sessions)} dates agreed, score {found.score}, bound {found.bound}")
        self.clock.move_to(GO_LIVE)
        go(self.workspace, SCOPE)
        self.say("the programme goes live")

    def live(self) -> None:
        """Let the year pass, from one thing that is due to the next."""
        register = self._register()
        script, ended = turns(register), _last_end(register)
        coming = self._registers(register)
        end = ended + AFTERWARDS
        while self.clock.now() < end:
            due = self.engine.tick(at=self.clock.now()).next_due
            self.engine.deliver(at=self.clock.now())
            self.clock.move_to(self._next(due, [*script, *coming], end))
            happening = [turn for turn in (*script, *coming) if turn.at <= self.clock.now()]
            for turn in happening:
                self.say(turn.happen(self.workspace))
            if happening:  # a session may have moved, so registers arrive at other times
                script = [turn for turn in script if turn not in happening]
                coming = self._registers(self._register())

    def _next(self, due: datetime | None, turns: list[Turn], end: datetime) -> datetime:
        """Return the next instant at which anything happens."""
        with self.workspace.store.begin() as tx:
            delivery = tx.next_delivery()
        stops = [due, delivery, end, *(turn.at for turn in turns)]
        return min(stop for stop in stops if stop is not None and stop > self.clock.now())

    def _register(self) -> Register:
        with self.workspace.store.begin() as tx:
            return tx.load(*SCOPE.split("/"))

    def _registers(self, register: Register) -> list[Turn]:
        """Return the arrival of every register that is still to come."""
        coming = [s for s in register.sessions.values() if s.ends and s.status is SessionStatus.CONFIRMED]
        return [Turn(self.behaviour.register_arrives(s.id, _end(s)), partial(self._send_register, s)) for s in coming]

    def _send_register(self, session: Session, workspace: Workspace) -> str:
        """Let the coach send the register of *session*."""
        register = self._register()
        ruleset = workspace.rules.ruleset(SCOPE)
        people = [register.people[id_].email for id_ in expected(register, ruleset, session)]
        statuses = self.behaviour.attendance(session.id, people)
        seen = self.behaviour.engagement(session.id, statuses)
        attendance.record(workspace, f"{CLIENT}/{session.id}", statuses, engagement=seen)
        there = sum(map(self.behaviour.is_there, statuses.values()))
        return f"session {session.number} of {register.pods[session.pod].name} held: {there} of {len(people)} there"


def _end(session: Session) -> datetime:
    return session.ends or datetime.max.replace(tzinfo=UTC)


def _last_end(register: Register) -> datetime:
    return max(_end(session) for session in register.sessions.values() if session.ends)


def play(
    workspace: Workspace, clock: VirtualClock, engine: Engine, *, seed: int, tell: Callable[[DemoStep], None]
) -> DemoSummary:
    """Play the northern-health year in *workspace*, whose clock is *clock*; *engine* works and *tell* hears all."""
    story = Story(workspace, clock, engine, Behaviour(seed, workspace.rules.prepared(SCOPE).statuses), tell)
    story.prepare()
    story.live()
    return _summary(workspace, local_day(clock.now(), workspace.rules.ruleset(SCOPE)))


def _summary(workspace: Workspace, as_of: date) -> DemoSummary:
    """Count what went out and write the final report."""
    ledger = rows(workspace, CLIENT)
    found = report(workspace, SCOPE, as_of=as_of)
    published = [Path(place) for place in publish(workspace, SCOPE, found)]
    headlines = [
        (figure.label, f"{figure.numerator:g} of {figure.denominator:g}")
        for figure in found.figures
        if figure.id in HEADLINES
    ]
    folder = workspace.folder / "var"
    places = {"report": str(published[0]), "mails and invites": str(folder / "outbox"), "ledger": workspace.store.label}
    return DemoSummary(rows=(*_sent(ledger), *_unsent(ledger), *headlines), places=places)


def _sent(ledger: Sequence[LedgerRow]) -> list[tuple[str, str]]:
    """Return how many of each kind went out."""
    sent = [row.dispatch for row in ledger if row.state is DispatchState.SENT]
    kinds = Counter(dispatch.verb for dispatch in sent)
    methods = Counter(_kind_of_invite(dispatch.invite) for dispatch in sent if dispatch.invite)
    invites = ", ".join(f"{methods[kind]} {kind}" for kind in ("new", "updated", "cancelled"))
    return [
        ("messages sent", str(kinds[Verb.SEND])),
        ("of them managers' toolkits", str(sum(dispatch.what == "manager-toolkit" for dispatch in sent))),
        ("polls asked", str(kinds[Verb.POLL])),
        ("reports sent and published", str(kinds[Verb.REPORT])),
        ("calendar invites", invites),
    ]


def _unsent(ledger: Sequence[LedgerRow]) -> list[tuple[str, str]]:
    """Return how many did not go out, by what became of them."""
    words = {
        DispatchState.HELD: "held for a person to look at",
        DispatchState.CANCELLED: "called off before they went",
        DispatchState.MISSED: "too late to be of use, not sent",
        DispatchState.FAILED: "failed",
        DispatchState.IN_DOUBT: "in doubt",
    }
    states = Counter(row.state for row in ledger)
    return [(text, str(states[state])) for state, text in words.items()]


def _kind_of_invite(terms: InviteTerms) -> str:
    if terms.method is InviteMethod.CANCEL:
        return "cancelled"
    return "updated" if terms.sequence else "new"
