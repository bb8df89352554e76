"""For whom an occurrence is: pairs of a recipient and the person whose facts decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from convener.decide.facts import Moment, Scene, gather
from convener.decide.index import Index
from convener.decide.occurrences import Occurrence
from convener.decide.prepared import PreparedAutomation
from convener.decide.setting import Setting
from convener.rulesets.ruleset import AudienceWord

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
class _Pair:
    recipient: str
    person: str = ""
    """Whose facts decide; empty when the occurrence is about no person."""
    is_participant: bool = False
    pod: str | None = None


def addressees(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence) -> list[Addressee]:
    """Return whom *occurrence* goes to: all for whom every clause of *automation* is true, none unknown."""
    found: dict[str, list[str]] = {}
    for pair in _pairs(setting, automation.automation.for_each, occurrence):
        if pair.recipient not in found or pair.is_participant:
            if not _lives_by(setting.index, automation, pair.recipient, occurrence.zone):
                continue
            scene = Scene(
                index=setting.index, moment=occurrence.moment, person=pair.person, pod=pair.pod, at=occurrence.due
            )
            if holds_for(automation, scene):
                found.setdefault(pair.recipient, []).extend((pair.person,) if pair.is_participant else ())
    return [Addressee(recipient, tuple(people)) for recipient, people in sorted(found.items())]


def holds_for(automation: PreparedAutomation, scene: Scene) -> bool:
    """Tell whether every clause is true in *scene*; unknown is not true."""
    if not automation.clauses:
        return True
    facts = gather(automation.names, scene)
    return all(clause.test(facts) is True for clause in automation.clauses)


def _lives_by(index: Index, automation: PreparedAutomation, recipient: str, zone: str) -> bool:
    return automation.automation.in_programme_zone or index.zone_of(recipient) == zone


def _pairs(setting: Setting, word: AudienceWord, occurrence: Occurrence) -> Iterator[_Pair]:
    for part in PARTS.get(word, (word,)):
        yield from _part(setting, part, occurrence)


def _part(setting: Setting, part: str, occurrence: Occurrence) -> Iterator[_Pair]:
    index, moment = setting.index, occurrence.moment
    today = index.today(setting.window.present(occurrence.due))
    if moment.poll is not None:
        if is_one(index, part, moment.poll.person, today):
            yield _Pair(moment.poll.person, moment.poll.person, is_participant=part == "participant")
    elif part == "participant":
        yield from (
            _Pair(p, p, is_participant=True) for p in participants(index, moment, today) if index.is_reachable(p, today)
        )
    elif part == "manager":
        yield from _managers(index, moment, today)
    elif part == "coach":
        yield from (_Pair(coach, coach) for coach in coaches(index, moment, today))
    else:
        yield from _others(index, part, moment)


def _others(index: Index, part: str, moment: Moment) -> Iterator[_Pair]:
    register = index.register
    if part == "sponsor":
        yield from (_Pair(sponsor.email) for sponsor in index.ruleset.sponsors)
    elif part == "pod":
        yield from (_Pair(pod, pod=pod) for pod in sorted(register.pods) if _concerns(moment, pod))
    elif part == "session":
        yield from (_Pair(moment.session.id),) if moment.session else ()
    else:
        yield _Pair(register.programme)


def _concerns(moment: Moment, pod: str) -> bool:
    return moment.session.pod == pod if moment.session else moment.subject == pod or "/" not in moment.subject


def participants(index: Index, moment: Moment, today: date) -> list[str]:
    """Return the participants *moment* is about, withdrawn ones of a past session included."""
    event, session = moment.event, moment.session
    if session is not None and session.starts is not None:
        everyone = index.expected(session)
    elif moment.subject in index.register.pods:
        everyone = index.members(moment.subject, today)
    else:
        everyone = index.reachable(today)
    if event is None or event.person not in index.enrolments:
        return everyone
    return [person for person in everyone if person == event.person]


def _managers(index: Index, moment: Moment, today: date) -> Iterator[_Pair]:
    session = moment.session
    day = index.day_of(session) if session is not None and session.starts else today
    for person in participants(index, moment, today):
        manager = index.manager_of(person, day)
        if manager is not None:
            yield _Pair(manager, person, is_participant=True)


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
