"""Changes judged by the rules."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.changes import apply_change
from convener.errors import RefusedError
from convener.model import (
    CancelSession,
    Change,
    Membership,
    MovePod,
    MoveSession,
    NewManager,
    Pod,
    Register,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.rulesets.ruleset import Waiver

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
DAY = date(2027, 2, 1)


def two_pods(world: Any) -> Register:
    """Return a register in which Cat sits alone in the south."""
    register: Register = world.register()
    kept = tuple(row for row in register.memberships if row.person != "cat")
    south = Membership(person="cat", pod="lead/south", since=date(2026, 11, 1))
    pods = {**register.pods, "lead/south": Pod(id="lead/south", name="South")}
    return replace(register, memberships=(*kept, south), pods=pods)


@pytest.mark.parametrize(
    ("change", "rule", "terms"),
    [
        (MovePod(person="ann", on=DAY, pod="south"), "pod-size", {"min": 1, "target": 1, "max": 1}),
        (MovePod(person="ann", on=DAY, pod="south"), "pod-size", {"min": 2, "target": 2, "max": 3}),
        (MovePod(person="ann", on=DAY, pod="south"), "apart", {"pairs": [["ann@acme.example", "cat@acme.example"]]}),
        (
            NewManager(person="ann", on=DAY, name="Ben Hall", email="ben@acme.example"),
            "apart",
            {"who": "manager-and-report"},
        ),
        (Second(person="ann", on=DAY, pod="south"), "pod-size", {"min": 1, "target": 1, "max": 1}),
        (SwapCoach(pod="north", on=DAY, coach="dan@coaches.example"), "coach-accredited", {"accredited": ["x"]}),
        (
            MoveSession(session="lead/north/2", starts=datetime(2027, 2, 9, 9, tzinfo=UTC)),
            "session-gap",
            {"min": "22 days", "max": "60 days"},
        ),
        (MoveSession(session="lead/north/2", starts=datetime(2027, 3, 26, 9, tzinfo=UTC)), "holidays", {}),
        (
            MoveSession(session="lead/north/2", starts=datetime(2027, 3, 3, 9, tzinfo=UTC)),
            "blackout",
            {"dates": ["2027-03-03"]},
        ),
        (MoveSession(session="lead/north/2", starts=datetime(2027, 3, 6, 9, tzinfo=UTC)), "session-window", {}),
    ],
)
def test_an_inflexible_rule_refuses_and_a_flexible_one_is_noted(
    world: Any, change: Change, rule: str, terms: dict[str, Any]
) -> None:
    """R27: refused with the rule's name; flexible, it goes through and is told."""
    register = two_pods(world)
    strict = world.prepared(rules=(world.rule(rule, **terms),))
    mild = world.prepared(rules=(world.rule(rule, inflexible=False, **terms),))

    with pytest.raises(RefusedError) as caught:
        apply_change(strict, register, change, NOW)

    assert (rule,) == caught.value.rules
    assert [f"(rule {rule})"] == [
        note[-len(f"(rule {rule})") :] for note in apply_change(mild, register, change, NOW).notes
    ]


def test_nobody_is_refused_to_leave(world: Any) -> None:
    """R2: an inflexible size that breaks by it is noted; so it is for a pause."""
    prepared = world.prepared(rules=(world.rule("pod-size", min=3, target=3, max=4),))

    for change in (Withdraw(person="ann", on=DAY), Second(person="ann", on=DAY)):
        notes = apply_change(prepared, world.register(), change, NOW).notes
        assert ("lead/north has 2 members, fewer than 3 (rule pod-size)",) == notes


def test_what_was_broken_before_does_not_refuse_another_change(world: Any) -> None:
    """Only what a change newly breaks counts against it."""
    prepared = world.prepared(rules=(world.rule("pod-size", min=5, target=6, max=7),))
    change = NewManager(person="ann", on=DAY, name="New Hall", email="new@acme.example")

    assert () == apply_change(prepared, world.register(), change, NOW).notes


