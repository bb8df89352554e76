"""What has gone to whom lately, as the volume guard asks it: counted in the database, by index."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from convener.model import DispatchState, Register, Verb
from convener.model.traffic import Traffic
from convener.store.inserting import batches
from convener.store.proposals import within
from convener.store.schema import ledger, people

REMEMBERED = timedelta(days=60)
"""How far back the days of a programme are counted."""
NEAR = timedelta(days=2)
"""How far back a person's messages are counted: their today has begun by then, wherever they live."""
_MESSAGES = tuple(verb.value for verb in (Verb.SEND, Verb.POLL))
_STOPPED = tuple(
    state.value for state in (DispatchState.CANCELLED, DispatchState.MISSED, DispatchState.FAILED, DispatchState.HELD)
)
"""States of what has not gone and does not go by itself."""
_COUNTED = (ledger.c.verb.in_(_MESSAGES), ledger.c.state.not_in(_STOPPED))


def read_traffic(connection: Connection, scope: str, register: Register, now: datetime, zone: str) -> Traffic:
    """Return what the ledger holds of the programme *scope* and, by address, of the people of *register* anywhere.

    *zone* is the programme's. What was called off, missed, held or has failed does not count.
    """
    days = _days(connection, scope, now, zone)
    today = now.astimezone(ZoneInfo(zone)).date().isoformat()
    return Traffic(
        per_day=_per_day(connection, register, now - NEAR, zone),
        days=tuple(count for day, count in sorted(days.items()) if day < today),
        today=days.get(today, 0),
        last=_last(connection, scope),
        held=_held(connection, scope),
    )


def _days(connection: Connection, scope: str, now: datetime, zone: str) -> Mapping[str, int]:
    """Return how many messages the programme had due on each of its days that had any."""
    mine = within(ledger, scope)
    recent = select(ledger.c.due, func.count().label("count")).where(*mine, ledger.c.due >= now - REMEMBERED, *_COUNTED)
    found: Counter[str] = Counter()
    for row in connection.execute(recent.group_by(ledger.c.due)):
        found[row.due.astimezone(ZoneInfo(zone)).date().isoformat()] += row[1]
    return found


def _last(connection: Connection, scope: str) -> Mapping[str, datetime]:
    mine = within(ledger, scope)
    latest = func.max(ledger.c.due, type_=ledger.c.due.type)
    rows = connection.execute(select(ledger.c.automation, latest).where(*mine).group_by(ledger.c.automation))
    return {row[0]: row[1] for row in rows}


def _held(connection: Connection, scope: str) -> Mapping[str, str]:
    waiting = select(ledger.c.key, ledger.c.error).where(
        ledger.c.state == DispatchState.HELD.value, *within(ledger, scope)
    )
    return {row.key: row.error for row in connection.execute(waiting)}


def _per_day(connection: Connection, register: Register, since: datetime, zone: str) -> Mapping[tuple[str, str], int]:
    """Return how many messages each address has on each day of its own wall clock from *since* on."""
    zones = {person.email.casefold(): ZoneInfo(person.zone or zone) for person in register.people.values()}
    whose = _whose(connection, list(zones))
    found: Counter[tuple[str, str]] = Counter()
    for few in batches(sorted({recipient for _, recipient in whose})):
        sent = select(ledger.c.client, ledger.c.recipient, ledger.c.due, func.count().label("count")).where(
            ledger.c.recipient.in_(few), ledger.c.due >= since, *_COUNTED
        )
        for row in connection.execute(sent.group_by(ledger.c.client, ledger.c.recipient, ledger.c.due)):
            address = whose.get((row.client, row.recipient))
            if address is not None:
                found[address, row.due.astimezone(zones[address]).date().isoformat()] += row[3]
    return found


def _whose(connection: Connection, addresses: list[str]) -> Mapping[tuple[str, str], str]:
    """Return the address behind each (client, id) that has one of *addresses*."""
    return {
        (row.client, row.id): row.address
        for few in batches(addresses)
        for row in connection.execute(
            select(people.c.client, people.c.id, people.c.address).where(people.c.address.in_(few))
        )
    }
