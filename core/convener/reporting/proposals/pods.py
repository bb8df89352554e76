"""Proposed pods as cards: who sits with whom and with which coach, what the rules look at, what each pod costs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from convener.model import PodProposal, ProposedPod, Register
from convener.reporting.manner import Manner
from convener.reporting.proposals.bars import quality, rule_bars
from convener.reporting.proposals.marks import Mark, Trait, traits_of, value_of
from convener.rulesets.ruleset import Ruleset

MANY = 24
"""From this many pods on, cards are small and leave the reasons out."""
FIRST = 12
"""How many pods are named to look at first."""
Costs = Mapping[str, Mapping[str, int]]
"""Of each pod by its id: what it costs by each rule that it falls short of, by rule id; 0 for an inflexible one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """What the roster says of one member in one column."""

    column: str
    mark: Mark
    stands_out: bool
    """Whether the rule minds: a value shared that should be mixed, or another one where all should be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member on a card."""

    name: str
    email: str
    chips: tuple[Chip, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One pod."""

    anchor: str
    title: str
    size: str
    coach: str
    coach_why: tuple[str, ...]
    frozen: bool
    members: tuple[Member, ...]
    cost: int
    costs: tuple[tuple[str, int], ...]
    """Flexible rules with what they cost here, the costliest first."""
    broken: tuple[str, ...]
    """Inflexible rules that it breaks."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What cards are drawn from."""

    ruleset: Ruleset
    register: Register
    traits: tuple[Trait, ...]
    costs: Costs
    manner: Manner

    def name(self, person: str) -> str:
        known = self.register.people.get(person)
        return known.name if known else person


def pods_page(ruleset: Ruleset, register: Register, proposal: PodProposal, costs: Costs) -> dict[str, object]:
    """Return everything `templates/reports/pods.html.j2` needs; strings are not escaped yet.

    *costs* tells of each pod, by its id, what it costs by each rule that it falls short of.
    """
    manner = Manner(ruleset.locale, ruleset.zone, ruleset.wording)
    people = [seat.person for pod in proposal.pods for seat in pod.seats]
    traits = traits_of(ruleset, register, people)
    sight = _Sight(ruleset, register, traits, costs, manner)
    cards = [_card(sight, pod, place) for place, pod in enumerate(proposal.pods)]
    return {
        "lang": manner.language,
        "title": ruleset.title,
        "client_name": ruleset.client_name,
        "word": {word: {"one": manner.word(word), "many": manner.many(word)} for word in ("pod", "coach")},
        "totals": _totals(proposal, manner),
        "quality": quality(proposal.score, proposal.bound),
        "seed": proposal.seed,
        "steps": f"{proposal.steps:,}" if proposal.steps else "",
        "traits": traits,
        "compact": len(cards) >= MANY,
        "cards": cards,
        "first": _first(cards) if len(cards) >= MANY else [],
        "rules": rule_bars(proposal.rules),
        "trades": [(trade.moves, f"{trade.score:,}", ", ".join(trade.breaches)) for trade in proposal.trades],
    }


def _totals(proposal: PodProposal, manner: Manner) -> list[tuple[str, str]]:
    sizes = Counter(len(pod.seats) for pod in proposal.pods)
    coaches = {pod.coach for pod in proposal.pods if pod.coach}
    broken = sum(rule.flexibility == "inflexible" and not rule.satisfied for rule in proposal.rules)
    return [
        ("people", manner.number(sum(size * count for size, count in sizes.items()))),
        (manner.many("pod"), manner.number(len(proposal.pods))),
        ("sizes", ", ".join(f"{count} of {size}" for size, count in sorted(sizes.items(), reverse=True))),
        (manner.many("coach"), manner.number(len(coaches))),
        ("cost", manner.number(proposal.score)),
        ("inflexible rules broken", manner.number(broken)),
    ]


def _card(sight: _Sight, pod: ProposedPod, place: int) -> Card:
    short = sight.costs.get(pod.id, {})
    broken = sorted(name for name in short if sight.ruleset.rules[name].inflexible)
    costs = {name: cost for name, cost in short.items() if name not in broken}
    return Card(
        anchor=f"pod-{place}",
        title=sight.manner.pod(pod.name),
        size=f"{len(pod.seats)} people",
        coach=sight.name(pod.coach) if pod.coach else "",
        coach_why=pod.coach_why,
        frozen=pod.frozen,
        members=_members(sight, pod),
        cost=sum(costs.values()),
        costs=tuple(sorted(costs.items(), key=lambda item: (-item[1], item[0]))),
        broken=tuple(broken),
    )


def _members(sight: _Sight, pod: ProposedPod) -> tuple[Member, ...]:
    """Return the members by what they have in common, so that likes stand below each other."""
    people = [seat.person for seat in pod.seats]
    columns = [[value_of(sight.register, person, trait.column) for person in people] for trait in sight.traits]
    chips = [_chips(trait, values) for trait, values in zip(sight.traits, columns, strict=True)]
    members = [
        Member(
            name=sight.name(seat.person),
            email=sight.register.people[seat.person].email if seat.person in sight.register.people else "",
            chips=tuple(column[at] for column in chips),
            why=seat.why,
        )
        for at, seat in enumerate(pod.seats)
    ]
    return tuple(sorted(members, key=lambda member: ([chip.mark.value for chip in member.chips], member.name)))


def _chips(trait: Trait, values: list[str]) -> list[Chip]:
    """Return one chip for each of *values*, those that the rule minds standing out."""
    counts = Counter(value for value in values if value)
    usual = counts.most_common(1)[0][0] if counts else ""
    return [
        Chip(
            column=trait.column,
            mark=trait.marks[value],
            stands_out=bool(value)
            and ((trait.kind == "mix" and counts[value] > 1) or (trait.kind == "same" and value != usual)),
        )
        for value in values
    ]


def _first(cards: list[Card]) -> list[tuple[Card, float]]:
    """Return the pods to look at first, each with the length of its bar in percent."""
    costly = sorted(
        (card for card in cards if card.cost or card.broken), key=lambda card: (not card.broken, -card.cost)
    )
    most = max((card.cost for card in costly), default=0)
    return [(card, round(100 * card.cost / most, 1) if most else 0.0) for card in costly[:FIRST]]
