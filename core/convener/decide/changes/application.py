"""Applying a change: the register it makes, judged by the rules before anybody sees it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from convener.decide.changes.breach import Breach, breach
from convener.decide.changes.calendar import calendar_breaches, diary_of
from convener.decide.changes.draft import Changed, session_of
from convener.decide.changes.people import come_back, move_pod, new_manager, second, withdraw
from convener.decide.changes.seating import seating_breaches, seating_of
from convener.decide.changes.sessions import move_session, swap_coach
from convener.decide.index import Index
from convener.decide.prepared import prepare_requires, statuses_of
from convener.decide.requirements import fails, subjects
from convener.decide.timing import wall
from convener.errors import InvalidError, Problem, RefusedError
from convener.model import (
    Change,
    Commitment,
    MovePod,
    MoveSession,
    NewManager,
    Register,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.rulesets.kinds import Notice
from convener.rulesets.ruleset import Ruleset


def apply_change(
    ruleset: Ruleset,
    register: Register,
    change: Change,
    at: datetime,
    *,
    commitments: Sequence[Commitment] = (),
) -> Changed:
    """Return what *change*, made known at *at*, makes of *register*.

    Raise RefusedError with the rules an inflexible one of which it would newly break, UsageError for people,
    pods and sessions that are not there. Flexible rules it newly breaks are in the notes. Nobody is refused
    to leave: a pod that becomes too small by it is noted, and flagged as long as it is. *commitments* are
    what coaches carry in other programmes.
    """
    made = _made(register, change, at)
    day = _day_of(ruleset, change)
    known = {found.key for found in _breaches(ruleset, register, day, commitments)}
    new = [found for found in _breaches(ruleset, made.register, day, commitments) if found.key not in known]
    new += _notice(ruleset, register, change, at)
    refusals = [found for found in new if found.inflexible and not _is_leaving(change, found)]
    if refusals:
        raise RefusedError(
            "; ".join(f"{found.text} (rule {found.rule})" for found in refusals),
            rules=tuple(dict.fromkeys(found.rule for found in refusals)),
            hint="an inflexible rule cannot be waived; change something else first",
        )
    return replace(made, notes=(*made.notes, *(f"{found.text} (rule {found.rule})" for found in new)))


def _made(register: Register, change: Change, at: datetime) -> Changed:
    match change:
        case Withdraw():
            made = withdraw(register, change, at)
        case Second():
            made = second(register, change, at)
        case Return():
            made = come_back(register, change, at)
        case MovePod():
            made = move_pod(register, change, at)
        case NewManager():
            made = new_manager(register, change, at)
        case SwapCoach():
            made = swap_coach(register, change, at)
        case MoveSession():
            made = move_session(register, change, at)
    return made


def _day_of(ruleset: Ruleset, change: Change) -> date:
    return change.starts.date() if isinstance(change, MoveSession) else change.on


def _is_leaving(change: Change, found: Breach) -> bool:
    return found.from_leaving and isinstance(change, Withdraw | Second)


def _breaches(ruleset: Ruleset, register: Register, day: date, commitments: Sequence[Commitment]) -> Iterator[Breach]:
    yield from seating_breaches(seating_of(ruleset, register, day), commitments)
    yield from calendar_breaches(diary_of(ruleset, register), commitments)
    yield from _requirements(ruleset, register, day)


def _requirements(ruleset: Ruleset, register: Register, day: date) -> Iterator[Breach]:
    problems: list[Problem] = []
    requires = prepare_requires(ruleset, problems)
    if problems:
        raise InvalidError(tuple(problems))
    index = Index(register, ruleset, statuses_of(ruleset)) if requires else None
    for required in requires:
        for subject, scene in subjects(index, required.each, wall(day, time(12), ruleset.zone)) if index else ():
            if fails(required, scene):
                known = register.people.get(scene.person)
                text = f"{known.name if known else subject}: {required.rule.why or 'does not hold'}"
                yield breach(required.rule, subject, text)


def _notice(ruleset: Ruleset, register: Register, change: Change, at: datetime) -> list[Breach]:
    """Return the notice rules a session moved now comes too late for."""
    if not isinstance(change, MoveSession):
        return []
    starts = session_of(register, change.session).starts
    return [
        breach(rule, change.session, f"{change.session} moves less than {terms.min} before it begins")
        for rule, terms in ruleset.rules_of(Notice)
        if starts is not None and at <= starts and terms.min.is_exact and at > starts - terms.min.as_timedelta()
    ]
