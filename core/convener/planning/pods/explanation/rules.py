"""What each rule did: its cost, where it is not satisfied, and the units in words."""

from collections import Counter
from collections.abc import Sequence

from convener.model import RuleOutcome
from convener.planning.pods.carriers import address_of
from convener.planning.pods.explanation.ledger import Ledger
from convener.planning.pods.explanation.nouns import counted
from convener.planning.pods.question import PodQuestion, joined, shortened
from convener.rulesets.kinds import Apart, PodSize, Require, Together
from convener.rulesets.ruleset import Rule

SHOWN = 6
"""Pods or people that a sentence names one by one."""


def outcomes(ledger: Ledger, ids: Sequence[str]) -> tuple[RuleOutcome, ...]:
    """Return what every rule on pods did, by id, then what `require` rules ask of the register.

    *ids* are those of the ledger's pods.
    """
    found = tuple(_outcome(ledger, rule, ids) for rule in ledger.rules)
    return (*found, *_requirements(ledger.question))


def _outcome(ledger: Ledger, rule: Rule, ids: Sequence[str]) -> RuleOutcome:
    count, short = ledger.units(rule), ledger.short(rule)
    return RuleOutcome(
        id=rule.id,
        flexibility="inflexible" if rule.inflexible else "flexible",
        satisfied=count == 0,
        cost=0 if rule.inflexible else rule.weight * count,
        explanation="; ".join([_explained(ledger, rule, count, list(short)), *_strangers(ledger.question, rule)]),
        where=tuple(ids[at] for at in short),
    )


def _explained(ledger: Ledger, rule: Rule, count: int, short: Sequence[int]) -> str:
    if isinstance(rule.terms, PodSize):
        sizes = sorted(Counter(len(pod.members) for pod in ledger.pods).items())
        said = joined([f"{number} of {size}" for size, number in sizes]) or "none"
        return f"pods by size: {said}; asked for {rule.terms.min} to {rule.terms.max}, best {rule.terms.target}"
    if count == 0:
        return "holds in every pod"
    at = listed([ledger.pods[place].name for place in short])
    return f"{counted(rule, count)}: {count} times {rule.weight}{f', in {at}' if at else ''}"


def _strangers(question: PodQuestion, rule: Rule) -> list[str]:
    """Say which addresses of pairs are of nobody to seat, so that the rule has no say on them."""
    if not isinstance(rule.terms, Apart | Together):
        return []
    register = question.register
    known = {address_of(register, person) for person in register.participants(question.day)}
    named = dict.fromkeys(address for pair in rule.terms.pairs for address in pair)
    lost = [address for address in named if address.casefold() not in known]
    return [f"nobody here has the address {listed(lost)}"] if lost else []


def listed(words: Sequence[str]) -> str:
    """Return *words* as a sentence has them, at most `SHOWN` of them."""
    return shortened(words, SHOWN)


def _requirements(question: PodQuestion) -> tuple[RuleOutcome, ...]:
    """Judge `require` rules as far as the register decides them: whether every participant's manager is known."""
    found: list[RuleOutcome] = []
    for rule, terms in sorted(question.ruleset.rules_of(Require), key=lambda each: each[0].id):
        decidable = terms.each == "participant" and terms.require in ("manager.known", ("manager.known",))
        lacking = [question.name(p) for p in question.people if p not in question.managers] if decidable else []
        text = "judged while the programme runs; it does not say who sits with whom"
        if decidable:
            text = f"no manager known for {listed(lacking)}" if lacking else "every participant has a manager"
        flexibility = "inflexible" if rule.inflexible else "flexible"
        found.append(RuleOutcome(id=rule.id, flexibility=flexibility, satisfied=not lacking, cost=0, explanation=text))
    return tuple(found)
