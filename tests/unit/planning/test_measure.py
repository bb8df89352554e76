"""What pods cost as they are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from convener.model import Coach, PodProposal, ProposedPod, Register, RuleOutcome, Seat
from convener.planning import measure_pods
from convener.rulesets.ruleset import Ruleset

DAY = date(2027, 1, 18)
PEOPLE = {
    "ann": {"site": "Leeds", "grade": "1"},
    "bob": {"site": "Leeds", "grade": "2"},
    "cat": {"site": "York", "grade": "3"},
    "dan": {"site": "York", "grade": "9"},
}


def pods(*members: str, coach: str | None = None, frozen: str = "") -> PodProposal:
    """Return a proposal that says of itself that it costs nothing, with a pod for each of *members*."""
    found = tuple(
        ProposedPod(
            id=f"lead/{at}",
            name=str(at),
            coach=coach,
            frozen=str(at) == frozen,
            seats=tuple(Seat(person=who, why=("placed here by hand",)) for who in names.split()),
        )
        for at, names in enumerate(members, 1)
    )
    return PodProposal(programme="lead", seed=1, score=0, bound=0, pods=found, rules=())


@pytest.fixture
def rules(make: Any) -> Ruleset:
    """Return a rule that mixes, one that orders, one on pairs and one on sites."""
    return make.ruleset(
        make.rule("mixed", "mix", flexible=True, weight=3, by=["site"]),
        make.rule("peers", "similar", flexible=True, by=["grade"]),
        make.rule("not-these", "apart", flexible=True, weight=5, pairs=[("ann@acme.example", "bob@acme.example")]),
        make.rule("one-grade", "same", by=["grade"]),
    )


def outcome(proposal: PodProposal, rule: str) -> RuleOutcome:
    """Return what *rule* says of *proposal*."""
    return next(each for each in proposal.rules if each.id == rule)


def test_rules_are_counted_from_the_pods_themselves(make: Any, rules: Ruleset) -> None:
    """Whatever a proposal says of itself, cost and places are those of its pods (R7, R8)."""
    found = measure_pods(rules, make.register(PEOPLE), pods("ann bob", "cat dan"), day=DAY)

    assert (6, 2, 5) == tuple(outcome(found.proposal, rule).cost for rule in ("mixed", "peers", "not-these"))
    assert (13, 0) == (found.proposal.score, found.proposal.bound)
    assert ("lead/1",) == outcome(found.proposal, "not-these").where
    assert not outcome(found.proposal, "one-grade").satisfied


def test_each_pod_has_its_costs(make: Any, rules: Ruleset) -> None:
    """By rule; an inflexible rule that it breaks costs nothing and is named (R7)."""
    found = measure_pods(rules, make.register(PEOPLE), pods("ann bob", "cat dan"), day=DAY)

    assert {"mixed": 3, "peers": 1, "not-these": 5, "one-grade": 0} == found.costs["lead/1"]
    assert {"mixed": 3, "peers": 1, "one-grade": 0} == found.costs["lead/2"]


def test_frozen_pods_cost_nothing(make: Any, rules: Ruleset) -> None:
    """They stay as they are whatever the rules say (R8)."""
    register: Register = make.pods(make.register(PEOPLE), {"1": ["ann", "bob"]})
    kept = replace(register, pods={"lead/1": replace(register.pods["lead/1"], frozen=True)})
    found = measure_pods(rules, kept, pods("ann bob", "cat dan", frozen="1"), day=DAY)

    assert {"lead/2"} == set(found.costs)
    assert 4 == found.proposal.score


def test_members_of_changed_pods_are_told_anew(make: Any, rules: Ruleset) -> None:
    """Their first reason stays; those of other pods keep all of theirs (R8)."""
    found = measure_pods(rules, make.register(PEOPLE), pods("ann bob", "cat dan"), day=DAY, changed={"lead/1"}).proposal

    assert ("placed here by hand", True) == (found.pods[0].seats[0].why[0], len(found.pods[0].seats[0].why) > 1)
    assert ("placed here by hand",) == found.pods[1].seats[0].why


def test_whoever_coaches_and_whoever_left_is_no_reason_to_fail(make: Any, rules: Ruleset) -> None:
    """A coach who would not be allocated now, an unknown one, and a member who is gone are measured as they are."""
    strict = make.ruleset(make.rule("skilled", "coach-accredited", accredited=["leadership"]), coaches=())
    register = make.register(PEOPLE, coaches=[Coach(id="cora@c.example")])
    known = measure_pods(strict, register, pods("ann bob", "cat dan", coach="cora@c.example"), day=DAY)
    stranger = measure_pods(strict, register, pods("ann bob gone", coach="nobody@c.example"), day=DAY)

    assert not outcome(known.proposal, "skilled").satisfied
    assert {"skilled": 0} == stranger.costs["lead/1"]


def test_a_proposal_is_measured_as_it_was_found(planned_northern: Any) -> None:
    """Measuring what planning found gives what planning said (R7)."""
    found = measure_pods(
        planned_northern.ruleset, planned_northern.before, planned_northern.pods, day=date(2026, 12, 1)
    )

    assert planned_northern.pods == found.proposal


def test_order_does_not_matter(make: Any, rules: Ruleset, register: Callable[..., Register]) -> None:
    """The same people in another order are measured the same."""
    other = register(dict(reversed(PEOPLE.items())))
    one, two = (measure_pods(rules, each, pods("ann cat", "bob dan"), day=DAY) for each in (register(PEOPLE), other))

    assert one == two