def test_a_return_that_breaks_a_requirement_is_refused(world: Any) -> None:
    """R27: any condition can be a rule."""
    rule = world.rule("require", each="participant", when=["participant.active"], require="manager.known")
    prepared = world.prepared(rules=(rule,))
    register: Register = world.register()
    gone = apply_change(prepared, register, Withdraw(person="ann", on=DAY), NOW).register
    orphan = replace(gone, managements=tuple(row for row in gone.managements if row.person != "ann"))

    with pytest.raises(RefusedError) as caught:
        apply_change(prepared, orphan, Return(person="ann", on=date(2027, 3, 1)), NOW)

    assert ("require",) == caught.value.rules


def test_moving_a_session_at_short_notice_is_told(world: Any) -> None:
    """The notice rule counts from the moment the change is made known."""
    prepared = world.prepared(rules=(world.rule("notice", inflexible=False, min="24 hours"),))
    change = MoveSession(session="lead/north/2", starts=datetime(2027, 3, 3, 9, tzinfo=UTC))

    late = apply_change(prepared, world.register(), change, datetime(2027, 3, 1, 10, tzinfo=UTC))
    early = apply_change(prepared, world.register(), change, NOW)

    assert ("lead/north/2 moves less than 24 hours before it begins (rule notice)",) == late.notes
    assert () == early.notes


def test_the_register_given_is_left_alone(world: Any) -> None:
    """A change is a value: it can be looked at and dropped."""
    register: Register = world.register()

    apply_change(world.prepared(), register, Withdraw(person="ann", on=DAY), NOW)

    assert world.register() == register


def test_waived_and_audited_rules_are_noted_as_such(world: Any) -> None:
    """R27: what a change newly breaks is told with what follows from it."""
    terms = {"min": 3, "target": 3, "max": 3}
    flexible = world.rule("pod-size", inflexible=False, **terms)
    waiver = Waiver(
        id="W-1", rule="pod-size", subject={"pod": world.pod}, reason="r", approved_by="ops",
        since=date(2027, 1, 1), until=date(2027, 6, 30), place=world.place,
    )  # fmt: skip
    change = Withdraw(person="ann", on=DAY)
    waived = apply_change(world.prepared(rules=(flexible,), waivers={"W-1": waiver}), world.register(), change, NOW)
    trial = world.prepared(rules=(replace(flexible, audited=True),))
    audited = apply_change(trial, world.register(), change, NOW)

    assert ("lead/north has 2 members, fewer than 3 (rule pod-size, waived by W-1)",) == waived.notes
    assert (
        "lead/north has 2 members, fewer than 3 (rule pod-size is under audit and would refuse this)",
    ) == audited.notes


def test_nobody_is_made_to_meet(world: Any) -> None:
    """R2: a session may be called off whatever gap that leaves; only the notice rule can refuse it."""
    rules = (
        world.rule("session-gap", min="10 days", max="45 days"),
        world.rule("notice", min="24 hours"),
    )
    third = world.session(3, datetime(2027, 4, 13, 8, tzinfo=UTC))
    register = world.register().with_session(third)
    change = CancelSession(session="lead/north/2", reason="snow")
    early = apply_change(world.prepared(rules=rules), register, change, datetime(2027, 2, 1, 9, tzinfo=UTC))

    assert ("84 days from lead/north/1 to lead/north/3, not 10 days to 45 days (rule session-gap)",) == early.notes
    with pytest.raises(RefusedError) as caught:
        apply_change(world.prepared(rules=rules), register, change, datetime(2027, 3, 1, 12, tzinfo=UTC))
    assert ("notice",) == caught.value.rules


def test_what_is_over_counts_for_nothing(world: Any) -> None:
    """R2: another time zone does not move sessions that have been."""
    rule = world.rule("session-window", zone="member")
    back = Second(person="ann", on=DAY, zone="Asia/Singapore", pod="north")
    late = datetime(2027, 3, 3, 9, tzinfo=UTC)

    assert (
        () == apply_change(world.prepared(rules=(rule,)), world.register(), replace(back, on=late.date()), late).notes
    )
    with pytest.raises(RefusedError):
        apply_change(world.prepared(rules=(rule,)), world.register(), back, NOW)
