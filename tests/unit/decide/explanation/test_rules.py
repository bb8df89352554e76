"""Explaining a rule."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.explanation import explain_rule
from convener.decide.explanation.rules import written
from convener.errors import Place, UsageError
from convener.rulesets.ruleset import Waiver

NOW = datetime(2027, 1, 25, 9, tzinfo=UTC)


def size(world: Any, **more: Any) -> Any:
    """Return a rule that the pod of three breaks."""
    made = world.rule("pod-size", inflexible=more.pop("inflexible", True), min=4, target=5, max=6)
    return replace(made, **more)


def test_a_rule_says_what_it_measured(world: Any) -> None:
    """R27: the ruling, with the value behind it."""
    told = explain_rule(world.prepared(rules=(size(world),)), world.register(), "pod-size", NOW)

    assert ("inflexible", [("lead/north", "blocked(pod-size)", "lead/north has 3 members, fewer than 4")]) == (
        told.flexibility,
        [(each.subject, each.said, each.text) for each in told.subjects],
    )


def test_each_key_has_its_place(world: Any) -> None:
    """R27: the effective value and the line it came from; a usual value has none."""
    places = {"min": Place("acme.toml", 9, 1), "reason": Place("acme.toml", 10, 1)}
    rule = size(world, inflexible=False, places=places, why="Small ones.")
    told = explain_rule(world.prepared(rules=(rule,)), world.register(), "pod-size", NOW)
    keys = {key.name: (key.value, key.place) for key in told.keys}

    assert (4, places["min"]) == keys["min"]
    assert ("Small ones.", places["reason"]) == keys["why"]
    assert (1, None) == keys["weight"]


def test_a_waiver_is_shown_with_both_places(world: Any) -> None:
    """P17: what lifts it, and where that is written."""
    waiver = Waiver(
        id="W-1", rule="pod-size", subject={"pod": world.pod}, reason="r", approved_by="ops",
        since=date(2027, 1, 1), until=date(2027, 6, 30), place=Place("acme.toml", 80, 1),
    )  # fmt: skip
    prepared = world.prepared(rules=(size(world, inflexible=False),), waivers={"W-1": waiver})
    (subject,) = explain_rule(prepared, world.register(), "pod-size", NOW).subjects

    assert ("waived(W-1)", "W-1", waiver.place) == (subject.said, subject.waiver, subject.waiver_place)


def test_a_rule_under_audit_says_so(world: Any) -> None:
    """R27: it blocks nothing yet."""
    rule = size(world, inflexible=False, audited=True)
    told = explain_rule(world.prepared(rules=(rule,)), world.register(), "pod-size", NOW)

    assert ("audit", ["fire(audit)"]) == (told.flexibility, [each.said for each in told.subjects])
    assert {"stage": "audit", "flexibility": "inflexible"}.items() <= {key.name: key.value for key in told.keys}.items()


def test_a_subject_is_named_by_address_or_id_and_measured_when_kept(world: Any) -> None:
    """P16: also when nothing is wrong."""
    floor = world.rule("attendance-floor", min="70%")
    prepared = world.prepared(rules=(floor,))
    by_id, by_address = (
        explain_rule(prepared, world.register(), "attendance-floor", NOW, subject=who)
        for who in ("ann", "ann@acme.example")
    )

    assert by_id == by_address
    assert ["not_matched"] == [each.said for each in by_id.subjects]


def test_what_is_not_there_has_a_nearest_one(world: Any) -> None:
    """P18: of rules, and of subjects."""
    prepared = world.prepared(rules=(size(world),))

    with pytest.raises(UsageError, match="there is no rule 'pod-sze'"):
        explain_rule(prepared, world.register(), "pod-sze", NOW)
    with pytest.raises(UsageError, match=r"rule 'pod-size' \(pod-size\) says nothing of 'lead/nrth'"):
        explain_rule(prepared, world.register(), "pod-size", NOW, subject="lead/nrth")


def test_a_pod_may_have_it_otherwise(world: Any) -> None:
    """R27: the pod's own layer is named, and a rule that only a pod has is found."""
    own = {"North": {"pod-size": size(world)}}
    told = explain_rule(world.prepared(pod_rules=own), world.register(), "pod-size", NOW)

    assert (("North",), True) == (told.pods, told.measurable)


def test_a_kind_that_nobody_keeps_or_breaks(world: Any) -> None:
    """Quiet hours have no subjects."""
    rule = world.rule("quiet-hours", **{"from": "20:00", "to": "07:30"})
    told = explain_rule(world.prepared(rules=(rule,)), world.register(), "quiet-hours", NOW)

    assert (False, ()) == (told.measurable, told.subjects)


def test_a_person_stands_for_their_pod(world: Any) -> None:
    """P16: who asks after a member means the pod, where the rule is about pods."""
    told = explain_rule(world.prepared(rules=(size(world),)), world.register(), "pod-size", NOW, subject="ann")

    assert ["lead/north"] == [each.subject for each in told.subjects]


def test_values_read_as_they_are_written(world: Any) -> None:
    """R27: a span, a share and a time of day look as in the file."""
    gap = world.rule("session-gap", min="10 days", max="45 days")
    quorum = world.rule("quorum", members="75%", coach=True)
    quiet = world.rule("quiet-hours", **{"from": "20:00", "to": "07:30"})

    assert {"min": "10 days", "max": "45 days"} == written(gap.terms)
    assert {"members": "75%", "coach": True} == written(quorum.terms)
    assert {"from": "20:00", "to": "07:30", "weekends": False} == written(quiet.terms)
