"""Rules about what comes to pass in a live programme: attendance, registers, who can come."""

from collections.abc import Iterator
from datetime import datetime

from convener.decide.findings.finding import Finding, named
from convener.decide.findings.ground import Ground
from convener.decide.index import Index
from convener.decide.moments.timing import shifted
from convener.decide.prepared import Prepared
from convener.model import Session, SessionStatus
from convener.rulesets.kinds import AttendanceFloor, Quorum, RegisterDeadline, StatusMeaning
from convener.rulesets.ruleset import Rule

History = list[tuple[Session, StatusMeaning]]
"""Recorded sessions of one person, oldest first."""


def attendance(ground: Ground) -> Iterator[Finding]:
    """Yield each participant's share of sessions present beside the floor."""
    for rule, terms in ground.rules_of(AttendanceFloor):
        for person in ground.index.reachable(ground.day):
            yield _floor(ground, rule, terms, person)


def _floor(ground: Ground, rule: Rule, terms: AttendanceFloor, person: str) -> Finding:
    history = ground.index.history(person, ground.at)
    present = [meaning.present for _, meaning in history]
    below = sum(present) < terms.min * len(present)
    total = max(ground.ruleset.sessions.count, len(present))
    lost = below and terms.forward and sum(present) + total - len(present) < terms.min * total
    side = "below" if below else "at or above"
    text = f"{ground.name(person)} was at {sum(present)} of {len(present)} sessions, {side} the floor"
    text += f" of {float(terms.min):.0%}{f'; {total - len(present)} more cannot reach it' if lost else ''}"
    return Finding(
        rule=rule,
        subject=person,
        breached=below,
        text=text,
        names=named(person, ground.address(person)),
        day=ground.day,
        severity="high" if lost else "low",
        settle=_correction(ground, history, person) if below else "",
    )


def _correction(ground: Ground, history: History, person: str) -> str:
    missed = [session for session, meaning in history if not meaning.present]
    return correction(ground.ruleset.client, missed[-1], ground.address(person))


def correction(client: str, session: Session, address: str) -> str:
    """Return the command that says again how it was with the person of *address* at *session*."""
    return f"convener attendance record {client}/{session.id} {address}=STATUS"


def register_deadline(prepared: Prepared, terms: RegisterDeadline, session: Session) -> datetime | None:
    """Return by when the register of *session* is to be in, None for one that has no end."""
    zone = session.zone or prepared.ruleset.zone
    return shifted(session.ends, terms.within, 1, zone, prepared.holidays) if session.ends else None


def deadlines(prepared: Prepared, index: Index) -> list[datetime]:
    """Return by when registers are to be in, in order; reckoned once for as long as no session changes."""
    table, rules = index.timetable, prepared.ruleset.rules_of(RegisterDeadline)
    if table.deadlines is None:
        sessions = index.register.sessions.values()
        every = (register_deadline(prepared, terms, session) for _, terms in rules for session in sessions)
        table.deadlines = sorted(deadline for deadline in every if deadline is not None)
    return table.deadlines


def registers(ground: Ground) -> Iterator[Finding]:
    """Yield what of each session's register is not in, and whether it should be."""
    rules = ground.rules_of(RegisterDeadline)
    for session in ground.register.sessions.values() if rules else ():
        if session.ends is None or session.ends > ground.at or session.status is SessionStatus.CANCELLED:
            continue
        missing = len(ground.index.unrecorded(session))
        expected = len(ground.index.present_members(session)) if missing else 0
        for rule, terms in rules:
            deadline = register_deadline(ground.prepared, terms, session)
            late = bool(missing) and deadline is not None and deadline < ground.at
            what = f"{missing} of {expected} not recorded" if missing else "whole"
            yield Finding(
                rule=rule,
                subject=session.id,
                breached=late,
                text=f"register of {session.id}: {what}{'' if late or not missing else f', due {deadline:%Y-%m-%d}'}",
                names=named(session.id, session.pod),
                day=ground.day,
                severity="medium",
                settle=f"convener attendance missing {ground.ruleset.scope}",
            )


def quorums(ground: Ground) -> Iterator[Finding]:
    """Yield how many can come to each confirmed session ahead, and whether that is enough."""
    rules = ground.rules_of(Quorum)
    for session in ground.register.sessions.values() if rules else ():
        if session.status is not SessionStatus.CONFIRMED or session.starts is None or session.starts <= ground.at:
            continue
        for rule, terms in rules:
            yield _quorum(ground, rule, terms, session)


def _quorum(ground: Ground, rule: Rule, terms: Quorum, session: Session) -> Finding:
    index = ground.index
    members = index.expected(session)
    coming = [person for person in members if not _is_absent(ground, session, person)]
    coach = index.coach_of(session.pod, index.day_of(session))
    needed = terms.needed(len(members))
    lacking = terms.coach and coach is None
    return Finding(
        rule=rule,
        subject=session.id,
        breached=len(coming) < needed or lacking,
        text=f"{session.id}: {len(coming)} of {len(members)} can come, {needed} needed{'' if coach else '; no coach'}",
        names=named(session.id, session.pod),
        day=index.day_of(session),
        ends=session.starts,
        from_leaving=not lacking,
        severity="high",
        settle=_remedy(ground, session, has_coach=coach is not None),
    )


def _remedy(ground: Ground, session: Session, *, has_coach: bool) -> str:
    client = ground.ruleset.client
    if has_coach:
        return f"convener dates move {client}/{session.id} --to ISO"
    return f"convener change coach {client}/{session.pod} COACH"


def _is_absent(ground: Ground, session: Session, person: str) -> bool:
    record = ground.index.record(session, person)
    meaning = ground.index.meaning(record) if record else None
    return meaning is not None and not meaning.present
