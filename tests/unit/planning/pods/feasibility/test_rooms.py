"""What coaches can take against what pods need."""

from typing import Any

from convener.model import Coach
from convener.planning.pods.feasibility.blocks import blocks
from convener.planning.pods.feasibility.rooms import out_of_reach, short_of_coaches, uncoached

PEOPLE: dict[str, dict[str, str]] = {f"p{at}": {} for at in range(6)}


def test_nobody_can_take_a_pod(crowd: Any, rule: Any) -> None:
    """R9: without accreditation, without room, or without an answer there is no coach."""
    ann = Coach(id="ann@x", max_pods=2)
    strict = crowd([rule("papers", "coach-accredited", accredited=("pcc",))], PEOPLE, coaches=[ann])
    silent = crowd([], PEOPLE, coaches=[ann], answered=frozenset())

    said = [proof.words for proof in (uncoached(strict), uncoached(silent)) if proof]
    assert "no coach has what is asked (rule papers)" == said[0]
    assert said[1].startswith("none of the coaches who may be allocated has answered")


def test_more_pods_than_coaches_can_carry(crowd: Any, rule: Any) -> None:
    """R9: two coaches with room for three pods, three needed for six people in twos; with fewer there is a gap."""
    rules = [rule("size", "pod-size", min=2, target=2, max=2), rule("load", "coach-load", max_pods=1)]
    known = crowd(rules, PEOPLE, coaches=[Coach(id="ann@x"), Coach(id="bo@x")])
    proof = short_of_coaches(known, blocks(known))

    assert proof is not None
    assert "2 coaches (Ann@X 1, Bo@X 1) can take 2 pods (rule load), 3 are needed: 6 people need 3 pods" == proof.words


def test_coaches_of_other_zones_do_not_help(crowd: Any, rule: Any) -> None:
    """R9: three people in Tokyo need two pods, and the only coach near them takes one."""
    zones = {**{f"p{at}": "Asia/Tokyo" for at in range(3)}, "ann@x": "Asia/Tokyo"}
    rules = [
        rule("size", "pod-size", min=1, target=2, max=2),
        rule("load", "coach-load", max_pods=1),
        rule("hours", "timezone-overlap", min="4 hours"),
    ]
    coaches = [Coach(id="ann@x"), *(Coach(id=f"bo{at}@x") for at in range(4))]
    known = crowd(rules, PEOPLE, coaches=coaches, zones=zones)
    proof = short_of_coaches(known, blocks(known))

    assert proof is not None
    assert ("p0", "p1", "p2") == proof.people
    assert "2 are needed for the 3 people in Asia/Tokyo" in proof.words


def test_a_person_no_coach_shares_hours_with(crowd: Any, rule: Any) -> None:
    """R9: the person, the zone and the rule are named."""
    hours = rule("hours", "timezone-overlap", min="4 hours")
    known = crowd([hours], PEOPLE, coaches=[Coach(id="ann@x")], zones={"p4": "Asia/Tokyo"})
    proof = out_of_reach(known)

    assert proof is not None
    assert "no coach shares enough working hours with P4 in Asia/Tokyo (rule hours)" == proof.words


def test_more_hours_than_anybody_works(crowd: Any, rule: Any) -> None:
    """R7: nine hours in common of eight worked cannot be."""
    proof = out_of_reach(crowd([rule("hours", "timezone-overlap", min="9 hours")], PEOPLE))

    assert proof is not None
    assert "nobody works as many hours" in proof.words
