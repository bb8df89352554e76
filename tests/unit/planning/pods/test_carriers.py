"""Coaches who may be allocated."""

from typing import Any

from convener.model import Coach, Commitment
from convener.planning.pods.carriers import KeptPod, allowed_coaches, carriers_of, lacks
from convener.rulesets.kinds import CoachAccredited


def test_only_coaches_of_the_programme_are_allowed(make: Any) -> None:
    """R9: by address, whatever its case; all of them where the programme names none."""
    known = make.register({"ana": {}}, coaches=[Coach(id="b@x"), Coach(id="a@x")])

    assert ["a@x"] == allowed_coaches(make.ruleset(coaches=("A@X",)), known)
    assert ["a@x", "b@x"] == allowed_coaches(make.ruleset(), known)


def test_frozen_pods_and_other_programmes_take_room(make: Any) -> None:
    """R9: what a coach carries already counts; a flexible limit takes no room."""
    known = make.register({"ana": {}}, coaches=[Coach(id="a@x", max_pods=9)])
    kept = [KeptPod(id="lead/one", name="one", members=("ana",), coach="a@x")]
    elsewhere = [Commitment(coach="a@x", pods=2)]

    def room(*, flexible: bool) -> list[tuple[int | None, int]]:
        rules = make.ruleset(make.rule("load", "coach-load", max_pods=5, flexible=flexible))
        return [(each.room, each.carries) for each in carriers_of(rules, known, ["a@x"], kept, elsewhere)]

    assert [(2, 3)] == room(flexible=False)
    assert [(None, 3)] == room(flexible=True)


def test_papers_that_must_be_there_decide_who_carries(make: Any) -> None:
    """R9: an inflexible rule leaves out who lacks an accreditation or the years; a flexible one nobody."""
    coaches = [Coach(id="a@x", accredited=frozenset({"icf"}), years=3), Coach(id="b@x", years=9)]
    known = make.register({"ana": {}}, coaches=coaches)
    terms: dict[str, Any] = {"accredited": ("icf",), "min_years": 3}

    def carriers(*, flexible: bool) -> list[str]:
        rules = make.ruleset(make.rule("papers", "coach-accredited", flexible=flexible, **terms))
        return [each.id for each in carriers_of(rules, known, ["a@x", "b@x"], (), ())]

    assert ["a@x"] == carriers(flexible=False)
    assert ["a@x", "b@x"] == carriers(flexible=True)
    assert [False, True] == [
        lacks(each, CoachAccredited(**terms)) for each in carriers_of(make.ruleset(), known, ["a@x", "b@x"], (), ())
    ]
