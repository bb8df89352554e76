"""Pods of today mended."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from convener.errors import ConvenerError
from convener.model import Coach, Enrolment, ParticipantStatus, Pod, PodProposal, Register
from convener.planning import propose_pods, verify_pods
from convener.planning.pods.reform import MOVE_WORTH

DAY = date(2026, 12, 1)
SIZE = {"min": 3, "target": 4, "max": 5}


def gone(register: Register, *people: str) -> Register:
    """Return *register* without *people*."""
    left = [replace(row, until=date(2026, 11, 1)) if row.person in people else row for row in register.enrolments]
    away = [Enrolment(person=person, status=ParticipantStatus.WITHDRAWN, since=date(2026, 11, 1)) for person in people]
    return replace(register, enrolments=(*left, *away))


def members(found: PodProposal) -> dict[str, str]:
    """Return the members of each pod in one word, by id."""
    return {pod.id: "".join(seat.person for seat in pod.seats) for pod in found.pods}


def mended(rules: Any, register: Register, **asked: Any) -> PodProposal:
    """Return the pods of *register* mended, as the verifier finds them good."""
    found = propose_pods(rules, register, day=DAY, reform=True, **asked)
    assert isinstance(found, PodProposal), found
    assert not [each for each in verify_pods(rules, register, found, day=DAY) if each.inflexible]
    return found


def test_nobody_moves_for_nothing(make: Any) -> None:
    """R8: a division as good as any stays as it is, and who joins moves nobody."""
    people = make.register({name: {} for name in "abcdefghi"})
    known = make.pods(people, {"one": "abcd", "two": "efgh"})
    rules = make.ruleset(make.rule("size", "pod-size", **SIZE))

    found = mended(rules, known)

    assert [0] == [trade.moves for trade in found.trades]
    assert {"abcd", "efgh"} <= {word.replace("i", "") for word in members(found).values()}


def test_a_small_pod_is_given_up_or_filled(make: Any) -> None:
    """R8: after drop-outs the fewest people change pods so that every size holds again."""
    people = make.register({name: {} for name in "abcdefghijkl"})
    known = gone(make.pods(people, {"one": "abcd", "two": "efgh", "three": "ijkl"}), "j", "k")

    found = mended(make.ruleset(make.rule("size", "pod-size", **SIZE)), known)

    assert (0, ("size",)) == (found.trades[0].moves, found.trades[0].breaches)
    assert 1 == found.trades[-1].moves
    assert 3 == len(found.pods)


def test_a_new_pod_is_opened_when_there_are_too_many(make: Any) -> None:
    """R8: eleven people in two pods of five at most make three."""
    people = make.register({name: {} for name in "abcdefghijk"})
    known = make.pods(people, {"one": "abcde", "two": "fghij"})

    found = mended(make.ruleset(make.rule("size", "pod-size", **SIZE)), known)

    assert 2 == found.trades[-1].moves
    assert 3 == len(found.pods)


def test_moves_are_made_while_they_are_worth_it(make: Any) -> None:
    """R8: the ladder says what each number of moves buys; one move too dear is not made, and a limit holds."""
    teams = {name: {"team": team} for name, team in zip("abcdefgh", "xxxxyyyy", strict=True)}
    known = make.pods(make.register(teams), {"one": "abcd", "two": "efgh"})
    size = make.rule("size", "pod-size", min=4, target=4, max=4)

    dear = mended(make.ruleset(size, make.rule("mix", "mix", by=("team",), flexible=True, weight=1)), known)
    worth = mended(make.ruleset(size, make.rule("mix", "mix", by=("team",), flexible=True, weight=9)), known)
    few = mended(make.ruleset(size, make.rule("mix", "mix", by=("team",), flexible=True, weight=9)), known, moves=2)

    assert [(0, 12), (2, 6), (4, 4)] == [(trade.moves, trade.score) for trade in dear.trades]
    assert (12 - 6, 6 - 4) == (2 * MOVE_WORTH, 2)
    assert (12, 4 * 9, 6 * 9) == (dear.score, worth.score, few.score)
    assert (4, 36) == (dear.bound, worth.bound)


def test_too_few_moves_are_said(make: Any) -> None:
    """R8: when the rules need more moves than allowed, the number is named."""
    people = make.register({name: {} for name in "abcdefghijkl"})
    known = gone(make.pods(people, {"one": "abcd", "two": "efgh", "three": "ijkl"}), "j", "k")

    with pytest.raises(ConvenerError, match="1 are enough") as raised:
        mended(make.ruleset(make.rule("size", "pod-size", **SIZE)), known, moves=0)

    assert "--moves 1" in raised.value.hint


def test_frozen_pods_and_coaches_stay(make: Any) -> None:
    """R8: a frozen pod is left alone, and pods keep their coaches, near or far."""
    coaches = [Coach(id="far@x"), Coach(id="near@x")]
    people = make.register({name: {} for name in "abcdefghi"}, coaches=coaches, zones={"far@x": "Australia/Perth"})
    known = make.pods(people, {"one": "ab", "two": "cdef"}, coach="far@x")
    frozen = replace(known, pods={**known.pods, "lead/one": Pod(id="lead/one", name="one", frozen=True)})

    found = mended(make.ruleset(make.rule("size", "pod-size", **SIZE)), frozen)

    assert "ab" == members(found)["lead/one"]
    assert {"far@x"} == {pod.coach for pod in found.pods if not pod.id.endswith("3")} - {"near@x"}
