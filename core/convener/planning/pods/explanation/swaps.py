"""Who might sit elsewhere, with whom they would change places, and what it would cost."""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from convener.model import Instead
from convener.planning.pods.division import Division
from convener.planning.pods.explanation.ledger import Ledger
from convener.planning.pods.explanation.nouns import counted
from convener.planning.pods.sizes import Frame, groups

EXPLAINED = 1_000
"""Most people for whom the best swaps not made are looked for; the time grows with the square of them."""
SMALL = 60
"""People up to whom the local search is not loaded for it."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A way into another pod; the best sorts first."""

    broken: int
    """Units of inflexible rules it would break."""
    cost: int
    partner: str
    """Empty for a move alone."""
    pod: int
    more: tuple[tuple[str, int], ...]
    """Units more by rule id, below 0 for fewer."""


def ways_in(ledger: Ledger, person: str) -> list[Change]:
    """Return for each other pod the best way in: alone or in exchange for one member; cheapest first."""
    here = ledger.at[person]
    found = [min(_into(ledger, person, at)) for at in range(len(ledger.pods)) if at != here]
    return sorted(found, key=lambda way: (way.broken > 0, way))


def best_swaps(ledger: Ledger) -> dict[str, Change]:
    """Return everyone's cheapest swap that breaks no inflexible rule any further, for up to `EXPLAINED` people.

    The local search knows them, and is loaded where there are more than `SMALL` people; of fewer each swap is judged
    by the ledger.
    """
    if len(ledger.at) > EXPLAINED:
        return {}
    return _searched(ledger) if len(ledger.at) > SMALL else _judged(ledger)


def _searched(ledger: Ledger) -> dict[str, Change]:
    grouped = [people for _, people in groups(ledger.question)]
    at = {person: place for place, people in enumerate(grouped) for person in people}
    homes = [at[pod.members[0]] for pod in ledger.pods]
    sizes = [len(pod.members) for pod in ledger.pods]
    frames = [Frame(home, grouped[home], size, size) for home, size in zip(homes, sizes, strict=True)]
    division = Division(tuple(pod.members for pod in ledger.pods), tuple(pod.coach for pod in ledger.pods))
    room = importlib.import_module("convener.planning.pods.local.swaps")  # its compiler takes a while to come
    found: dict[str, tuple[str, int, int]] = room.best_swaps(ledger.question, frames, division)
    return {person: Change(0, cost, partner, pod, ()) for person, (partner, pod, cost) in found.items()}


def _judged(ledger: Ledger) -> dict[str, Change]:
    best: dict[str, Change] = {}
    for here, pod in enumerate(ledger.pods):
        for there in range(here + 1, len(ledger.pods)):
            for one in pod.members:
                for other in ledger.pods[there].members:
                    change = _swap(ledger, one, other)
                    if not change.broken:
                        best[one] = min(best.get(one, change), change)
                        back = Change(0, change.cost, one, here, change.more)
                        best[other] = min(best.get(other, back), back)
    return best


def instead(ledger: Ledger, ids: Sequence[str], person: str) -> tuple[Instead, ...]:
    """Return the pods *person* might sit in instead, with the best way in and what each rule says of it.

    *ids* are those of the ledger's pods. Ways that inflexible rules forbid come last, without a cost.
    """
    return tuple(
        Instead(
            what=ids[way.pod],
            partner=way.partner or None,
            cost=None if way.broken else way.cost,
            rules=tuple(_said(ledger, rule, more) for rule, more in way.more),
        )
        for way in ways_in(ledger, person)
    )


def _said(ledger: Ledger, name: str, more: int) -> str:
    rule = ledger.question.ruleset.rules[name]
    text = f"rule {name}: {abs(more)} {'more' if more > 0 else 'fewer'} {counted(rule, abs(more))}"
    if rule.inflexible:
        return f"{text}, which it forbids" if more > 0 else text
    return f"{text}, {abs(more) * rule.weight} {'more' if more > 0 else 'less'}"


def _into(ledger: Ledger, person: str, there: int) -> list[Change]:
    here = ledger.at[person]
    left = [other for other in ledger.pods[here].members if other != person]
    alone = _change(ledger, "", there, {here: left, there: [*ledger.pods[there].members, person]})
    return [alone, *(_swap(ledger, person, other) for other in ledger.pods[there].members)]


def _swap(ledger: Ledger, one: str, other: str) -> Change:
    here, there = ledger.at[one], ledger.at[other]
    pods = {
        here: [other if member == one else member for member in ledger.pods[here].members],
        there: [one if member == other else member for member in ledger.pods[there].members],
    }
    return _change(ledger, other, there, pods)


def _change(ledger: Ledger, partner: str, there: int, pods: Mapping[int, Sequence[str]]) -> Change:
    rules = ledger.question.ruleset.rules
    more = ledger.changes(pods)
    return Change(
        broken=sum(count for name, count in more.items() if rules[name].inflexible and count > 0),
        cost=sum(count * rules[name].weight for name, count in more.items() if not rules[name].inflexible),
        partner=partner,
        pod=there,
        more=tuple(more.items()),
    )
