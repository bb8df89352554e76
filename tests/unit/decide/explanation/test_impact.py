"""What a rule on trial would have done."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.changes import apply_change
from convener.decide.explanation import impact
from convener.errors import UsageError
from convener.model import MovePod, Pod, Register, Withdraw

SINCE, UNTIL = date(2027, 1, 4), date(2027, 1, 25)
NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)


def moved(world: Any) -> Register:
    """Return a register in which ann moved to another pod on 11 January."""
    register: Register = world.register()
    two = replace(register, pods={**register.pods, "lead/south": Pod(id="lead/south", name="South")})
    changed = apply_change(world.prepared(), two, MovePod(person="ann", on=NOW.date(), pod="south"), NOW)
    return replace(changed.register, events=(*two.events, *changed.events))


def size(world: Any, least: int) -> Any:
    """Return a trial of a smallest size."""
    made = world.rule("pod-size", inflexible=False, min=least, target=least, max=9)
    return replace(made, audited=True)


def test_each_stretch_of_days_has_its_subject_and_what_would_have_been_refused(world: Any) -> None:
    """R27: from the day of the move on, and the move."""
    prepared = world.prepared(rules=(size(world, 3),))
    found = impact(prepared, moved(world), "pod-size", SINCE, UNTIL)

    assert [("lead/north", date(2027, 1, 11), UNTIL, ("participant.moved: Ann Hall",))] == [
        (each.subject, each.since, each.until, each.refused) for each in found.stretches if each.subject == "lead/north"
    ]
    assert (2, 1) == (found.subjects, found.refused)


def test_nobody_is_refused_to_leave(world: Any) -> None:
    """R2: a withdrawal makes the pod too small, and would not have been refused."""
    register: Register = world.register()
    changed = apply_change(world.prepared(), register, Withdraw(person="ann", on=NOW.date()), NOW)
    after = replace(changed.register, events=(*register.events, *changed.events))
    found = impact(world.prepared(rules=(size(world, 3),)), after, "pod-size", SINCE, UNTIL)

    assert ([(date(2027, 1, 11), ())], 0) == ([(each.since, each.refused) for each in found.stretches], found.refused)


def test_a_session_counts_from_when_it_was_agreed_until_it_begins(world: Any) -> None:
    """R27: a day that has passed blocks nobody."""
    confirmed = world.event("session.confirmed", "lead/north/1", datetime(2027, 1, 6, 9, tzinfo=UTC))
    rule = replace(world.rule("blackout", inflexible=False, dates=["2027-01-19"]), audited=True)
    (found,) = impact(world.prepared(rules=(rule,)), world.register(confirmed), "blackout", SINCE, UNTIL).stretches

    assert (date(2027, 1, 6), date(2027, 1, 18)) == (found.since, found.until)
    assert ("session.confirmed: lead/north/1",) == found.refused


def test_a_flexible_rule_may_be_asked_about_too(world: Any) -> None:
    """R27: before anybody makes it inflexible; unknown counts as broken."""
    rule = world.rule("require", inflexible=False, each="participant", require="attendance.present")

    assert 3 == impact(world.prepared(rules=(rule,)), world.register(), "require", SINCE, UNTIL).subjects


def test_only_what_could_have_caused_it_would_have_been_refused(world: Any) -> None:
    """R27: another line manager on the same day does not make a pod too small."""
    register = moved(world)
    other = world.event("manager.changed", "lead", NOW, "ben")
    found = impact(
        world.prepared(rules=(size(world, 3),)), replace(register, events=(*register.events, other)),
        "pod-size", SINCE, UNTIL,
    )  # fmt: skip

    assert 1 == found.refused


def test_questions_that_make_no_sense(world: Any) -> None:
    """No subject, no rule, days in the wrong order or too many."""
    quiet = world.rule("quiet-hours", **{"from": "20:00", "to": "07:30"})
    prepared = world.prepared(rules=(quiet, size(world, 3)))

    for rule, since in (
        ("quiet-hours", SINCE),
        ("pod-size", date(2028, 1, 1)),
        ("pod-size", date(2020, 1, 1)),
        ("x", SINCE),
    ):
        with pytest.raises(UsageError):
            impact(prepared, world.register(), rule, since, UNTIL)
