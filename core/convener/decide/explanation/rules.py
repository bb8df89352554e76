"""What a rule says, and what it comes to for a subject, with the waiver that lifts it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from fractions import Fraction

from pydantic import BaseModel, RootModel

from convener.decide.explanation.answers import KeyShown, RuleExplanation, SubjectShown
from convener.decide.findings import Finding, Ground, ground_of
from convener.decide.prepared import Prepared
from convener.decide.rulings import ruling
from convener.decide.watch.breaches import is_measurable, measured
from convener.documents import nearest
from convener.errors import Place, UsageError
from convener.model import Commitment, DateRange, Register, Span
from convener.rulesets.ruleset import Rule, Ruleset

INFLEXIBLE, FLEXIBLE, AUDIT = "inflexible", "flexible", "audit"


def explain_rule(
    prepared: Prepared,
    register: Register,
    rule: str,
    at: datetime,
    *,
    subject: str = "",
    commitments: Sequence[Commitment] = (),
) -> RuleExplanation:
    """Explain *rule* at *at*, an aware instant: every key with its place, and what it comes to.

    *subject* is the id of a person, pod or session, a person standing for their pod where the rule is about pods;
    without one only what is broken, or may be, is listed. Raise UsageError for a rule that is not there, and for a
    subject the rule has nothing to say of.
    """
    ruleset = prepared.ruleset
    found = rule_of(ruleset, rule)
    ground = ground_of(prepared, register, at, commitments=commitments)
    every = list(measured(ground, found)) if is_measurable(prepared, found) else []
    if subject:
        chosen = [each for each in every if _is_about(ground, each, subject)]
        pod = ground.index.pod_of(subject, ground.day)
        chosen = chosen or [each for each in every if pod is not None and each.subject == pod]
        if not chosen:
            raise UsageError(
                f"rule {rule!r} ({found.kind}) says nothing of {subject!r}",
                hint=nearest(subject, sorted({each.subject for each in every})),
            )
    else:
        chosen = [each for each in every if each.is_open]
    return RuleExplanation(
        rule=found.id,
        kind=found.kind,
        flexibility=AUDIT if found.audited else INFLEXIBLE if found.inflexible else FLEXIBLE,
        why=found.why,
        place=found.place,
        keys=tuple(_keys(found)),
        pods=tuple(sorted(_pods(ruleset, rule))),
        subjects=tuple(_subject(ground, each) for each in chosen),
        measurable=is_measurable(prepared, found),
    )


def rule_of(ruleset: Ruleset, rule: str) -> Rule:
    """Return the rule of that id, of the programme or of one pod; raise UsageError with the nearest one."""
    pods = [rules[rule] for rules in ruleset.pod_rules.values() if rule in rules]
    found = ruleset.rules.get(rule) or next(iter(pods), None)
    if found is None:
        raise UsageError(
            f"there is no rule {rule!r} in {ruleset.scope}, or it is switched off",
            hint=nearest(rule, sorted(ruleset.rules)),
        )
    return found


def _keys(rule: Rule) -> list[KeyShown]:
    said = written(rule.terms)
    flexibility = FLEXIBLE if not rule.inflexible and not rule.audited else INFLEXIBLE
    head = {"kind": rule.kind, "flexibility": flexibility, "weight": rule.weight}
    head |= {"stage": AUDIT} if rule.audited else {}
    values = {**head, **(said if isinstance(said, dict) else {}), **({"why": rule.why} if rule.why else {})}
    if rule.inflexible:
        del values["weight"]
    return [KeyShown(name=name, value=value, place=_place(rule, name)) for name, value in values.items()]


def written(value: object) -> object:
    """Return *value* of a rule as its file writes it: a span, range, share or time of day as text again."""
    if isinstance(value, RootModel):
        return written(value.root)
    if isinstance(value, BaseModel):
        return {info.alias or name: written(getattr(value, name)) for name, info in type(value).model_fields.items()}
    if isinstance(value, Mapping):
        return {key: written(inner) for key, inner in value.items()}
    return tuple(map(written, value)) if isinstance(value, tuple) else _text_of(value)


def _text_of(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{float(value * 100):g}%"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, Span | DateRange) else value


def _place(rule: Rule, key: str) -> Place | None:
    if key == "why":
        return rule.places.get("reason") or rule.places.get("why")
    return rule.places.get(key)


def _pods(ruleset: Ruleset, rule: str) -> set[str]:
    own = {pod for pod, rules in ruleset.pod_rules.items() if rule in rules}
    return own | {pod for pod, off in ruleset.pod_without.items() if rule in off}


def _is_about(ground: Ground, found: Finding, subject: str) -> bool:
    return subject == found.subject or ground.address(subject) in {name.casefold() for name in found.names}


def _subject(ground: Ground, found: Finding) -> SubjectShown:
    made = ruling(ground.ruleset, found.rule, found.breached, found.names, found.day, missing=found.missing)
    return SubjectShown(
        subject=found.subject,
        decision=made.decision,
        detail=made.detail,
        text=found.said,
        waiver=made.waiver.id if made.waiver else "",
        waiver_place=made.waiver.place if made.waiver else None,
    )
