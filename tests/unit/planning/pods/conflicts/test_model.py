"""The exact question."""

from typing import Any

import pytest

from convener.model import Coach
from convener.planning.effort import Effort
from convener.planning.pods.conflicts.model import core, decide
from convener.planning.pods.costs import units
from convener.planning.search import Found

SIX: dict[str, dict[str, str]] = {name: {} for name in ("p0", "p1", "p2", "p3", "p4", "p5")}


@pytest.fixture
def ring(rule: Any, pairs: Any) -> list[Any]:
    """Give five rivals in a ring and room for two pods: no clique, yet two pods are too few."""
    around = pairs(*(f"p{at}-p{(at + 1) % 5}" for at in range(5)))
    return [rule("rivals", "apart", pairs=around), rule("load", "coach-load", max_pods=2)]


def test_the_model_decides_what_counting_does_not(crowd: Any, rule: Any, ring: list[Any]) -> None:
    """R7: an odd ring needs three pods; with a second coach it has them."""
    few = crowd(ring, SIX, coaches=[Coach(id="ann@x")])
    enough = crowd(ring, SIX, coaches=[Coach(id="ann@x"), Coach(id="bo@x")])

    pods = decide(enough, Effort())
    assert Found.NONE is decide(few, Effort())
    assert not isinstance(pods, Found)
    assert [0, 0] == [units(enough.question, each, pods) for each in ring]


def test_a_core_is_irreducible(crowd: Any, rule: Any, pairs: Any, ring: list[Any]) -> None:
    """R7: the five pairs of the ring, and not the one beside it."""
    more = rule("others", "apart", pairs=pairs("p5-p0"))
    atoms = core(crowd([*ring, more], SIX, coaches=[Coach(id="ann@x")]), Effort())

    assert atoms is not None
    assert 5 == len(atoms)
    assert {"p0", "p1", "p2", "p3", "p4"} == {person for atom in atoms for person in atom.people}


def test_marks_zones_and_ties_are_in_the_model(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: each kind is seen: without any proof by counting the solver finds the contradiction."""
    teams = {"p0": {"team": "x"}, "p1": {"team": "y"}, "p2": {"team": "x"}}
    friends = rule("friends", "together", pairs=pairs("p0-p1"))
    against = {
        "team": rule("same", "same", by=("team",)),
        "near": rule("near", "similar", by=("team",)),
        "hours": rule("hours", "timezone-overlap", min="4 hours"),
        "rivals": rule("rivals", "apart", pairs=pairs("p0-p1")),
    }
    found = {
        name: decide(crowd([friends, each], teams, zones={"p1": "Asia/Tokyo"}), Effort())
        for name, each in against.items()
    }
    mixed = decide(
        crowd([rule("mixed", "mix", by=("team",)), rule("f", "together", pairs=pairs("p0-p2"))], teams), Effort()
    )

    assert dict.fromkeys(against, Found.NONE) == found
    assert Found.NONE is mixed


def test_a_question_too_large_stays_open(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: what the model does not take is not decided by it."""
    everyone = {f"p{at:03}": {"id": str(at)} for at in range(300)}

    assert Found.UNKNOWN is decide(crowd([rule("ids", "mix", by=("id",))], everyone), Effort())
