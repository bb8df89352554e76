"""Why somebody is not meant."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.explanation import Explanation
from convener.model import Enrolment, Membership, ParticipantStatus, Pod, Register

AT = "2027-03-02T09:00"
Ask = Callable[..., Explanation]


def enrolled(register: Register, *rows: Enrolment) -> Register:
    """Return *register* with these enrolments of ann."""
    return replace(register, enrolments=(*(row for row in register.enrolments if row.person != "ann"), *rows))


def test_who_is_not_there(world: Any, ask: Ask) -> None:
    """R2: gone, away, or not come yet, with the day and where that was said."""
    remind = world.automation("session.starts")
    register: Register = world.register()
    day, active = date(2027, 2, 1), ParticipantStatus.ACTIVE
    left = Enrolment(person="ann", status=ParticipantStatus.WITHDRAWN, since=day, origin="change withdraw")
    away = Enrolment(person="ann", status=ParticipantStatus.SECONDED, since=day, origin="change second")
    none = Enrolment(person="ann", status=active, since=date(2026, 11, 1), until=day)
    unseated = replace(register, memberships=tuple(row for row in register.memberships if row.person != "ann"))

    assert [
        "Ann Hall has withdrawn, from 2027-02-01 (change withdraw)",
        "Ann Hall is away on secondment, since 2027-02-01 (change second)",
        "Ann Hall is not enrolled on 2027-03-02",
    ] == [
        ask(remind, "ann", AT, each).nearest_miss
        for each in (enrolled(register, left), enrolled(unseated, away), enrolled(register, none))
    ]


def test_who_sits_elsewhere(world: Any, ask: Ask) -> None:
    """P10: the pod on the day counts, and the answer says which it was."""
    register: Register = world.register()
    day = date(2027, 2, 1)
    seats = (
        *(replace(row, until=day) if row.person == "ann" else row for row in register.memberships),
        Membership(person="ann", pod="lead/south", since=day),
    )
    pods = {**register.pods, "lead/south": Pod(id="lead/south", name="South")}
    told = ask(world.automation("session.starts"), "ann", AT, replace(register, memberships=seats, pods=pods))

    assert "not_matched" == told.said
    assert "Ann Hall is not a member of lead/north on 2027-03-02, and sits in lead/south" == told.nearest_miss


def test_who_is_not_in_the_audience(world: Any, ask: Ask) -> None:
    """P16: a coach of another pod, a manager of nobody there, somebody of another kind."""
    south = replace(world.register(), coachings=())
    assert (
        "Ann Hall is not in its audience, which is each coach"
        == ask(world.automation("session.starts", for_each="coach"), "ann", AT).nearest_miss
    )
    assert (
        "Mia@Acme.Example Hall is not in its audience, which is each participant"
        == ask(world.automation("session.starts"), "mia@acme.example", AT, south).nearest_miss
    )


def test_an_event_was_about_another(world: Any, ask: Ask) -> None:
    """What happened to one is not news for the others."""
    joined = world.event("participant.joined", "lead", datetime(2027, 1, 4, 9, tzinfo=UTC), "ben")
    told = ask(world.automation("participant.joined"), "ann", AT, world.register(joined))

    assert "Ann Hall is not whom participant.joined on Mon 4 Jan 2027 09:00 GMT was about" == told.nearest_miss


def test_want_of_a_manager_is_undecided(world: Any, ask: Ask) -> None:
    """P16: not known is not no, and the answer has the command that settles it."""
    toolkit = world.automation("session.starts", for_each="manager", id="toolkit")
    told = ask(toolkit, "ann", AT, world.register(managements=()))

    assert ("undecided(manager)", "no line manager of Ann Hall is known on 2027-03-02") == (
        told.said,
        told.nearest_miss,
    )
    assert ("settle it with: convener change manager acme/lead ann@acme.example --name NAME --email ADDRESS",) == (
        told.notes[:1]
    )


@pytest.mark.parametrize("who", ["cox@coaches.example", "dan@coaches.example"])
def test_a_coach_is_the_one_of_the_day(world: Any, ask: Ask, who: str) -> None:
    """R9: another coach hears who it is."""
    register: Register = world.register()
    later = replace(register.coachings[0], coach="dan@coaches.example", since=date(2027, 2, 1))
    swapped = replace(register, coachings=(replace(register.coachings[0], until=date(2027, 2, 1)), later))
    told = ask(world.automation("session.starts", for_each="coach"), who, AT, swapped)

    assert {"cox@coaches.example": "not_matched", "dan@coaches.example": "fire"}[who] == told.said
