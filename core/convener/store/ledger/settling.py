"""What became of a row: told by its sender, by a person, or by a change of the register."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, cast, or_, update

from convener.model import UNSENT, DispatchState
from convener.store.dispatches import SETTLED
from convener.store.ledger.claims import still_held
from convener.store.schema import ledger

CALLED_OFF = "called off by a change of the register"
"""Why a row that a change cancelled did not go; unlike one that a person cancelled, it may come back."""
_UNSENT = tuple(state.value for state in UNSENT)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claimed row."""

    key: str
    state: DispatchState
    error: str = ""
    """Why it did not go, without personal data."""
    not_before: datetime | None = None
    """When it may go, if it is to be tried again or given back; without, at once."""
    counted: bool = True
    """Whether it was an attempt; one that was given back unsent was none."""


def settle(connection: Connection, owner: str, settled: Sequence[Settled], at: datetime) -> set[str]:
    """Record what became of rows that *owner* claimed; return the keys of those it still held, the others stay."""
    alike: dict[object, list[Settled]] = defaultdict(list)
    for each in settled:
        alike[each.state, each.error, each.not_before, each.counted].append(each)
    done: set[str] = set()
    for group in alike.values():
        mine = still_held(connection, owner, [each.key for each in group])
        told = update(ledger).where(mine).values(_outcome(group[0], at))
        done.update(connection.execute(told.returning(ledger.c.key)).scalars())
    return done


def _outcome(settled: Settled, at: datetime) -> dict[str, Any]:
    """Return the columns that tell what became of a claimed row."""
    attempts = {} if settled.counted else {"attempts": ledger.c.attempts - 1}
    standing = _standing(settled.state, at, settled.not_before)
    return {**standing, **attempts, "error": settled.error, "owner": "", "leased_until": None}


def overrule(connection: Connection, key: str, state: DispatchState, at: datetime) -> bool:
    """Put a row into *state* because a person said so; False when it is unknown or being sent.

    What is to go again has all its attempts before it.
    """
    told = {**_standing(state, at, None), "error": ""}
    if state is DispatchState.READY:
        told["attempts"] = 0
    mine = update(ledger).where(ledger.c.key == key, ledger.c.state != DispatchState.SENDING.value)
    return connection.execute(mine.values(told)).rowcount == 1


def _standing(state: DispatchState, at: datetime, not_before: datetime | None) -> dict[str, Any]:
    """Return the columns that say how a row stands; what waits and is not told until when, waits until it is due."""
    waits = state in {DispatchState.READY, DispatchState.RETRY}
    return {
        "state": state.value,
        "settled": at if state in SETTLED else None,
        "not_before": (not_before or ledger.c.due) if waits else None,
    }


def call_off(connection: Connection, scope: tuple[str, str], session: str, recipient: str, at: datetime) -> int:
    """Cancel what a programme has not sent, of one session or of one recipient if named; return how many.

    Of a recipient is also what goes to others and speaks of that person alone.
    """
    where = [ledger.c.client == scope[0], ledger.c.programme == scope[1], ledger.c.state.in_(_UNSENT)]
    if session:
        where.append(or_(ledger.c.session == session, ledger.c.subject == session))
    if recipient:
        where.append(or_(ledger.c.recipient == recipient, cast(ledger.c.people, Text) == json.dumps([recipient])))
    told = {"state": DispatchState.CANCELLED.value, "settled": at, "not_before": None, "error": CALLED_OFF}
    return connection.execute(update(ledger).where(*where).values(told)).rowcount
