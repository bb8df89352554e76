"""What has gone to whom lately, as the volume guard asks it: counted in the database, by index."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, Connection, and_, bindparam, func, select, text

from convener.model import Register
from convener.model.dispatches import DISTURBING, STOPPED
from convener.model.traffic import REMEMBERED, Traffic
from convener.store.inserting import batches
from convener.store.proposals import split
from convener.store.schema import IS_HELD, ledger, people, programme_people

NEAR = timedelta(days=2)
"""How far back a person's messages are counted: their today has begun by then, wherever they live."""
_COUNTED = (
    ledger.c.verb.in_(sorted(verb.value for verb in DISTURBING)),
    ledger.c.state.not_in(sorted(state.value for state in STOPPED)),
)
_MESSAGES_DUE = func.count().label("messages")
_SINCE = ledger.c.due >= bindparam("since", type_=ledger.c.due.type)
_OF_PROGRAMME = (ledger.c.client == bindparam("its_client"), ledger.c.programme == bindparam("its_programme"))


def _automations() -> CTE:
    """Return the automations of the programme, each found by one step of the index from the one before it."""
    first = select(func.min(ledger.c.automation).label("id")).where(*_OF_PROGRAMME)
    found = first.cte("automations", recursive=True)
    further = select(func.min(ledger.c.automation)).where(*_OF_PROGRAMME, ledger.c.automation > found.c.id)
    return found.union_all(select(further.scalar_subquery()).where(found.c.id.is_not(None)))


_EACH = _automations()
_OF_EACH = (*_OF_PROGRAMME, ledger.c.automation == _EACH.c.id)
_RECENT = (
    select(ledger.c.due, _MESSAGES_DUE)
    .join_from(_EACH, ledger, and_(*_OF_EACH, _SINCE, *_COUNTED))
    .group_by(ledger.c.due)
)
_LAST = select(func.max(ledger.c.due, type_=ledger.c.due.type)).where(*_OF_EACH).scalar_subquery()
_LATEST = select(_EACH.c.id.label("automation"), _LAST.label("latest")).where(_EACH.c.id.is_not(None))
_WAITING = select(ledger.c.key, ledger.c.error).where(IS_HELD, *_OF_PROGRAMME)
_RECEIVED = (
    select(people.c.address, ledger.c.due, _MESSAGES_DUE)
    .join(ledger, (ledger.c.client == people.c.client) & (ledger.c.recipient == people.c.id))
    .where(people.c.address.in_(bindparam("addresses", expanding=True)), _SINCE, *_COUNTED)
    .group_by(people.c.address, ledger.c.due)
)
"""The four questions, built once: a tick asks them for every programme."""
_ELSEWHERE_TOO = (
    select(people.c.address)
    .join(programme_people, (programme_people.c.client == people.c.client) & (programme_people.c.id == people.c.id))
    .where(people.c.address.in_(bindparam("addresses", expanding=True)))
    .group_by(people.c.address)
    .having(func.count() > 1)
)
_TURN = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(address, 0)) FROM unnest(CAST(:addresses AS text[])) AS address"
)
"""In the order in which they are named, which is the same for everybody, so that no two wait for each other."""


def take_turn(connection: Connection, register: Register) -> None:
    """Wait until no other transaction plans for those people of *register* whom several programmes know.

    Two workers that decide two programmes at once could otherwise each give a person the last message of a day. On
    SQLite only one transaction writes at a time anyway.
    """
    if connection.dialect.name != "postgresql":
        return
    addresses = sorted({person.email.casefold() for person in register.people.values()})
    shared: list[str] = []
    for few in batches(addresses):
        shared += connection.execute(_ELSEWHERE_TOO, {"addresses": few}).scalars()
    if shared:
        connection.execute(_TURN, {"addresses": sorted(shared)})


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
