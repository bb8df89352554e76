"""A programme played forward: the decision, folded over time and over what happens, in nobody's world (N1, N4).

The stage asks the same `decide` at every instant at which something falls due and takes each dispatch as sent when
its time has come. No clock, no database, no connector and no chance: the same stage and happenings give the same play.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from convener.decide.decision import decide
from convener.decide.prepared import Prepared
from convener.decide.stage.books import Books, Past
from convener.decide.stage.effects import opened, told
from convener.decide.stage.happenings import Answered, Attended, GoLive, Happening, happened, outdated_after
from convener.decide.volume import guard
from convener.errors import RefusedError
from convener.model import Commitment, Dispatch, Event, Flag, Plan, Register

__all__ = ["Answered", "Attended", "Beat", "GoLive", "Happening", "Past", "Stage"]

INSTANT = timedelta(microseconds=1)
"""The shortest time there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """An instant at which anything happened, and what."""

    at: datetime
    dispatches: tuple[Dispatch, ...] = ()
    """What went out."""
    missed: tuple[Dispatch, ...] = ()
    """Due, but past its use; not sent."""
    held: Mapping[str, str] = field(default_factory=dict)
    """What waits for a person: key of the dispatch, and the volume guard that holds it."""
    flags: tuple[Flag, ...] = ()
    """Flags raised now that did not stand before."""
    settled: tuple[Flag, ...] = ()
    """Flags that stood until now."""
    happening: Happening | None = None
    """What happened, in a beat of its own; what follows from it is in the next, at the same instant."""
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()
    """Flexible rules that the happening breaches, and what else a person should know."""
    called_off: tuple[Dispatch, ...] = ()
    """Decided and waiting for quiet hours to end, and no longer true."""
    refused: str = ""
    """Why the happening did not take place; empty when it did."""
    refused_by: tuple[str, ...] = ()
    """Ids of the inflexible rules that stood against it."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened after all."""
        return not (self.dispatches or self.missed or self.held or self.flags or self.settled or self.happening)


@dataclass(slots=True, kw_only=True, eq=False)
class Stage:
    """A programme at an instant, to be played on."""

    prepared: Prepared
    register: Register
    now: datetime
    """How far it has been played."""
    books: Books
    """What has been decided and what still waits for its time."""
    flags: dict[str, Flag]
    """The flags that stand, by id."""
    commitments: tuple[Commitment, ...]
    """What coaches carry in other programmes."""
    beats: list[Beat] = field(default_factory=list)
    """Everything so far, oldest first, whoever asked for it."""
    _due: datetime | None
    """When a decision finds something; None for never."""
    _events: set[str]
    """Ids of events that are taken."""

    @classmethod
    def of(cls, prepared: Prepared, register: Register, at: datetime, past: Past | None = None) -> "Stage":
        """Set *register* on a stage at *at*, an aware instant, with what its *past* brings along."""
        past = past or Past()
        return cls(
            prepared=prepared,
            register=register,
            now=at,
            books=Books.of(past, register, prepared.ruleset.zone),
            flags={flag.id: flag for flag in past.flags},
            commitments=past.commitments,
            _due=at,
            _events={event.id for event in register.events},
        )

    @property
    def next_due(self) -> datetime | None:
        """The next instant at which something may go out; None for never, as things stand."""
        return min((due for due in (self._due, self.books.next_due) if due is not None), default=None)

    def advance(self, until: datetime) -> Iterator[Beat]:
        """Play on to *until*, included, one beat at a time; lazily, so that a caller may stop at any beat.

        The stage stands where the last beat taken has left it, and at *until* when all are.
        """
        while (due := self.next_due) is not None and due <= until:
            beat = self._beat(max(due, self.now))
            if not beat.is_empty:
                self.beats.append(beat)
                yield beat
        self.now = max(self.now, until)

    def happen(self, happening: Happening, at: datetime) -> Beat:
        """Play on to *at*, let *happening* take place there and return that beat; those before are in `beats`.

        What falls due at the same instant is decided after it, unless it was asked for. A refusal by an inflexible
        rule is told in the beat. Raise UsageError for people, pods, sessions and polls that are not there, and
        ValueError for an instant that has passed.
        """
        if at < self.now:
            raise ValueError(f"{at} has passed: the stage is at {self.now}")
        for _ in self.advance(at - INSTANT):
            pass  # they are kept
        self.now = at
        try:
            beat = self._take_in(happening)
        except RefusedError as error:
            beat = Beat(at=at, happening=happening, refused=str(error), refused_by=error.rules)
        self.beats.append(beat)
        return beat

    def _beat(self, at: datetime) -> Beat:
        """Decide what is due at *at*, and send what has waited for it."""
        self.now = at
        decided = self._decide() if self._due is not None and self._due <= at else Beat(at=at)
        sent, late = self.books.release(at, self.register)
        return replace(decided, dispatches=sent, missed=(*decided.missed, *late))

    def _decide(self) -> Beat:
        now = self.now
        found = self.books.unknown(decide(self.prepared, self.register, self.register.cursor or now, now))
        plan = guard(self.prepared, self.register, found, self.books.traffic(now))
        self._due = plan.next_due
        self.books.write(plan, self.register)
        self.register = replace(
            self.register,
            cursor=now,
            polls={**opened(plan), **self.register.polls},
            invites={**self.register.invites, **told(plan.dispatches)},
        )
        raised, settled = self._compared(plan)
        return Beat(at=now, missed=plan.missed, held=plan.held, flags=raised, settled=settled)

    def _compared(self, plan: Plan) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
        """Let the flags of *plan* stand, and return those that are new and those that are gone."""
        before = self.flags
        self.flags = {
            flag.id: replace(flag, since=before[flag.id].since) if flag.id in before else flag for flag in plan.flags
        }
        raised = tuple(flag for flag in plan.flags if flag.id not in before)
        return raised, tuple(flag for identity, flag in before.items() if identity not in self.flags)

    def _take_in(self, happening: Happening) -> Beat:
        """Apply *happening* now and call off what it makes untrue; raise RefusedError and UsageError."""
        changed = happened(self.prepared, self.register, happening, self.now, commitments=self.commitments)
        outdated = outdated_after(self.register, happening)
        gone = self.books.call_off(outdated, self.register) if outdated else ()
        events = tuple(self._named(changed.events))
        self.register = replace(changed.register, events=(*self.register.events, *events))
        self._due = self.now
        return Beat(at=self.now, happening=happening, events=events, notes=changed.notes, called_off=gone)

    def _named(self, events: Iterable[Event]) -> Iterator[Event]:
        """Yield *events* under ids that are not taken, as the store names them."""
        for event in events:
            named, count = event, 1
            while named.id in self._events:
                count += 1
                named = replace(event, id=f"{event.id}~{count}")
            self._events.add(named.id)
            yield named
