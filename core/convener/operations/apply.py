"""`apply`: a plan that somebody has looked at, written into the ledger as it stands or not at all (R30, P19)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from convener.durable import write_whole
from convener.errors import DataError
from convener.model import Plan, ProgrammeState, Register
from convener.operations.plan import Outlook
from convener.operations.standing import require_free
from convener.operations.tick import TickReport, due_plan, write_plan
from convener.operations.workspace import Workspace
from convener.store import Transaction

FORMAT = "convener plan"
VERSION = 1
"""Of the file; another one is refused."""
SHOWN = 20
"""How many differences are listed before the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan:
    """A plan as a file keeps it: what goes out when, and what that was concluded from."""

    scope: str
    made: datetime
    until: datetime
    instance: str
    """Which database it was looked up in."""
    stamp: str
    """Of the client's rules."""
    revision: int
    """Of the register."""
    due: Mapping[str, datetime]
    """When each dispatch falls due, by key."""
    held: Mapping[str, str] = field(default_factory=dict)
    """The rule that holds a dispatch, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyReport:
    """What of a plan went into the ledger."""

    written: TickReport
    ahead: int
    """How many of its dispatches are not due yet; ticks write them in their time, or another plan does."""


def save(found: Outlook, path: Path) -> None:
    """Write *found* to *path*, whole or not at all; raise OSError when that cannot be."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "scope": found.scope,
        "made": found.made.isoformat(),
        "until": found.plan.until.isoformat(),
        "instance": found.instance,
        "rules": found.stamp,
        "register": found.revision,
        "dispatches": [
            {"key": one.key, "due": one.due.isoformat(), "held": found.plan.held.get(one.key, "")}
            for one in found.plan.dispatches
        ],
    }
    told = content | {"digest": _digest(content)}
    write_whole(path, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode())


def read(path: Path) -> SavedPlan:
    """Return the plan that `save` wrote to *path*; raise DataError when it is none, or not as it was written."""
    try:
        return _understood(path, json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, LookupError, TypeError, AttributeError):
        hint = "write one: convener plan SCOPE --until ISO -o FILE"
        raise DataError(f"{path} is not a plan, or it is damaged", hint=hint) from None


def _understood(path: Path, content: dict[str, Any]) -> SavedPlan:
    if {FORMAT: content["version"]}[content["format"]] != VERSION:
        raise DataError(
            f"{path} was written by another version of Convener (format {content['version']}, here {VERSION})",
            hint=f"plan again: {_again(content['scope'], content['until'])}",
        )
    if content.pop("digest") != _digest(content):
        raise DataError(
            f"{path} is not as it was written", hint=f"plan again: {_again(content['scope'], content['until'])}"
        )
    return SavedPlan(
        scope=content["scope"],
        made=datetime.fromisoformat(content["made"]),
        until=datetime.fromisoformat(content["until"]),
        instance=content["instance"],
        stamp=content["rules"],
        revision=content["register"],
        due={one["key"]: datetime.fromisoformat(one["due"]) for one in content["dispatches"]},
        held={one["key"]: one["held"] for one in content["dispatches"] if one["held"]},
    )


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _again(scope: str, until: str) -> str:
    return f"convener plan {scope} --until {until} -o FILE"


def apply(workspace: Workspace, saved: SavedPlan, *, dry_run: bool = False) -> ApplyReport:
    """Write what of *saved* is due into the ledger, exactly that, and nothing else.

    Raise DataError listing what differs when the register, the rules or what is due are no longer what the plan was
    made of, and HeldError while nothing may go out; nothing is written then.
    """
    if not dry_run:
        require_free(workspace)
    prepared = workspace.rules.prepared(saved.scope)
    now = workspace.clock.now()
    stamp = workspace.rules.stamp(prepared.ruleset.client)
    with workspace.store.begin(rehearsal=dry_run) as tx:
        register = tx.load(prepared.ruleset.client, prepared.ruleset.programme)
        _refuse_strange(tx, saved, register, now)
        plan = due_plan(tx, prepared, register, now)
        wrong = [*_changed(saved, stamp, tx.revision(saved.scope)), *_differences(tx, saved, plan)]
        if wrong:
            raise DataError(_stale(wrong), hint=f"plan again: {_again(saved.scope, saved.until.isoformat())}")
        written = write_plan(workspace, tx, prepared, register, plan)
    return ApplyReport(written=written, ahead=sum(due > now for due in saved.due.values()))


def _refuse_strange(tx: Transaction, saved: SavedPlan, register: Register, now: datetime) -> None:
    if saved.instance != tx.instance():
        raise DataError(
            f"this plan of {saved.scope} was made in another workspace", hint="apply it there, or plan again here"
        )
    if register.state is not ProgrammeState.LIVE:
        raise DataError(f"{saved.scope} is {register.state}: nothing goes out", hint=f"see: convener go {saved.scope}")
    if register.cursor is not None and now < register.cursor:
        raise DataError(
            f"{saved.scope} was decided up to {register.cursor.isoformat()} already", hint="name a later --at, or none"
        )


def _changed(saved: SavedPlan, stamp: str, revision: int) -> Iterator[str]:
    if stamp != saved.stamp:
        yield "the rules have changed"
    if revision != saved.revision:
        yield "the register has changed"


def _differences(tx: Transaction, saved: SavedPlan, plan: Plan) -> Iterator[str]:
    """Yield in words what is due otherwise than the plan has it."""
    now = {one.key for one in plan.dispatches}
    planned = {key for key, due in saved.due.items() if due <= plan.until}
    written, missed = tx.known(planned), {one.key for one in plan.missed}
    for key in sorted(planned - now):
        why = "in the ledger already" if key in written else "too late now" if key in missed else "no longer due"
        yield f"{why}: {key}"
    yield from (f"due and not in the plan: {key}" for key in sorted(now - planned))
    for key in sorted(now & planned):
        if plan.held.get(key) != saved.held.get(key):
            yield f"held by {plan.held[key]} now: {key}" if key in plan.held else f"no longer held: {key}"


def _stale(wrong: list[str]) -> str:
    more = [f"and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
    return "\n".join(("the plan is stale, nothing was written", *(f"  {line}" for line in (*wrong[:SHOWN], *more))))
