"""Events: appended, never changed, each chained to the one before.

The chain runs over (number, previous link, digest of the content); the digest is salted with a value kept beside
the content, so that erasing content and salt together leaves the chain whole and nothing to guess from. It shows
what a careless or partial hand did; whoever owns the whole database can rewrite the whole chain, which is why its
head is worth writing down outside.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from convener.model import Event
from convener.store.inserting import batches
from convener.store.schema import event_head, event_links, events

GENESIS = "0" * 64
"""The link before the first event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenEvent:
    """The first event at which the chain does not hold."""

    seq: int
    """Its number, from 1."""
    reason: str


def append_events(connection: Connection, happened: Sequence[Event]) -> tuple[Event, ...]:
    """Append *happened* and return it as written: an id that is taken gets `~2`, `~3` … at its end."""
    if not happened:
        return ()
    head = connection.execute(select(event_head).with_for_update()).one()
    seq, link = int(head.seq), str(head.link)
    written = tuple(_with_free_ids(connection, happened))
    contents: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for event in written:
        seq += 1
        content = _content(event, secrets.token_hex(16))
        digest = _digest(content)
        previous, link = link, _link(seq, link, digest)
        contents.append({"seq": seq, **content})
        links.append({"seq": seq, "previous": previous, "digest": digest, "link": link})
    connection.execute(insert(events), contents)
    connection.execute(insert(event_links), links)
    connection.execute(update(event_head).values(seq=seq, link=link))
    return written


def load_events(connection: Connection, client: str, programme: str) -> tuple[Event, ...]:
    """Return the events of one programme, oldest first."""
    mine = select(events).where(events.c.client == client, events.c.programme == programme)
    return tuple(_event(row) for row in connection.execute(mine.order_by(events.c.seq)).all())


def verify_events(connection: Connection) -> BrokenEvent | None:
    """Walk the whole chain and return the first event at which it does not hold, None when all do."""
    expected, previous = 0, GENESIS
    chained = event_links.outerjoin(events, events.c.seq == event_links.c.seq)
    links = (event_links.c.seq.label("number"), event_links.c.previous, event_links.c.digest, event_links.c.link)
    for row in connection.execute(select(events, *links).select_from(chained).order_by(event_links.c.seq)):
        expected += 1
        reason = _fault(row, expected, previous)
        if reason:
            return BrokenEvent(seq=expected, reason=reason)
        previous = row.link
    loose = connection.execute(select(func.min(events.c.seq)).where(events.c.seq > expected)).scalar()
    if loose is not None:
        return BrokenEvent(seq=loose, reason="it is not in the chain")
    head = connection.execute(select(event_head)).first()
    if head is None or (head.seq, head.link) != (expected, previous):
        return BrokenEvent(seq=expected + 1, reason="the chain ends before its recorded head")
    return None


def chain_head(connection: Connection) -> tuple[int, str]:
    """Return number and link of the last event, to be written down outside of the database."""
    head = connection.execute(select(event_head)).one()
    return head.seq, head.link


def _fault(row: Row[Any], expected: int, previous: str) -> str:
    if row.number != expected or row.seq is None:
        return "it is missing or out of order"
    if row.previous != previous or row.link != _link(expected, previous, row.digest):
        return "its link to the event before does not fit"
    return "" if row.digest == _digest(_content(_event(row), row.salt)) else "its content was changed"


def _with_free_ids(connection: Connection, happened: Sequence[Event]) -> Iterator[Event]:
    taken: set[tuple[str, str, str]] = set()
    for few in batches(happened):
        found = select(events.c.client, events.c.programme, events.c.id)
        taken.update(
            (row.client, row.programme, row.id)
            for row in connection.execute(found.where(events.c.id.in_([event.id for event in few])))
        )
    for event in happened:
        named, count = event, 1
        while (named.client, named.programme, named.id) in taken or (count > 1 and _exists(connection, named)):
            count += 1
            named = replace(event, id=f"{event.id}~{count}")
        taken.add((named.client, named.programme, named.id))
        yield named


def _exists(connection: Connection, event: Event) -> bool:
    same = select(events.c.seq).where(
        events.c.client == event.client, events.c.programme == event.programme, events.c.id == event.id
    )
    return connection.execute(same).first() is not None


def _content(event: Event, salt: str) -> dict[str, Any]:
    return {
        "client": event.client,
        "programme": event.programme,
        "id": event.id,
        "name": event.name,
        "subject": event.subject,
        "person": event.person,
        "at": event.at,
        "data": dict(event.data),
        "salt": salt,
    }


def _event(row: Row[Any]) -> Event:
    return Event(
        client=row.client,
        programme=row.programme,
        id=row.id,
        name=row.name,
        subject=row.subject,
        person=row.person,
        at=row.at,
        data=row.data,
    )


def _digest(content: dict[str, Any]) -> str:
    plain = {**content, "at": content["at"].timestamp()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _link(seq: int, previous: str, digest: str) -> str:
    return hashlib.sha256(f"{seq}\n{previous}\n{digest}".encode()).hexdigest()
