"""What each rule did to a proposal, as bars of cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from convener.model import RuleOutcome

PLACES = 6
"""How many pods or sessions are named of those in which a rule does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBar:
    """One rule."""

    id: str
    flexibility: str
    verdict: str
    """`holds`, `costs` or `broken`."""
    cost: str
    length: float
    """Length of its bar in percent of the costliest."""
    text: str
    where: str
    """Pods or sessions in which it does not hold, the first few by name; empty where the text names them."""


def rule_bars(rules: Sequence[RuleOutcome]) -> list[RuleBar]:
    """Return a bar for each of *rules*: those broken first, then by falling cost."""
    most = max((rule.cost for rule in rules), default=0)
    return [_bar(rule, most) for rule in sorted(rules, key=_gravest_first)]


def _gravest_first(rule: RuleOutcome) -> tuple[bool, int, bool, str]:
    return not _broken(rule), -rule.cost, rule.flexibility != "inflexible", rule.id


def _broken(rule: RuleOutcome) -> bool:
    return rule.flexibility == "inflexible" and not rule.satisfied


def _bar(rule: RuleOutcome, most: int) -> RuleBar:
    places = [place.partition("/")[2] or place for place in rule.where[:PLACES]]
    named = "" if all(place in rule.explanation for place in places) else ", ".join(places)
    more = f" and {len(rule.where) - PLACES} more" if len(rule.where) > PLACES else ""
    return RuleBar(
        id=rule.id,
        flexibility=rule.flexibility,
        verdict="broken" if _broken(rule) else "holds" if rule.satisfied else "costs",
        cost=f"{rule.cost:,}" if rule.cost else "",
        length=round(100 * rule.cost / most, 1) if most else 0.0,
        text=rule.explanation,
        where=named and named + more,
    )


def quality(score: int, bound: int) -> str:
    """Say how good a plan of cost *score* is, where none can cost less than *bound*."""
    if score == bound:
        return "no better one exists"
    return f"none can be below {bound:,}: at most {100 * (score - bound) / max(score, 1):.1f} % better"
