"""One transaction: everything Convener may ask of the store or tell it, in one place."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Literal, Unpack

from sqlalchemy import Connection, select, update

from convener.model import Commitment, DispatchState, Event, Flag, LedgerRow, Parcel, ProgrammeState, Register
from convener.model.traffic import Traffic
from convener.store import commitments, due, events, facts, ledger, proposals, retention, schema, suppressions, tries
from convener.store.changes import save_register
from convener.store.ledger import Asked, Claim, Count, Entry, Lane, Settled
from convener.store.loading import load_register
from convener.store.revisions import KeptRegisters, revise
from convener.store.suppressions import Suppression
from convener.store.traffic import read_traffic, take_turn
from convener.store.whereabouts import instance, scopes_of


class Transaction:
    """Open between `Store.begin` and the end of its block. Scopes are written `client/programme`."""

    def __init__(self, connection: Connection, kept: KeptRegisters) -> None:
        self._connection = connection
        self._kept: KeptRegisters | None = kept
        """What other transactions loaded; None once this one has written, for it may yet be rolled back."""

    def load(self, client: str, programme: str, *, notes: bool = False) -> Register:
        """Return the register of a programme, an empty draft when it is unknown.

        Confidential notes are left out unless *notes* asks for them; saving a register loaded without them keeps
        those there are. On PostgreSQL the programme is reserved until the transaction ends.
        """
        return load_register(self._connection, client, programme, notes=notes, kept=self._kept)

    def save(self, before: Register, after: Register, happened: Sequence[Event] = ()) -> tuple[Event, ...]:
        """Write what differs between *before*, as loaded in this transaction, and *after*, and append *happened*.

        Return the events as written: an id that was taken gets a suffix. When a row or an event is written the
        next due moment becomes unknown, so set it afterwards. Raise StoreError when *before* is out of date.
        """
        self._kept = None
        save_register(self._connection, before, after)
        if happened:
            self.set_next_due(after.scope, None)
            revise(self._connection, [(after.client, after.programme)])
        return events.append_events(self._connection, happened)

    def scopes(self) -> list[tuple[str, str, ProgrammeState]]:
        """Return client, programme and state of every programme, sorted."""
        table = schema.programmes
        found = self._connection.execute(select(table.c.client, table.c.programme, table.c.state))
        return sorted((row.client, row.programme, ProgrammeState(row.state)) for row in found)

    def due(self, now: datetime, within: str = "") -> list[str]:
        """Return the live programmes to be asked at *now*, of everything, a client or one programme; by index."""
        return due.due_scopes(self._connection, now, within)

    def earliest_due(self, after: datetime, within: str = "") -> datetime | None:
        """Return when the next live programme is worth asking after that instant, None for never."""
        return due.earliest(self._connection, after, within)

    def stamp_rules(self, stamps: Mapping[str, str]) -> list[str]:
        """Keep the stamp of each client's rules; return the clients whose differ: all of theirs is due now."""
        return due.stamp_rules(self._connection, stamps)

    def revision(self, scope: str) -> int:
        """Return the number that rises whenever a programme's register, polls or invites change."""
        return due.revision_of(self._connection, scope)

    def take_turn(self, register: Register) -> None:
        """Wait until no other transaction plans for the people *register* shares with other programmes."""
        take_turn(self._connection, register)

    def traffic(self, scope: str, register: Register, now: datetime, zone: str) -> Traffic:
        """Return what has gone out lately: in *scope*, and at any client to the people of its *register*."""
        return read_traffic(self._connection, scope, register, now, zone)

    def scopes_of(self, who: str) -> list[str]:
        """Return the programmes that know the person with that id or address, sorted."""
        return scopes_of(self._connection, who)

    def instance(self) -> str:
        """Return the name that tells this database from every other."""
        return instance(self._connection)

    def add(self, dispatches: Sequence[Entry], *, at: datetime, held: Mapping[str, str] = MappingProxyType({})) -> int:
        """Insert the dispatches whose key is new and return how many; the others are left as they are.

        *held* names by key the rule that holds what starts as `held`.
        """
        self._kept = None
        invited = {(one.client, one.programme) for one, _, _ in dispatches if one.invite}
        revise(self._connection, invited)
        return ledger.add_entries(self._connection, dispatches, at, held)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return those of *keys* that the ledger holds, in whatever state but called off by a change."""
        return ledger.known_keys(self._connection, keys)

    def call_off(self, client: str, programme: str, *, session: str = "", recipient: str = "", at: datetime) -> int:
        """Cancel what has not been sent, of one session or of one recipient if named; return how many rows.

        Of a recipient is also what goes to others and speaks of that person alone.
        """
        self._kept = None
        revise(self._connection, [(client, programme)])
        return ledger.call_off(self._connection, (client, programme), session, recipient, at)

    def waiting(self, at: datetime) -> list[Lane]:
        """Return what may go at that instant by client and connector, the longest waiting first.

        What is past its use becomes `missed` first.
        """
        return ledger.waiting(self._connection, at)

    def claim(
        self, at: datetime, *, lease: timedelta, limit: int, owner: str, client: str = "", connector: str = ""
    ) -> list[Claim]:
        """Take up to *limit* due rows to send until *lease* ends; commit before touching the wire.

        Of one lane when *client* and *connector* are named: that is found by index. No two claims ever hold the same
        row. *owner* is unique to a process and a run.
        """
        return ledger.claim(self._connection, at, lease, limit, owner, (client, connector))

    def renew_many(self, owner: str, keys: Collection[str], *, until: datetime) -> set[str]:
        """Let the lease of claimed rows end at *until* instead; return the keys of those *owner* still held."""
        return ledger.renew(self._connection, owner, keys, until)

    def settle_many(self, owner: str, settled: Sequence[Settled], *, at: datetime) -> set[str]:
        """Record what became of claimed rows; return the keys of those *owner* still held, the others stay."""
        return ledger.settle(self._connection, owner, settled, at)

    def overrule(self, key: str, state: DispatchState, *, at: datetime) -> bool:
        """Put a row into *state* because a person said so; False when it is unknown or being sent."""
        self._kept = None
        row = self.row(key)
        revise(self._connection, [(row.dispatch.client, row.dispatch.programme)] if row else [])
        return ledger.overrule(self._connection, key, state, at)

    def expired(self, at: datetime, *, longest: timedelta | None = None, dead: str = "") -> list[Claim]:
        """Return the claims whose lease has ended unsettled, or ends later than *longest* from now: the clock was set.

        Those of owners whose name begins with *dead* are among them, however long their lease. They are nobody's until
        settled in the name of the owner they carry.
        """
        return ledger.expired(self._connection, at, longest, dead)

    def ledger(self, **asked: Unpack[Asked]) -> list[LedgerRow]:
        """Return the rows *asked* for, by due instant and key; whatever is left out does not narrow."""
        return ledger.find_rows(self._connection, asked)

    def row(self, key: str) -> LedgerRow | None:
        """Return the row of *key*, None when the ledger does not know it."""
        return ledger.row_of(self._connection, key)

    def next_delivery(self, after: datetime | None = None) -> datetime | None:
        """Return the earliest instant, later than *after* if given, at which a row may go out; None for never.

        A row that is being sent counts with the end of its lease.
        """
        return ledger.next_delivery(self._connection, after)

    def counts(self) -> list[Count]:
        """Return how many rows stand in each state by connector and automation.

        What is finished (`sent`, `cancelled`, `missed`) is not counted: that would cost what ever went out.
        """
        return ledger.counts(self._connection)

    def sent(self, client: str) -> int:
        """Return how many dispatches of *client* have gone out; costs what it ever had."""
        return ledger.sent(self._connection, client)

    def parcel(self, key: str) -> Parcel | None:
        """Return what a row hands over, None when it has none."""
        return ledger.parcel_of(self._connection, key)

    def suppressed(self, addresses: Iterable[str]) -> dict[str, datetime]:
        """Return those of *addresses* to which nothing is sent any more, and since when; letter case is no matter."""
        return suppressions.suppressed(self._connection, addresses)

    def note_dead(self, address: str, *, at: datetime, reason: str) -> int:
        """Count one final refusal of *address* and return how many there were; the second suppresses it."""
        return suppressions.note_dead(self._connection, address, at, reason)

    def lift(self, address: str) -> bool:
        """Forget every refusal of *address*, because a person says it lives; False when there was none."""
        return suppressions.lift(self._connection, address)

    def suppressions(self) -> list[Suppression]:
        """Return every suppressed address, the latest last."""
        return suppressions.read_suppressions(self._connection)

    def begin_deciding(self, scopes: Collection[str]) -> dict[str, int]:
        """Count a try for each programme and return the tries of each so far; commit before deciding."""
        return tries.begin_deciding(self._connection, scopes)

    def decided(self, scope: str) -> None:
        """Forget the tries of a programme: deciding it ended."""
        tries.decided(self._connection, scope)

    def tries(self) -> dict[str, int]:
        """Return the tries of every programme that has some."""
        return tries.read_tries(self._connection)

    def forget_bodies(self, scope: str, before: datetime) -> int:
        """Delete some texts of a programme's messages settled *before*; return how many, 0 when none are left."""
        return retention.forget_bodies(self._connection, scope, before)

    def forget_notes(self, scope: str, before: datetime) -> int:
        """Delete the confidential notes on a programme's sessions that ended *before*; return how many."""
        return retention.forget_notes(self._connection, scope, before)

    def fact(self, name: str) -> str | None:
        """Return what this database was told to remember as *name*, None when nothing."""
        return facts.read_fact(self._connection, name)

    def put_fact(self, name: str, value: str) -> None:
        """Remember *value* as *name*."""
        facts.write_fact(self._connection, name, value)

    def put_proposal(
        self, scope: str, kind: Literal["pods", "dates"], payload: dict[str, Any], *, at: datetime
    ) -> None:
        """Keep *payload*, plain JSON, as the one proposal of *kind*."""
        proposals.put_proposal(self._connection, scope, kind, payload, at)

    def proposal(self, scope: str, kind: Literal["pods", "dates"]) -> dict[str, Any] | None:
        """Return the last proposal of *kind*, None when there is none."""
        return proposals.read_proposal(self._connection, scope, kind)

    def commitments(self, excluding: str, day: date, *further: str) -> list[Commitment]:
        """Return what each coach carries from *day* on in every programme of every client but *excluding*.

        *further* programmes can be left out beside it.
        """
        return commitments.load_commitments(self._connection, (excluding, *further), day)

    def put_flags(self, scope: str, flags: Sequence[Flag]) -> None:
        """Replace the flags of a programme; one that was there already keeps the instant it was first raised."""
        proposals.put_flags(self._connection, scope, flags)

    def flags(self, scope: str = "") -> list[Flag]:
        """Return the flags of everything, a client or a programme, oldest first."""
        return proposals.read_flags(self._connection, scope)

    def next_due(self, scope: str) -> datetime | None:
        """Return when a programme is worth asking again; None when that is not known: ask now."""
        table = schema.programmes
        return self._connection.execute(select(table.c.next_due).where(*proposals.within(table, scope))).scalar()

    def set_next_due(self, scope: str, instant: datetime | None) -> None:
        """Record when a programme is worth asking again; an unknown programme is left unknown."""
        table = schema.programmes
        self._connection.execute(update(table).where(*proposals.within(table, scope)).values(next_due=instant))

    def verify_events(self) -> events.BrokenEvent | None:
        """Walk the chain of all events and return the first that does not hold, None when all do."""
        return events.verify_events(self._connection)

    def events_head(self) -> tuple[int, str]:
        """Return number and link of the last event, worth writing down outside of the database."""
        return events.chain_head(self._connection)
