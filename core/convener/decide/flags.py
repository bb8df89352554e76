"""What of the register needs a human: rules that are breached or about to be.

Flags are a reading of the present, not messages: the whole set is given each time, a cause that is gone
takes its flag along, and the same cause keeps its id.
"""

from collections.abc import Iterator
from datetime import datetime

from convener.decide.index import Index
from convener.decide.requirements import fails, subjects
from convener.decide.setting import Setting
from convener.decide.timing import shifted
from convener.model import Flag, Session, SessionStatus
from convener.rulesets.kinds import AttendanceFloor, PodSize, Quorum, RegisterDeadline, StatusMeaning
from convener.rulesets.ruleset import Rule

History = list[tuple[Session, StatusMeaning]]
"""Recorded sessions of one person, oldest first."""


def standing_flags(setting: Setting) -> Iterator[Flag]:
    """Yield every flag the register deserves at the end of the window."""
    yield from _floors(setting)
    yield from _registers(setting)
    yield from _quorums(setting)
    yield from _sizes(setting)
    yield from _requirements(setting)


def flag(setting: Setting, rule: str, subject: str, *, severity: str, text: str, settle: str) -> Flag:
    """Make the flag that *rule* raises over *subject*, an id; people are shown by their address."""
    ruleset = setting.prepared.ruleset
    return Flag(
        id=f"{ruleset.scope}/{rule}/{subject}",
        severity=severity,
        client=ruleset.client,
        programme=ruleset.programme,
        subject=email_of(setting.index, subject),
        since=setting.window.now,
        text=text,
        settle=settle,
    )


def name_of(index: Index, person: str) -> str:
    """Return the name of *person* for a flag, their id when unknown."""
    known = index.register.people.get(person)
    return known.name if known else person


def email_of(index: Index, person: str) -> str:
    """Return what commands call *person*."""
    known = index.register.people.get(person)
    return known.email if known else person


def correction(setting: Setting, session: Session, person: str) -> str:
    """Return the command that says again how it was with *person* at *session*."""
    client = setting.prepared.ruleset.client
    return f"convener attendance record {client}/{session.id} {email_of(setting.index, person)}=STATUS"


def is_waived(setting: Setting, rule: Rule, subject: str, person: str = "") -> bool:
    """Tell whether a waiver of flexible *rule* covers *subject* or *person* today."""
    if rule.inflexible:
        return False
    index = setting.index
    today = index.today(setting.window.now)
    covered = {subject, email_of(index, person)} if person else {subject}
    return any(
        waiver.rule == rule.id and waiver.since <= today <= waiver.until and covered & set(waiver.subject.values())
        for waiver in setting.prepared.ruleset.waivers.values()
    )


def _floors(setting: Setting) -> Iterator[Flag]:
    index, now = setting.index, setting.window.now
    today = index.today(now)
    for rule, terms in setting.prepared.ruleset.rules_of(AttendanceFloor):
        for person in index.reachable(today):
            history = index.history(person, now)
            attended = sum(meaning.present for _, meaning in history)
            if attended < terms.min * len(history) and not is_waived(setting, rule, person, person):
                yield _below_floor(setting, (rule, terms), person, history)


def _below_floor(setting: Setting, floor: tuple[Rule, AttendanceFloor], person: str, history: History) -> Flag:
    rule, terms = floor
    index = setting.index
    present = [meaning.present for _, meaning in history]
    missed = [session for session, meaning in history if not meaning.present]
    total = max(setting.prepared.ruleset.sessions.count, len(present))
    lost = terms.forward and sum(present) + total - len(present) < terms.min * total
    share = f"{sum(present)} of {len(present)} sessions, below the floor of {float(terms.min):.0%}"
    ending = f"; {total - len(present)} more cannot reach it" if lost else ""
    return flag(
        setting,
        rule.id,
        person,
        severity="high" if lost else "low",
        text=f"{name_of(index, person)} was at {share}{ending}",
        settle=correction(setting, missed[-1], person),
    )


