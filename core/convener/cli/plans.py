"""What proposals of pods and of dates have in common on the terminal: rules, alternatives, quality."""

from collections.abc import Iterable, Mapping

from convener.cli.face import Face
from convener.cli.searching import brief, quality
from convener.cli.tables import show_table
from convener.model import DateProposal, Instead, Person, PodProposal, RuleOutcome

NAMED = 3
"""How many of the pods or sessions in which a rule does not hold are named."""


def print_rules(face: Face, rules: Iterable[RuleOutcome]) -> None:
    """Print what each rule did, those first that cost or are broken."""
    ordered = sorted(rules, key=lambda rule: (rule.satisfied, -rule.cost, rule.id))
    cells = ((verdict(r), r.cost or "", r.id, r.explanation) for r in ordered)
    show_table(face, "Rules", ("", "cost", "rule", "in words"), cells)


def verdict(rule: RuleOutcome) -> str:
    """Return what became of *rule* in a word."""
    if rule.satisfied:
        return "holds"
    return "BROKEN" if rule.flexibility == "inflexible" else "costs"


def print_quality(face: Face, proposal: PodProposal | DateProposal) -> None:
    """Say how good the whole is, and how it was found."""
    found = f"; {brief(proposal.steps)} steps, seed {proposal.seed}" if proposal.steps else ""
    face.say(quality(proposal.score, proposal.bound) + found)


def rise(cost: int | None) -> str:
    """Return by how much the cost would rise: `+3`, `-2`, `0`, or that it is forbidden."""
    return "forbidden" if cost is None else f"{cost:+,}" if cost else "0"


def instead_shape(other: Instead, people: Mapping[str, Person]) -> dict[str, object]:
    """Return what might have been instead as JSON."""
    known = people.get(other.partner or "")
    return {
        "what": other.what,
        "with": known.email if known else other.partner,
        "cost": other.cost,
        "rules": list(other.rules),
    }
