"""Turns the laid tables of rules into typed rules."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from convener.documents import ID_HINT, closest, frozen, is_id, keys_of, nearest, quoted, validate
from convener.errors import Place, Problem
from convener.rulesets.kinds import AttendanceStatus, Kinds, Notice
from convener.rulesets.layers import Laid, Written
from convener.rulesets.ruleset import Rule
from convener.rulesets.tables import RuleHead

_HEAD = tuple(keys_of(RuleHead))


def read_rules(tables: Mapping[str, Laid], kinds: Kinds) -> tuple[dict[str, Rule], list[Problem]]:
    """Return the enabled rules by id, and every problem of any of them."""
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    known = tuple(kinds.items())
    for name, laid in tables.items():
        rule, found = _read_rule(laid.written, known)
        problems += found
        if rule is not None:
            rules[name] = rule
    return rules, problems


def strange_statuses(rules: Mapping[str, Rule]) -> list[Problem]:
    """Return the problem of each rule that speaks of an attendance status the client does not have."""
    known = {
        status for rule in rules.values() if isinstance(rule.terms, AttendanceStatus) for status in rule.terms.root
    }
    return [
        Problem(
            code="unknown-status",
            message=f"there is no attendance status {quoted(rule.terms.late_is)}",
            place=rule.places.get("late_is", rule.place),
            hint=nearest(rule.terms.late_is, sorted(known)),
        )
        for rule in rules.values()
        if isinstance(rule.terms, Notice) and known and rule.terms.late_is not in known
    ]


def bad_id(name: str, laid: Laid) -> list[Problem]:
    """Return the problem of a table whose key cannot be an id."""
    message = f"{quoted(name)} cannot be an id"
    return [] if is_id(name) else [Problem(code="bad-id", message=message, place=laid.place(), hint=ID_HINT)]


@lru_cache(maxsize=2048)
def _read_rule(
    written: Written, known: tuple[tuple[str, type[BaseModel]], ...]
) -> tuple[Rule | None, tuple[Problem, ...]]:
    """Return the rule of one table, None when it is wrong or switched off; those of a pack are read once for all."""
    laid, kinds = Laid.of(written), dict(known)
    name, data = laid.id, laid.data
    head, problems = validate(RuleHead, {key: value for key, value in data.items() if key in _HEAD}, laid)
    terms, more = _read_terms(laid, kinds)
    found = [*bad_id(name, laid), *_without_echoes(problems, laid), *_bad_stage(head, laid), *more]
    if head is None or terms is None or found or not head.enabled:
        return None, tuple(found)
    rule = Rule(
        id=name,
        kind=head.kind,
        inflexible=head.flexibility == "inflexible" and not head.stage,
        terms=terms,
        weight=head.weight,
        why=laid.said,
        audited=bool(head.stage),
        place=laid.place(),
        places=laid.places,
        values=_opening(laid),
    )
    return rule, ()


def _opening(laid: Laid) -> dict[str, Place]:
    """Return where each text, and each item of a list, of the table opens."""
    opening: dict[str, Place] = {}
    for key, value in laid.data.items():
        if isinstance(value, str):
            opening[key] = laid.value_place(key)
        elif isinstance(value, list):
            opening |= {f"{key}.{index}": laid.value_place(key, index) for index in range(len(value))}
    return opening


def _bad_stage(head: RuleHead | None, laid: Laid) -> list[Problem]:
    """Return the problem of a trial of a rule that refuses nothing anyway."""
    if head is None or not head.stage or head.flexibility == "inflexible":
        return []
    message = f"stage = 'audit' tries out an inflexible rule, and rule {laid.id!r} is flexible"
    hint = "remove the key, or write flexibility = 'inflexible'"
    return [Problem(code="audit-flexible", message=message, place=laid.value_place("stage"), hint=hint)]


def _read_terms(laid: Laid, kinds: Kinds) -> tuple[BaseModel | None, tuple[Problem, ...]]:
    kind = laid.data.get("kind")
    if not isinstance(kind, str):
        return None, _mistyped_kind(laid)
    if kind not in kinds:
        message, hint = f"unknown kind of rule {quoted(kind)}", nearest(kind, sorted(kinds))
        return None, (Problem(code="unknown-kind", message=message, place=laid.value_place("kind"), hint=hint),)
    data = {key: frozen(value) for key, value in laid.data.items() if key not in _HEAD}
    return validate(strict(kinds[kind]), data, laid, also=_HEAD)


@lru_cache(maxsize=256)
def strict(terms: type[BaseModel]) -> type[BaseModel]:
    """Return *terms* as a model that refuses unknown keys; a plugin's says so itself when it takes any key."""
    if terms.model_config.get("extra") in {"forbid", "allow"} or "root" in terms.model_fields:
        return terms
    told: dict[str, Any] = {"__module__": terms.__module__, "__doc__": terms.__doc__}
    return type(terms.__name__, (terms,), {**told, "model_config": ConfigDict(extra="forbid")})


def _mistyped_kind(laid: Laid) -> tuple[Problem, ...]:
    """Return the key that was meant to be `kind`; without a kind no other key can be judged."""
    meant = [key for key in laid.spots if key not in _HEAD and closest(key, _HEAD) == "kind"]
    return tuple(
        Problem(
            code="unknown-key",
            message=f"unknown key {quoted(key)}",
            place=laid.place(key),
            hint=nearest(key, ["kind"]),
        )
        for key in meant
        if "kind" not in laid.spots
    )


def _without_echoes(problems: tuple[Problem, ...], laid: Laid) -> list[Problem]:
    """Leave out a missing key that another key of the table was meant to be; that one is told already."""
    meant = {closest(key, _HEAD) for key in laid.spots if key not in _HEAD} if problems else set[str]()
    missing = {f"the key {key!r} is missing" for key in meant if key not in laid.spots}
    return [problem for problem in problems if problem.message not in missing]
