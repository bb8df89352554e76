"""What has gone to whom lately, as the volume guard asks it: counted in the database, by index."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, func, select

from convener.model import DispatchState, Register
from convener.model.dispatches import DISTURBING, STOPPED
from convener.model.traffic import REMEMBERED, Traffic
from convener.store.inserting import batches
from convener.store.proposals import split
from convener.store.schema import ledger, people

NEAR = timedelta(days=2)
"""How far back a person's messages are counted: their today has begun by then, wherever they live."""
_COUNTED = (
    ledger.c.verb.in_(sorted(verb.value for verb in DISTURBING)),
    ledger.c.state.not_in(sorted(state.value for state in STOPPED)),
)
_MESSAGES_DUE = func.count().label("messages")
_SINCE = ledger.c.due >= bindparam("since", type_=ledger.c.due.type)
_OF_PROGRAMME = (ledger.c.client == bindparam("its_client"), ledger.c.programme == bindparam("its_programme"))

_RECENT = select(ledger.c.due, _MESSAGES_DUE).where(*_OF_PROGRAMME, _SINCE, *_COUNTED).group_by(ledger.c.due)
_LATEST = (
    select(ledger.c.automation, func.max(ledger.c.due, type_=ledger.c.due.type).label("latest"))
    .where(*_OF_PROGRAMME)
    .group_by(ledger.c.automation)
)
_WAITING = select(ledger.c.key, ledger.c.error).where(ledger.c.state == DispatchState.HELD.value, *_OF_PROGRAMME)
_RECEIVED = (
    select(people.c.address, ledger.c.due, _MESSAGES_DUE)
    .join(ledger, (ledger.c.client == people.c.client) & (ledger.c.recipient == people.c.id))
    .where(people.c.address.in_(bindparam("addresses", expanding=True)), _SINCE, *_COUNTED)
    .group_by(people.c.address, ledger.c.due)
)
"""The four questions, built once: a tick asks them for every programme."""


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
    found: Counter[str] = Counter()
    for row in connection.execute(_RECENT, {**_named(scope), "since": now - REMEMBERED}):
        found[row.due.astimezone(ZoneInfo(zone)).date().isoformat()] += row.messages
    return found


def _last(connection: Connection, scope: str) -> Mapping[str, datetime]:
    return {row.automation: row.latest for row in connection.execute(_LATEST, _named(scope))}


def _held(connection: Connection, scope: str) -> Mapping[str, str]:
    return {row.key: row.error for row in connection.execute(_WAITING, _named(scope))}


def _per_day(connection: Connection, register: Register, since: datetime, zone: str) -> Mapping[tuple[str, str], int]:
    """Return how many messages each address has on each day of its own wall clock from *since* on."""
    zones = {person.email.casefold(): person.zone or zone for person in register.people.values()}
    found: Counter[tuple[str, str]] = Counter()
    for few in batches(list(zones)):
        for row in connection.execute(_RECEIVED, {"addresses": few, "since": since}):
            local = row.due.astimezone(ZoneInfo(zones[row.address]))
            found[row.address, local.date().isoformat()] += row.messages
    return found


def _named(scope: str) -> Mapping[str, str]:
    client, programme = split(scope)
    return {"its_client": client, "its_programme": programme}
