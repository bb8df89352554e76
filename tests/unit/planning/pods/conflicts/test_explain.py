"""The smallest conflict of each family, and ways out that, applied, lead to pods."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from convener.model import Coach, Conflict, PodProposal
from convener.planning import propose_pods
from convener.planning.effort import Effort
from convener.planning.pods.conflicts import explain, proved
from convener.planning.pods.costs import Seated, units
from convener.planning.pods.question import PodQuestion
from convener.planning.relaxations import relaxed

DAY = date(2026, 12, 1)
COUPLE = (("p0@acme.example", "p1@acme.example"),)
CHAIN = (*COUPLE, ("p1@acme.example", "p2@acme.example"))
ENDS = (("p0@acme.example", "p2@acme.example"),)
RING = tuple((f"p{at}@acme.example", f"p{(at + 1) % 5}@acme.example") for at in range(5))
SIZE = {"min": 2, "target": 2, "max": 3}
TEAMS = {"p0": {"team": "x"}, "p1": {"team": "y"}, "p2": {"team": "x"}, "p3": {"team": "y"}}
TOKYO = {"p1": "Asia/Tokyo"}


@dataclass
class Family:
    """Rules by id as kind and terms, people, and what is expected of their conflict."""

    rules: dict[str, tuple[str, dict[str, Any]]]
    conflict: tuple[str, ...]
    people: tuple[str, ...] | None
    says: str
    attributes: dict[str, dict[str, str]] = field(default_factory=lambda: dict(TEAMS))
    zones: dict[str, str] = field(default_factory=dict)
    coaches: tuple[Coach, ...] = ()


FAMILIES = {
    "sizes": Family(
        {"size": ("pod-size", {"min": 6, "target": 6, "max": 6})}, ("size",), None,
        "41 people cannot be divided into pods of exactly 6: 36 or 42 could", {f"p{at:02}": {} for at in range(41)},
    ),
    "two sizes": Family(
        {
            "big": ("pod-size", {"min": 4, "target": 4, "max": 4}),
            "small": ("pod-size", {"min": 2, "target": 2, "max": 2}),
        },
        ("big", "small"), None, "at least 4 members (rule big) and at most 2 (rule small)",
    ),
    "sizes and same": Family(
        {"size": ("pod-size", SIZE), "team": ("same", {"by": ("team",)})}, ("size", "team"), ("p3",),
        "1 person of y cannot be divided", {**TEAMS, "p1": {"team": "x"}},
    ),
    "apart and together": Family(
        {"friends": ("together", {"pairs": CHAIN}), "rivals": ("apart", {"pairs": ENDS})},
        ("friends", "rivals"), ("p0", "p1", "p2"), "P1 and P2 too (rule friends), but P0 and P2 must be apart",
    ),
    "manager and together": Family(
        {"friends": ("together", {"pairs": COUPLE}), "bosses": ("apart", {"who": "manager-and-report"})},
        ("bosses", "friends"), ("p0", "p1"), "P0 and P1 must be apart (rule bosses)",
        {**TEAMS, "p1": {"manager": "p0"}},
    ),
    "a chain too long": Family(
        {"size": ("pod-size", {"min": 1, "target": 2, "max": 2}), "friends": ("together", {"pairs": CHAIN})},
        ("friends", "size"), ("p0", "p1", "p2"), "a pod has at most 2 members (rule size)",
    ),
    "mix and sizes": Family(
        {"size": ("pod-size", SIZE), "mixed": ("mix", {"by": ("team",)})}, ("mixed", "size"), ("p0", "p1", "p2"),
        "3 people with team x must each sit in another pod", {**TEAMS, "p1": {"team": "x"}},
    ),
    "mix and together": Family(
        {"friends": ("together", {"pairs": COUPLE}), "mixed": ("mix", {"by": ("team",)})},
        ("friends", "mixed"), ("p0", "p1"), "must not share team x", {**TEAMS, "p1": {"team": "x"}},
    ),
    "same and mix": Family(
        {"size": ("pod-size", SIZE), "team": ("same", {"by": ("team",)}), "mixed": ("mix", {"by": ("team",)})},
        ("mixed", "size", "team"), ("p0", "p2"), "with team x must each sit in another pod",
    ),
    "similar and together": Family(
        {"friends": ("together", {"pairs": COUPLE}), "near": ("similar", {"by": ("team",)})},
        ("friends", "near"), ("p0", "p1"), "differ in team: x and y (rule near)",
    ),
    "same and together": Family(
        {"friends": ("together", {"pairs": COUPLE}), "team": ("same", {"by": ("team", "site")})},
        ("friends", "team"), ("p0", "p1"), "differ in team: x and y (rule team)",
    ),
    "hours and together": Family(
        {"friends": ("together", {"pairs": COUPLE}), "hours": ("timezone-overlap", {"min": "4 hours"})},
        ("friends", "hours"), ("p0", "p1"), "share too few working hours in Asia/Tokyo and Europe/London", zones=TOKYO,
    ),
    "hours and sizes": Family(
        {"size": ("pod-size", SIZE), "hours": ("timezone-overlap", {"min": "4 hours"})},
        ("hours", "size"), ("p1",), "1 person of Asia/Tokyo cannot be divided", zones=TOKYO,
    ),
    "hours alone": Family(
        {"hours": ("timezone-overlap", {"min": "9 hours"})}, ("hours",), (), "nobody works as many hours",
    ),
    "hours and coaches": Family(
        {"hours": ("timezone-overlap", {"min": "6 hours"})}, ("hours",), ("p1",),
        "no coach shares enough working hours with P1 in Europe/Moscow", zones={"p1": "Europe/Moscow"},
        coaches=(Coach(id="ann@x"),),
    ),
    "coaches' load": Family(
        {"size": ("pod-size", {"min": 2, "target": 2, "max": 2}), "load": ("coach-load", {"max_pods": 1})},
        ("load", "size"), None, "1 coach (Ann@X 1) can take 1 pod (rule load), 2 are needed",
        coaches=(Coach(id="ann@x"),),
    ),
    "coaches' load and same": Family(
        {"team": ("same", {"by": ("team",)}), "load": ("coach-load", {"max_pods": 1})},
        ("load", "team"), None, "2 are needed", coaches=(Coach(id="ann@x"),),
    ),
    "coaches' accreditation": Family(
        {"papers": ("coach-accredited", {"accredited": ("pcc",), "min_years": 5})}, ("papers",), (),
        "no coach has what is asked (rule papers)",
        coaches=(Coach(id="ann@x", accredited=frozenset({"pcc"}), years=3),),
    ),
    "accreditation and load": Family(
        {
            "size": ("pod-size", {"min": 2, "target": 2, "max": 2}), "load": ("coach-load", {"max_pods": 1}),
            "papers": ("coach-accredited", {"accredited": ("pcc",)}),
        },
        ("load", "papers", "size"), None, "2 are needed",
        coaches=(Coach(id="ann@x", accredited=frozenset({"pcc"})), Coach(id="bo@x")),
    ),
    "an odd ring": Family(
        {"rivals": ("apart", {"pairs": RING}), "load": ("coach-load", {"max_pods": 2})},
        ("load", "rivals"), ("p0", "p1", "p2", "p3", "p4"), "the coaches can take 2 pods",
        {f"p{at}": {} for at in range(6)}, coaches=(Coach(id="ann@x"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_each_family_has_its_smallest_conflict_and_ways_out_that_work(name: str, make: Any) -> None:
    """R7: rules, people and words are as expected, and every way out, applied, leads to pods; the cheapest first."""
    family = FAMILIES[name]
    register = make.register(family.attributes, coaches=family.coaches, zones=family.zones)
    harmless = make.rule("harmless", "apart", pairs=(("p0@acme.example", "nobody@acme.example"),))
    rules = [make.rule(rule, kind, **terms) for rule, (kind, terms) in family.rules.items()]
    ruleset = make.ruleset(*rules, harmless)
    found = propose_pods(ruleset, register, day=DAY)

    assert isinstance(found, Conflict)
    assert (family.conflict, True) == (found.rules, family.says in found.explanation)
    assert found.people == (tuple(sorted(family.attributes)) if family.people is None else family.people)
    assert found.relaxations
    assert sorted(way.cost for way in found.relaxations) == [way.cost for way in found.relaxations]
    mended = [propose_pods(relaxed(ruleset, way), register, day=DAY) for way in found.relaxations if way.terms]
    assert all(isinstance(pods, PodProposal) for pods in mended)


def test_no_coach_has_answered(make: Any) -> None:
    """R9: with no answer from any coach there is nobody to allocate; one answer, once given, is enough."""
    register = make.register({"ana": {}, "ben": {}}, coaches=[Coach(id="ann@x"), Coach(id="bo@x")])
    ruleset = make.ruleset(make.rule("quorum", "quorum", members=1, coach=True))
    found = propose_pods(ruleset, register, day=DAY, answered=frozenset())

    assert isinstance(found, Conflict)
    assert (("quorum",), (("ann@x",),)) == (found.rules, tuple(way.asks for way in found.relaxations))
    assert "none of the coaches" in found.explanation
    again = propose_pods(ruleset, register, day=DAY, answered=frozenset(found.relaxations[0].asks))
    assert isinstance(again, PodProposal)


def test_four_hundred_people_are_answered_by_counting(make: Any, ask: Any, pairs: Any) -> None:
    """R7: a contradiction planted among four hundred is named with its two people, within few steps of the solver."""
    people = {f"p{at:03}": {"region": "nesw"[at % 4], "team": str(at % 30)} for at in range(400)}
    rules = [
        make.rule("size", "pod-size", min=5, target=6, max=7),
        make.rule("region", "same", by=("region",)),
        make.rule("team", "mix", by=("team",)),
        make.rule("friends", "together", pairs=pairs("p000-p004", "p004-p008", "p100-p104")),
        make.rule("rivals", "apart", pairs=pairs("p008-p000", "p001-p005")),
    ]
    ruleset, pose = ask(rules, people)
    effort = Effort()
    found = explain(ruleset, pose, effort)

    assert (("friends", "rivals"), ("p000", "p004", "p008")) == (found.rules, found.people)
    assert 0 == effort.spent
    assert (1, "take P000 and P004 out of rule friends") == (found.relaxations[0].cost, found.relaxations[0].words)


def test_the_same_rules_in_another_order_have_the_same_conflict(make: Any, ask: Any, pairs: Any) -> None:
    """R8: rules and people permuted give an equal answer."""
    rules = [
        make.rule("size", "pod-size", min=2, target=2, max=2),
        make.rule("friends", "together", pairs=pairs("a-b", "b-c")),
        make.rule("rivals", "apart", pairs=pairs("a-c")),
    ]
    one, other = (
        explain(ruleset, pose, Effort())
        for ruleset, pose in (
            ask(rules, {name: {} for name in "abcd"}),
            ask(rules[::-1], {name: {} for name in "dcba"}),
        )
    )

    assert one == other


def divisions(people: list[str]) -> Iterator[list[list[str]]]:
    """Yield every way to divide *people* into pods."""
    if not people:
        yield []
        return
    for pods in divisions(people[1:]):
        yield [[people[0]], *pods]
        yield from ([*pods[:at], [people[0], *pods[at]], *pods[at + 1 :]] for at in range(len(pods)))


def possible(question: PodQuestion) -> bool:
    """Tell by trying every division whether the inflexible rules can hold."""
    rules = question.ruleset.rules.values()
    for pods in divisions(list(question.people)):
        seated = [Seated("", tuple(members), None) for members in pods]
        if all(units(question, rule, seated) == 0 for rule in rules if rule.inflexible):
            return True
    return False


@pytest.mark.parametrize("seed", range(12))
def test_conflicts_are_as_small_as_trying_everything_finds(seed: int, make: Any, ask: Any) -> None:
    """R7: on small programmes drawn at random no smaller set of rules conflicts, and every way out leads somewhere."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    names = [f"p{at}" for at in range(5)]
    pairs = [tuple(f"{each}@acme.example" for each in draw.sample(names, 2)) for _ in range(6)]
    rules = [
        make.rule("size", "pod-size", min=draw.choice((1, 2)), target=2, max=draw.choice((2, 3))),
        make.rule("friends", "together", pairs=pairs[:3]),
        make.rule("rivals", "apart", pairs=pairs[3:]),
        make.rule("mixed", "mix", by=("team",)),
        make.rule("near", "similar", by=("grade",)),
    ]
    people = {name: {"team": draw.choice("xyz"), "grade": draw.choice(("", "1", "2"))} for name in names}
    ruleset, pose = ask(rules, people)
    fewest = next(
        (
            count
            for count in range(1, 6)
            for chosen in combinations(rules, count)
            if not possible(pose(make.ruleset(*chosen)))
        ),
        None,
    )
    assert proved(pose(ruleset)) <= (fewest is not None)
    if fewest is not None:
        found = explain(ruleset, pose, Effort())
        assert fewest == len(found.rules)
        assert found.relaxations
        assert all(possible(pose(relaxed(ruleset, way))) for way in found.relaxations)
