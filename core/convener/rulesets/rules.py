"""Turns the laid tables of rules into typed rules."""

from collections.abc import Mapping

from convener.documents import ID_HINT, closest, frozen, is_id, keys_of, nearest, quoted, validate
from convener.errors import Problem
from convener.rulesets.kinds import KINDS, AttendanceStatus, Notice, Terms
from convener.rulesets.layers import Laid
from convener.rulesets.ruleset import Rule
from convener.rulesets.tables import RuleHead

_HEAD = tuple(keys_of(RuleHead))


def read_rules(tables: Mapping[str, Laid]) -> tuple[dict[str, Rule], list[Problem]]:
    """Return the enabled rules by id, and every problem of any of them."""
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    for name, laid in tables.items():
        rule, found = _read_rule(name, laid)
        problems += found
        if rule and laid.data.get("enabled", True):
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


def _read_rule(name: str, laid: Laid) -> tuple[Rule | None, list[Problem]]:
    data = laid.data
    head, problems = validate(RuleHead, {key: value for key, value in data.items() if key in _HEAD}, laid)
    terms, more = _read_terms(laid)
    found = [*bad_id(name, laid), *_without_echoes(problems, laid), *more]
    if head is None or terms is None or found:
        return None, found
    rule = Rule(
        id=name,
        kind=head.kind,
        inflexible=head.flexibility == "inflexible",
        terms=terms,
        weight=head.weight,
        why=laid.said,
        place=laid.place(),
        places=laid.places,
    )
    return rule, []


def _read_terms(laid: Laid) -> tuple[Terms | None, tuple[Problem, ...]]:
    kind = laid.data.get("kind")
    if not isinstance(kind, str):
        return None, _mistyped_kind(laid)
    if kind not in KINDS:
        message, hint = f"unknown kind of rule {quoted(kind)}", nearest(kind, sorted(KINDS))
        return None, (Problem(code="unknown-kind", message=message, place=laid.value_place("kind"), hint=hint),)
    data = {key: frozen(value) for key, value in laid.data.items() if key not in _HEAD}
    return validate(KINDS[kind], data, laid, also=_HEAD)


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
    meant = {closest(key, _HEAD) for key in laid.spots if key not in _HEAD}
    missing = {f"the key {key!r} is missing" for key in meant if key not in laid.spots}
    return [problem for problem in problems if problem.message not in missing]
