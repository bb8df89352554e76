"""For whom an occurrence is: pairs of a recipient and the person whose facts decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from convener.decide.facts import Scene, gather
from convener.decide.index import Index
from convener.decide.moments.moment import Moment
from convener.decide.occurrences import Occurrence
from convener.decide.prepared import PreparedAutomation
from convener.decide.setting import Setting

PARTS: dict[str, tuple[str, ...]] = {
    "member": ("participant", "coach"),
    "everyone": ("participant", "manager", "coach"),
}
"""Audiences made of others."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody an occurrence goes to, and the participants of theirs it speaks of."""

    recipient: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody an occurrence could go to, and whose facts decide whether it does."""

    recipient: str
    person: str = ""
    """Whose facts decide; empty when the occurrence is about no person."""
    is_participant: bool = False
    pod: str | None = None


def addressees(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence) -> list[Addressee]:
    """Return whom *occurrence* goes to: all for whom every clause of *automation* is true, none unknown."""
    found: dict[str, list[str]] = {}
    for pair in pairs(setting, automation, occurrence):
        if pair.recipient in found and not pair.is_participant:
            continue
        if not _is_settled(setting.index, automation, occurrence, pair):
            continue
        if holds_for(automation, scene_of(setting, occurrence, pair)):
            found.setdefault(pair.recipient, []).extend((pair.person,) if pair.is_participant else ())
    return [Addressee(recipient, tuple(people)) for recipient, people in sorted(found.items())]


def pairs(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence) -> Iterator[Pair]:
    """Yield everyone *occurrence* could go to, before any clause is asked: those of its audience who live by its clock.

    Somebody may come several times: a manager for each of their people.
    """
    word = automation.automation.for_each
    for part in PARTS.get(word, (word,)):
        for pair in _part(setting.index, part, occurrence):
            if automation.automation.in_programme_zone or setting.index.life_of(pair.recipient) == occurrence.life:
                yield pair


def scene_of(setting: Setting, occurrence: Occurrence, pair: Pair) -> Scene:
    """Return the scene in which the clauses are asked for *pair*."""
    return Scene(index=setting.index, moment=occurrence.moment, person=pair.person, pod=pair.pod, at=occurrence.due)


def holds_for(automation: PreparedAutomation, scene: Scene) -> bool:
    """Tell whether every clause is true in *scene*; unknown is not true."""
    if not automation.clauses:
        return True
    facts = gather(automation.names, scene)
    return all(clause.test(facts) is True for clause in automation.clauses)


def _is_settled(index: Index, automation: PreparedAutomation, occurrence: Occurrence, pair: Pair) -> bool:
    """Tell whether the register spoke of *pair* by then; what comes in later has an occurrence of its own."""
    session = occurrence.moment.session
    if session is None or not automation.awaits_registers:
        return True
    return index.is_recorded(session, pair.person, occurrence.as_of)


def _part(index: Index, part: str, occurrence: Occurrence) -> Iterator[Pair]:
    moment, instant = occurrence.moment, occurrence.as_of
    today = index.today(instant)
    if moment.poll is not None:
        if is_one(index, part, moment.poll.person, today):
            yield Pair(moment.poll.person, moment.poll.person, is_participant=part == "participant")
    elif part == "participant":
        people = participants(index, moment, instant)
        yield from (Pair(p, p, is_participant=True) for p in people if index.is_reachable(p, today))
    elif part == "manager":
        yield from _managers(index, moment, instant)
    elif part == "coach":
        yield from (Pair(coach, coach) for coach in coaches(index, moment, today))
    else:
        yield from _others(index, part, moment)


def _others(index: Index, part: str, moment: Moment) -> Iterator[Pair]:
    register = index.register
    if part == "sponsor":
        yield from (Pair(sponsor.email) for sponsor in index.ruleset.sponsors)
    elif part == "pod":
        yield from (Pair(pod, pod=pod) for pod in sorted(register.pods) if _concerns(moment, pod))
    elif part == "session":
        yield from (Pair(moment.session.id),) if moment.session else ()
    else:
        yield Pair(register.programme)


def _concerns(moment: Moment, pod: str) -> bool:
    return moment.session.pod == pod if moment.session else moment.subject == pod or "/" not in moment.subject


def participants(index: Index, moment: Moment, instant: datetime) -> list[str]:
    """Return whom of the participants *moment* is about, who had come by *instant*; those since withdrawn included."""
    event, session = moment.event, moment.session
    if session is not None and session.starts is not None:
        everyone = index.expected(session)
    elif moment.subject in index.register.pods:
        everyone = index.members(moment.subject, index.today(instant))
    else:
        everyone = index.reachable(index.today(instant))
    if event is not None and event.person in index.enrolments:
        everyone = [event.person] if event.person in everyone else []
    return [person for person in everyone if index.has_come(person, instant)]


def _managers(index: Index, moment: Moment, instant: datetime) -> Iterator[Pair]:
    session = moment.session
    day = index.day_of(session) if session is not None and session.starts else index.today(instant)
    for person in participants(index, moment, instant):
        manager = index.manager_of(person, day)
        if manager is not None:
            yield Pair(manager, person, is_participant=True)


def coaches(index: Index, moment: Moment, today: date) -> list[str]:
    """Return the coaches *moment* is about: the session's on its date, else every pod's."""
    session = moment.session
    if session is not None and session.starts is not None:
        found = {index.coach_of(session.pod, index.day_of(session))}
    else:
        found = {index.coach_of(pod, today) for pod in index.register.pods if _concerns(moment, pod)}
    return sorted(coach for coach in found if coach is not None)


def is_one(index: Index, part: str, person: str, today: date) -> bool:
    """Tell whether *person* is a participant, manager or coach of the programme today."""
    if part == "participant":
        return person in index.enrolments and index.is_reachable(person, today)
    if part == "coach":
        return any(index.coach_of(pod, today) == person for pod in index.register.pods)
    if part == "manager":
        return any(index.manager_of(report, today) == person for report in index.reachable(today))
    return part == "sponsor" and any(sponsor.email == person for sponsor in index.ruleset.sponsors)
