"""What coaches already carry elsewhere."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, and_, not_, or_, select

from convener.model import Commitment, ProgrammeState, SessionStatus
from convener.store.proposals import split
from convener.store.schema import coachings, programmes, sessions

_TAKEN = (SessionStatus.PROPOSED.value, SessionStatus.CONFIRMED.value)


def load_commitments(connection: Connection, excluding: Sequence[str], day: date) -> list[Commitment]:
    """Return what each coach carries from *day* on in every programme, of whatever client, but those *excluding*.

    Pods count that the coach has on *day* or takes later; sessions that are proposed or confirmed and fall into
    the coach's time with the pod. Closed programmes do not count.
    """
    pods: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    taken: dict[str, set[tuple[datetime, datetime]]] = defaultdict(set)
    for row in connection.execute(_elsewhere(excluding, day)):
        pods[row.coach].add((row.client, row.programme, row.pod))
        if row.starts and _falls(row, day):
            taken[row.coach].add((row.starts, row.ends))
    return [
        Commitment(coach=coach, pods=len(pods[coach]), sessions=tuple(sorted(taken[coach]))) for coach in sorted(pods)
    ]


def _elsewhere(excluding: Sequence[str], day: date) -> Any:
    scopes = [split(scope) for scope in excluding]
    same = and_(coachings.c.client == programmes.c.client, coachings.c.programme == programmes.c.programme)
    meets = and_(
        sessions.c.client == coachings.c.client,
        sessions.c.programme == coachings.c.programme,
        sessions.c.pod == coachings.c.pod,
        sessions.c.status.in_(_TAKEN),
        sessions.c.ends.is_not(None),
    )
    columns = select(coachings, sessions.c.starts, sessions.c.ends, sessions.c.zone)
    joined = columns.join(programmes, same).join(sessions, meets, isouter=True)
    return joined.where(
        programmes.c.state != ProgrammeState.CLOSED.value,
        *(not_(and_(coachings.c.client == client, coachings.c.programme == name)) for client, name in scopes),
        or_(coachings.c.until.is_(None), coachings.c.until > day),
    )


def _falls(row: Row[Any], day: date) -> bool:
    held: date = row.starts.astimezone(ZoneInfo(row.zone) if row.zone else UTC).date()
    return day <= held and row.since <= held and (row.until is None or held < row.until)
