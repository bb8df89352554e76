"""Why a person sits where they do: what each rule says of them and their pod."""

from convener.planning.pods.costs import Seated
from convener.planning.pods.explanation.ledger import Ledger
from convener.planning.pods.explanation.rules import listed
from convener.planning.pods.explanation.swaps import Change
from convener.planning.pods.question import PodQuestion
from convener.rulesets.kinds import Apart, Mix, Same, Similar, Together
from convener.rulesets.ruleset import Rule


def why_here(ledger: Ledger, person: str, swap: Change | None) -> tuple[str, ...]:
    """Return what each rule says of *person* in their pod, and the best *swap* not made, if one is known."""
    question, pod = ledger.question, ledger.pods[ledger.at[person]]
    said: list[str] = []
    for rule in ledger.rules:
        if isinstance(rule.terms, Same | Mix | Similar):
            said += [_shared(question, pod, person, rule, column) for column in rule.terms.by]
        elif isinstance(rule.terms, Apart | Together):
            said += _partners(ledger, person, rule)
    said = said or ["no rule asks for another place"]
    return (*said, _not_made(ledger, swap)) if swap else tuple(said)


def _partners(ledger: Ledger, person: str, rule: Rule) -> list[str]:
    here = ledger.at[person]
    others = ledger.partners[rule.id].get(person, ())
    name = ledger.question.name
    if isinstance(rule.terms, Apart):
        return [f"is not with {name(other)} (rule {rule.id})" for other in others if ledger.at[other] != here]
    return [f"stays with {name(other)} (rule {rule.id})" for other in others if ledger.at[other] == here]


def _shared(question: PodQuestion, pod: Seated, person: str, rule: Rule, column: str) -> str:
    value = question.value(person, column)
    if not value:
        return f"has no {column} in the roster (rule {rule.id})"
    alike = [question.name(p) for p in pod.members if p != person and question.value(p, column) == value]
    if isinstance(rule.terms, Mix):
        others = f"shares {column} {value} with {listed(alike)}" if alike else f"alone with {column} {value}"
        return f"{others} (rule {rule.id})"
    if len(alike) == len(pod.members) - 1:
        return f"everyone there has {column} {value} (rule {rule.id})"
    differ = sorted({question.value(p, column) or "none" for p in pod.members} - {value})
    return f"{column} {value} beside {listed(differ)} (rule {rule.id})"


def _not_made(ledger: Ledger, swap: Change) -> str:
    with_whom = f"with {ledger.question.name(swap.partner)} of {ledger.pods[swap.pod].name}"
    costs = (
        f"costs {swap.cost} more" if swap.cost > 0 else f"costs {-swap.cost} less" if swap.cost else "costs the same"
    )
    return f"best swap not made: {with_whom}, {costs}"
