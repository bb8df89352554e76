"""Registers to ask facts and kinds of rules about in tests."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from convener.model import Enrolment, Membership, ParticipantStatus, Person, Pod, Register

FIRST_DAY = date(2027, 1, 4)
"""Since when everybody of these registers is there."""
NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})


def a_register(
    pods: Mapping[str, Sequence[str]] = NOBODY, *, zones: Mapping[str, str] = MappingProxyType({})
) -> Register:
    """Return the register of programme `primary-care` of client `northern` with *pods* of people, by id.

    *zones* are the time zones of those who do not live by the programme's.
    """
    people = [person for members in pods.values() for person in members]
    return Register(
        client="northern",
        programme="primary-care",
        people={
            each: Person(id=each, name=each.title(), email=f"{each}@northern.example", zone=zones.get(each, ""))
            for each in people
        },
        enrolments=tuple(Enrolment(person=each, status=ParticipantStatus.ACTIVE, since=FIRST_DAY) for each in people),
        memberships=tuple(
            Membership(person=each, pod=pod, since=FIRST_DAY) for pod, members in pods.items() for each in members
        ),
        pods={pod: Pod(id=pod, name=pod) for pod in pods},
    )
