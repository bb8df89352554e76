"""Applying a change: the register it makes, judged by the rules before anybody sees it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from convener.decide.changes.draft import Changed, session_of
from convener.decide.changes.people import come_back, move_pod, new_manager, promote, second, withdraw
from convener.decide.changes.sessions import cancel_session, move_session, swap_coach
from convener.decide.findings import Finding, ground_of
from convener.decide.findings.finding import named
from convener.decide.moments.timing import local
from convener.decide.prepared import Prepared
from convener.decide.rulings import AUDIT, Ruling, ruling
from convener.decide.watch.breaches import ALTERABLE
from convener.errors import RefusedError
from convener.model import (
    CancelSession,
    Change,
    Commitment,
    MovePod,
    MoveSession,
    NewManager,
    Promote,
    Register,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.rulesets.kinds import Notice


def apply_change(
    prepared: Prepared,
    register: Register,
    change: Change,
    at: datetime,
    *,
    commitments: Sequence[Commitment] = (),
) -> Changed:
    """Return what *change*, made known at *at*, makes of *register*.

    Raise RefusedError with the rules an inflexible one of which it would newly break, UsageError for people,
    pods and sessions that are not there. What else it newly breaks is in the notes. Nobody is refused
    to leave: a pod that becomes too small by it is noted, and flagged as long as it is. *commitments* are
    what coaches carry in other programmes.
    """
    made = _made(register, change, at)
    day = day_of(prepared, change, at)
    judged = [*newly_open(prepared, (register, made.register), (at, day), commitments=commitments)]
    judged += _judged(prepared, _notices(prepared, register, change, at))
    refusals = [found for found, ruled in judged if ruled.forbids and not _is_leaving(change, found)]
    if refusals:
        raise RefusedError(
            "; ".join(f"{found.said} (rule {found.rule.id})" for found in refusals),
            rules=tuple(dict.fromkeys(found.rule.id for found in refusals)),
            hint="an inflexible rule cannot be waived; change something else first",
        )
    return replace(made, notes=(*made.notes, *(_note(found, ruled) for found, ruled in judged)))


def _made(register: Register, change: Change, at: datetime) -> Changed:
    match change:
        case Withdraw():
            made = withdraw(register, change, at)
        case Second():
            made = second(register, change, at)
        case Return():
            made = come_back(register, change, at)
        case Promote():
            made = promote(register, change, at)
        case MovePod():
            made = move_pod(register, change, at)
        case NewManager():
            made = new_manager(register, change, at)
        case _:
            made = _session_made(register, change, at)
    return made


def _session_made(register: Register, change: SwapCoach | MoveSession | CancelSession, at: datetime) -> Changed:
    match change:
        case SwapCoach():
            return swap_coach(register, change, at)
        case MoveSession():
            return move_session(register, change, at)
        case CancelSession():
            return cancel_session(register, change, at)


def day_of(prepared: Prepared, change: Change, at: datetime) -> date:
    """Return the day whose pods *change* is judged on, on the programme's wall clock."""
    match change:
        case MoveSession():
            return local(change.starts, prepared.ruleset.zone).date()
        case CancelSession():
            return local(at, prepared.ruleset.zone).date()
        case _:
            return change.on


def newly_open(
    prepared: Prepared,
    registers: tuple[Register, Register],
    moment: tuple[datetime, date],
    *,
    commitments: Sequence[Commitment] = (),
) -> Iterator[tuple[Finding, Ruling]]:
    """Yield what is broken, or may be, in the second of *registers* and not in the first, and what follows from it.

    *moment* is the instant it is judged at and the day whose pods count; what is over by then counts for nothing.
    """
    at, day = moment
    before, after = (
        [
            found
            for measure in ALTERABLE
            for found in measure(ground_of(prepared, register, at, day=day, commitments=commitments))
            if found.is_open and (found.ends is None or found.ends > at)
        ]
        for register in registers
    )
    known = {found.key for found in before}
    yield from _judged(prepared, (found for found in after if found.key not in known))


def _judged(prepared: Prepared, several: Iterable[Finding]) -> Iterator[tuple[Finding, Ruling]]:
    for found in several:
        yield found, ruling(prepared.ruleset, found.rule, found.breached, found.names, found.day, missing=found.missing)


def _is_leaving(change: Change, found: Finding) -> bool:
    """Tell whether nobody may be held to it: people may leave, and nobody is made to meet."""
    if isinstance(change, CancelSession):
        return not isinstance(found.rule.terms, Notice)
    return found.from_leaving and isinstance(change, Withdraw | Second)


def _note(found: Finding, ruled: Ruling) -> str:
    if ruled.detail == AUDIT:
        return f"{found.text} (rule {found.rule.id} is under audit and would refuse this)"
    waived = f", waived by {ruled.waiver.id}" if ruled.waiver else ""
    return f"{found.said} (rule {found.rule.id}{waived})"


def _notices(prepared: Prepared, register: Register, change: Change, at: datetime) -> Iterator[Finding]:
    """Yield the notice rules that a session moved or cancelled now comes too late for."""
    if not isinstance(change, MoveSession | CancelSession):
        return
    session = session_of(register, change.session)
    verb = "moves" if isinstance(change, MoveSession) else "is called off"
    for rule, terms in prepared.ruleset.rules_of(Notice):
        starts = session.starts
        if starts is None or not starts - terms.length < at <= starts:
            continue
        yield Finding(
            rule=rule,
            subject=session.id,
            breached=True,
            text=f"{session.id} {verb} less than {terms.min} before it begins",
            names=named(session.id, session.pod),
            day=starts.date(),
        )
