"""What every rule comes to, in one place."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel

from convener.decide import prepare
from convener.decide.index import Index
from convener.decide.setting import Setting, Window
from convener.decide.watch.breaches import MEASURES, breaches, is_measurable
from convener.decide.watch.flags import standing_flags
from convener.model import Register
from convener.ports import Extensions, RuleKind
from convener.rulesets.kinds import KINDS
from convener.rulesets.ruleset import Rule

NOW = datetime(2027, 1, 25, 9, tzinfo=UTC)
UNMEASURED = {"notice", "attendance-status", "visibility", "minimum-group", "retention", "quiet-hours", "volume-guard"}
"""Kinds that no subject keeps or breaks by itself."""


class RoomTerms(BaseModel):
    """How many a room holds."""

    most: int


def crowded(terms: Any, register: Register, day: date) -> Iterable[tuple[str, str]]:
    """Yield each pod that has more members than the room holds."""
    for pod in register.pods:
        if len(register.members(pod, day)) > terms.most:
            yield pod, f"{pod} does not fit into its room"


def test_every_kind_is_measured_or_has_no_subjects() -> None:
    """N6: no kind is forgotten by flags, changes or explanations."""
    assert UNMEASURED == {kind for kind in KINDS if kind not in MEASURES}


def test_a_rule_is_asked_alone_and_unknown_is_open(world: Any) -> None:
    """R27: what is not known comes along, marked."""
    required = world.rule("require", each="participant", require="attendance.present")
    prepared = world.prepared(rules=(required, world.rule("pod-size", min=4, target=5, max=6)))

    assert [None] * 3 == [found.breached for found in breaches(prepared, world.register(), required, NOW)]
    assert ["lead/north"] == [
        found.subject for found in breaches(prepared, world.register(), prepared.ruleset.rules["pod-size"], NOW)
    ]


def test_the_kinds_of_plugins_are_measured_like_ours(world: Any) -> None:
    """N6: a stranger's rule is flagged, refuses and is explained too."""
    kind = RuleKind(name="room", terms=RoomTerms, breaches=crowded, meaning="pods fit into their rooms")
    rule = Rule(id="small-room", kind="room", inflexible=True, terms=RoomTerms(most=2), place=world.place)
    prepared = prepare(world.ruleset(rules=(rule,)), Extensions(kinds={"room": kind}))
    setting = Setting(prepared, Index.of(prepared, world.register()), Window(NOW, NOW))

    assert is_measurable(prepared, rule)
    assert ["lead/north"] == [found.subject for found in breaches(prepared, world.register(), rule, NOW)]
    assert [("high", "lead/north does not fit into its room")] == [
        (flag.severity, flag.text) for flag in standing_flags(setting)
    ]
