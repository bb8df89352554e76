"""Every fact a clause may speak of: its name, type, unit and meaning."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from convener.model import ParticipantStatus, ProgrammeState, SessionStatus
from convener.model.facts import Fact, FactType


def _fact(name: str, kind: FactType, meaning: str, *, nullable: bool = False, unit: str = "") -> Fact:
    return Fact(name=name, type=kind, nullable=nullable, unit=unit, meaning=meaning)


def _word(name: str, values: type[StrEnum], meaning: str, *, nullable: bool = False) -> Fact:
    return Fact(
        name=name, type="string", nullable=nullable, values=tuple(each.value for each in values), meaning=meaning
    )


_FACTS = (
    _fact("programme.id", "string", "short id of the programme"),
    _word("programme.state", ProgrammeState, "where the programme stands"),
    _fact("programme.started", "bool", "the first day of the programme has come"),
    _fact("participant.active", "bool", "enrolled and neither seconded nor withdrawn"),
    _word("participant.status", ParticipantStatus, "whether they take part on the day", nullable=True),
    _fact("participant.pod", "string", "id of the pod they sit in", nullable=True),
    _fact("participant.zone", "string", "IANA time zone of their wall clock"),
    _fact("manager.known", "bool", "a line manager is in post and can be written to"),
    _fact("coach.known", "bool", "the pod has a coach"),
    _fact("pod.id", "string", "id of the pod", nullable=True),
    _fact("pod.name", "string", "name of the pod", nullable=True),
    _fact("pod.size", "int", "members on the day", nullable=True, unit="people"),
    _fact("session.number", "int", "place in the series, from 1", nullable=True),
    _fact("session.count", "int", "sessions the programme plans for each pod"),
    _fact("session.topic", "string", "topic, empty while the pod has not chosen", nullable=True),
    _word("session.status", SessionStatus, "where the session stands", nullable=True),
    _fact("session.starts", "timestamp", "when it begins", nullable=True),
    _fact("session.ends", "timestamp", "when it is over", nullable=True),
    _fact("session.starts_in_hours", "int", "whole hours until it begins, negative after", nullable=True, unit="hours"),
    _fact("attendance.recorded", "bool", "the register says something of this person at this session"),
    _fact("attendance.status", "string", "a word of the client's status table", nullable=True),
    _fact("attendance.present", "bool", "the status means they were there", nullable=True),
    _fact("attendance.excused", "bool", "apologies are on record, also before the session"),
    _fact("attendance.attended", "int", "sessions they were present at so far", unit="sessions"),
    _fact("attendance.counted", "int", "recorded sessions that count so far", unit="sessions"),
    _fact("attendance.missed", "int", "sessions that count and that they were not at", unit="sessions"),
    _fact("attendance.missed_in_row", "int", "the same, without one in between they were at", unit="sessions"),
    _fact("attendance.rate", "float", "attended divided by counted", nullable=True, unit="share, 0.0 to 1.0"),
    _fact("poll.id", "string", "which poll", nullable=True),
    _fact("poll.open", "bool", "opened and not closed yet", nullable=True),
    _fact("poll.answered", "bool", "this person has answered", nullable=True),
    _fact("poll.days_open", "int", "whole days since it was opened", nullable=True, unit="days"),
)

CATALOGUE: Mapping[str, Fact] = {fact.name: fact for fact in _FACTS}
"""The shipped facts by name; plugins add theirs to a copy."""


def narrowed(catalogue: Mapping[str, Fact], words: Mapping[str, Iterable[str]]) -> Mapping[str, Fact]:
    """Return *catalogue* with *words* as all the values that the facts of those names can have.

    So a client's own statuses and polls are checked like our words: a clause that misspells one is refused.
    """
    closed = {name: replace(catalogue[name], values=tuple(values)) for name, values in words.items()}
    return {**catalogue, **closed}
