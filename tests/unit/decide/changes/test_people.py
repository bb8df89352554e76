"""Changes about one participant."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.changes.people import come_back, move_pod, new_manager, promote, second, withdraw
from convener.errors import UsageError
from convener.model import MovePod, NewManager, ParticipantStatus, Pod, Promote, Register, Return, Second, Withdraw

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
DAY, EVE = date(2027, 2, 1), date(2027, 1, 31)


def two_pods(world: Any) -> Register:
    """Return a register with a second, empty pod."""
    register: Register = world.register()
    return replace(register, pods={**register.pods, "lead/south": Pod(id="lead/south", name="South")})


def test_withdrawing_ends_enrolment_and_seat_and_keeps_the_past(world: Any) -> None:
    """R2: attendance survives, the status says withdrawn."""
    register = world.register(attendance=world.attended("lead/north/1", ann="attended"))

    changed = withdraw(register, Withdraw(person="ann@acme.example", on=DAY), NOW)

    after = changed.register
    assert [ParticipantStatus.ACTIVE, ParticipantStatus.WITHDRAWN] == [
        after.status_of("ann", day) for day in (EVE, DAY)
    ]
    assert [world.pod, None] == [after.pod_of("ann", day) for day in (EVE, DAY)]
    assert register.attendance == after.attendance
    assert [("participant.withdrawn", "ann", {"on": "2027-02-01"})] == [
        (e.name, e.person, e.data) for e in changed.events
    ]


def test_nobody_withdraws_twice(world: Any) -> None:
    """The second time is a mistake of the one who types."""
    once = withdraw(world.register(), Withdraw(person="ann", on=DAY), NOW).register

    with pytest.raises(UsageError, match="not enrolled"):
        withdraw(once, Withdraw(person="ann", on=DAY), NOW)


def test_a_secondment_with_an_end_comes_back_by_itself(world: Any) -> None:
    """R2: away from the first day to the last, then in the same pod as before."""
    until = date(2027, 6, 1)

    after = second(world.register(), Second(person="ann", on=DAY, until=until), NOW).register

    days = (EVE, DAY, until)
    active, seconded = ParticipantStatus.ACTIVE, ParticipantStatus.SECONDED
    assert [active, seconded, active] == [after.status_of("ann", day) for day in days]
    assert [world.pod, None, world.pod] == [after.pod_of("ann", day) for day in days]


def test_a_secondment_to_another_zone_and_pod_is_undone_by_the_return(world: Any) -> None:
    """R2: zone and pod are those of before, without anyone remembering them."""
    away = second(two_pods(world), Second(person="ann", on=DAY, zone="Asia/Singapore", pod="south"), NOW)
    register = replace(away.register, events=(*away.register.events, *away.events))

    back = come_back(register, Return(person="ann", on=date(2027, 5, 1)), NOW).register

    assert ("Asia/Singapore", "lead/south") == (register.people["ann"].zone, register.pod_of("ann", DAY))
    assert ("", world.pod) == (back.people["ann"].zone, back.pod_of("ann", date(2027, 5, 1)))
    assert ParticipantStatus.ACTIVE is back.status_of("ann", date(2027, 5, 1))


def test_who_withdrew_may_return(world: Any) -> None:
    """R2: to the pod they left."""
    gone = withdraw(world.register(), Withdraw(person="ann", on=DAY), NOW).register

    back = come_back(gone, Return(person="ann@acme.example", on=date(2027, 3, 1)), NOW).register

    assert world.pod == back.pod_of("ann", date(2027, 3, 1))


def test_nobody_returns_who_was_not_away(world: Any) -> None:
    """A return without a leave is a mistake."""
    with pytest.raises(UsageError, match="not away"):
        come_back(world.register(), Return(person="ann", on=DAY), NOW)


def test_moving_to_another_pod_keeps_the_past(world: Any) -> None:
    """P10: membership is dated."""
    changed = move_pod(two_pods(world), MovePod(person="ann", on=DAY, pod="lead/south"), NOW)

    assert [world.pod, "lead/south"] == [changed.register.pod_of("ann", day) for day in (EVE, DAY)]
    assert [("participant.moved", "lead/south")] == [(event.name, event.subject) for event in changed.events]


def test_a_new_manager_is_in_post_from_the_day(world: Any) -> None:
    """R2: and becomes somebody we can write to."""
    change = NewManager(person="ann", on=DAY, name="New Hall", email="New@acme.example")

    after = new_manager(world.register(), change, NOW).register

    assert ["mia@acme.example", "new@acme.example"] == [after.manager_of("ann", day) for day in (EVE, DAY)]
    assert "New Hall" == after.people["new@acme.example"].name


@pytest.mark.parametrize(
    ("name", "email"), [("Ann", "ann@acme.example"), ("", "x@acme.example"), ("X", "x"), ("M", "mia@acme.example")]
)
def test_managers_who_cannot_be_are_refused(world: Any, name: str, email: str) -> None:
    """Nobody manages themself; name and address are needed; the same one again is no change."""
    with pytest.raises(UsageError):
        new_manager(world.register(), NewManager(person="ann", on=DAY, name=name, email=email), NOW)


def test_secondments_that_cannot_be_are_refused(world: Any) -> None:
    """It ends after it begins, and does not begin twice."""
    register: Register = world.register()
    away = second(register, Second(person="ann", on=DAY), NOW).register

    for where, change in ((register, Second(person="ann", on=DAY, until=DAY)), (away, Second(person="ann", on=DAY))):
        with pytest.raises(UsageError):
            second(where, change, NOW)


def graded(world: Any) -> Register:
    """Return a register whose roster has a grade for everybody."""
    register: Register = world.register()
    people = {name: replace(person, attributes={"grade": "8a"}) for name, person in register.people.items()}
    return replace(register, people=people)


def test_a_promotion_changes_columns_and_perhaps_the_manager(world: Any) -> None:
    """R2: one typed change with a date; the event says which columns and not what is in them."""
    change = Promote(
        person="ann", on=DAY, attributes={"grade": "8b"}, manager_name="Lea Fox", manager_email="lea@acme.example"
    )
    changed = promote(graded(world), change, NOW)

    assert "8b" == changed.register.people["ann"].attributes["grade"]
    assert ["mia@acme.example", "lea@acme.example"] == [changed.register.manager_of("ann", day) for day in (EVE, DAY)]
    assert [
        ("participant.promoted", {"on": "2027-02-01", "columns": "grade"}),
        ("manager.changed", {"on": "2027-02-01"}),
    ] == [(event.name, event.data) for event in changed.events]
    assert ("put it in the roster too, or the next sync brings the old values back",) == changed.notes


def test_a_promotion_to_come_says_that_columns_change_at_once(world: Any) -> None:
    """R1: what is not dated is not silently dated."""
    change = Promote(person="ann", on=date(2027, 3, 1), attributes={"grade": "8b"})

    assert "grade changes at once, not only from the day" in promote(graded(world), change, NOW).notes


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({}, "a promotion changes something"),
        ({"attributes": {"grad": "8b"}}, "the roster has no column 'grad'"),
        ({"manager_name": "Lea Fox"}, "needs a name and an address"),
    ],
)
def test_promotions_that_make_no_sense_are_refused(world: Any, more: dict[str, Any], match: str) -> None:
    """P18: nothing, a column that is not there, a manager without an address."""
    with pytest.raises(UsageError, match=match):
        promote(graded(world), Promote(person="ann", on=DAY, **more), NOW)
