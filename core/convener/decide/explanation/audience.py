"""Why an occurrence is not for somebody."""

from datetime import date

from convener.decide.audiences import PARTS, coaches
from convener.decide.explanation.occasions import Asked
from convener.decide.explanation.sources import shown
from convener.decide.index import Index, current
from convener.decide.occurrences import Occurrence
from convener.decide.prepared import PreparedAutomation
from convener.decide.rulings import Decision
from convener.decide.setting import Setting
from convener.model import ParticipantStatus, on

MANAGER = "manager"
"""The one thing whose want leaves an audience undecided."""
Why = tuple[Decision, str, str]
"""Decision, its detail, and the reason in words."""


def why_not_meant(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, asked: Asked) -> Why:
    """Return why *occurrence* has no pair that *asked* is about."""
    index, word = setting.index, automation.automation.for_each
    day = day_of(index, occurrence)
    name = name_of(index, asked.who)
    parts = PARTS.get(word, (word,))
    if asked.by_person:
        absent = _not_participating(index, occurrence, asked.who, day)
        if absent:
            return Decision.NOT_MATCHED, "", f"{name} {absent}"
        return Decision.UNDECIDED, MANAGER, f"no line manager of {name} is known on {day}"
    if "participant" in parts and asked.who in index.enrolments:
        absent = _not_participating(index, occurrence, asked.who, day) or "is not meant by it"
        return Decision.NOT_MATCHED, "", f"{name} {absent}"
    if "coach" in parts and any(row.coach == asked.who for row in index.register.coachings):
        known = ", ".join(name_of(index, coach) for coach in coaches(index, occurrence.moment, day)) or "nobody"
        return Decision.NOT_MATCHED, "", f"{name} is not the coach on {day}: {known} is"
    if "manager" in parts and any(row.manager == asked.who for row in index.register.managements):
        return Decision.NOT_MATCHED, "", f"{name} is nobody's line manager in this on {day}"
    return Decision.NOT_MATCHED, "", f"{name} is not in its audience, which is each {word}"


def day_of(index: Index, occurrence: Occurrence) -> date:
    """Return the day whose pods, coaches and managers count."""
    session = occurrence.moment.session
    return index.day_of(session) if session is not None and session.starts else index.today(occurrence.as_of)


def name_of(index: Index, who: str) -> str:
    """Return the name of *who*, or what they are called where they have none."""
    known = index.register.people.get(who)
    return known.name if known else who


def _not_participating(index: Index, occurrence: Occurrence, person: str, day: date) -> str:
    """Return in words why a participant is none to this occurrence; empty when they are one."""
    return (
        _not_there(index, occurrence, person, day)
        or _elsewhere(index, occurrence, person, day)
        or _another(index, occurrence, person)
    )


def _not_there(index: Index, occurrence: Occurrence, person: str, day: date) -> str:
    row = current(index.enrolments.get(person, ()), day)
    if row is None:
        return f"is not enrolled on {day}"
    if row.status is ParticipantStatus.WITHDRAWN:
        return f"has withdrawn, from {row.since} ({row.origin})"
    if not index.is_reachable(person, index.today(occurrence.as_of)):
        return f"is away on secondment, since {row.since} ({row.origin})"
    if not index.has_come(person, occurrence.as_of):
        return "joined only after it fell due"
    return ""


def _elsewhere(index: Index, occurrence: Occurrence, person: str, day: date) -> str:
    session = occurrence.moment.session
    if session is None or session.starts is None or person in index.expected(session):
        return ""
    seats = [row.pod for row in on(index.register.memberships, day) if row.person == person]
    where = f"sits in {seats[0]}" if seats else "sits in no pod"
    return f"is not a member of {session.pod} on {day}, and {where}"


def _another(index: Index, occurrence: Occurrence, person: str) -> str:
    event = occurrence.moment.event
    if event is None or event.person in ("", person) or event.person not in index.enrolments:
        return ""
    return f"is not whom {event.name} on {shown(event.at, index.ruleset.zone)} was about"