def register_deadline(setting: Setting, terms: RegisterDeadline, session: Session) -> datetime | None:
    """Return by when the register of *session* is to be in, None for one that has no end."""
    zone = session.zone or setting.prepared.ruleset.zone
    return shifted(session.ends, terms.within, 1, zone, setting.prepared.holidays) if session.ends else None


def _registers(setting: Setting) -> Iterator[Flag]:
    index, now = setting.index, setting.window.now
    rules = setting.prepared.ruleset.rules_of(RegisterDeadline)
    for session in index.register.sessions.values() if rules else ():
        if session.ends is None or session.ends > now or session.status is SessionStatus.CANCELLED:
            continue
        missing = index.unrecorded(session)
        expected = len(index.present_members(session)) if missing else 0
        for rule, terms in rules:
            deadline = register_deadline(setting, terms, session)
            if missing and deadline is not None and deadline < now and not is_waived(setting, rule, session.id):
                yield flag(
                    setting,
                    rule.id,
                    session.id,
                    severity="medium",
                    text=f"register of {session.id}: {len(missing)} of {expected} not recorded",
                    settle=f"convener attendance missing {setting.prepared.ruleset.scope}",
                )


def _quorums(setting: Setting) -> Iterator[Flag]:
    index, now = setting.index, setting.window.now
    rules = setting.prepared.ruleset.rules_of(Quorum)
    for session in index.register.sessions.values() if rules else ():
        if session.status is not SessionStatus.CONFIRMED or session.starts is None or session.starts <= now:
            continue
        members = index.expected(session)
        coming = [person for person in members if not _is_absent(index, session, person)]
        coach = index.coach_of(session.pod, index.day_of(session))
        for rule, terms in rules:
            short = len(coming) < terms.needed(len(members))
            if (short or (terms.coach and coach is None)) and not is_waived(setting, rule, session.id):
                yield flag(
                    setting,
                    rule.id,
                    session.id,
                    severity="high",
                    text=f"{session.id}: {len(coming)} of {len(members)} can come, "
                    f"{terms.needed(len(members))} needed{'' if coach else '; no coach'}",
                    settle=_remedy(setting, session, has_coach=coach is not None),
                )


def _remedy(setting: Setting, session: Session, *, has_coach: bool) -> str:
    client = setting.prepared.ruleset.client
    if has_coach:
        return f"convener dates move {client}/{session.id} --to ISO"
    return f"convener change coach {client}/{session.pod} COACH"


def _is_absent(index: Index, session: Session, person: str) -> bool:
    record = index.record(session, person)
    meaning = index.meaning(record) if record else None
    return meaning is not None and not meaning.present


def _sizes(setting: Setting) -> Iterator[Flag]:
    index, ruleset = setting.index, setting.prepared.ruleset
    today = index.today(setting.window.now)
    for pod in index.register.pods.values():
        size = len(index.members(pod.id, today))
        for rule, terms in ruleset.rules_of(PodSize, pod.name):
            if not terms.min <= size <= terms.max and not is_waived(setting, rule, pod.id):
                bound = f"fewer than {terms.min}" if size < terms.min else f"more than {terms.max}"
                yield flag(
                    setting,
                    rule.id,
                    pod.id,
                    severity="high" if rule.inflexible else "medium",
                    text=f"{pod.id} has {size} members, {bound}",
                    settle=f"convener register {ruleset.scope}",
                )


def _requirements(setting: Setting) -> Iterator[Flag]:
    for required in setting.prepared.requires:
        for subject, scene in subjects(setting.index, required.each, setting.window.now):
            person = scene.person
            if is_waived(setting, required.rule, subject, person) or not fails(required, scene):
                continue
            shown = name_of(setting.index, person) if person else subject
            yield flag(
                setting,
                required.rule.id,
                subject,
                severity="high" if required.rule.inflexible else "medium",
                text=f"{shown}: {required.rule.why or ' and '.join(c.source for c in required.require)}",
                settle=f"convener register {setting.prepared.ruleset.scope}",
            )
