"""What a proposal would change."""

from dataclasses import replace

import pytest

from convener.errors import UsageError
from convener.model import PodProposal, ProposedPod, RuleOutcome, Seat
from convener.operations import pods, proposals
from convener.operations.pods.comparing import between, relabelled

SCOPE = "northern-health/primary-care"


def proposal(*, score: int = 0, coaches: str = "", **members: str) -> PodProposal:
    """Return pods by name with one letter for each member, and with one for each coach."""
    found = tuple(
        ProposedPod(id=f"lead/{name}", name=name, coach=coach, seats=tuple(Seat(person=who, why=()) for who in people))
        for (name, people), coach in zip(members.items(), coaches or [None] * len(members), strict=True)
    )
    rule = RuleOutcome(id="mixed", flexibility="flexible", satisfied=not score, cost=score, explanation="")
    return PodProposal(programme="lead", seed=1, score=score, bound=0, pods=found, rules=(rule,))


def shifts(found) -> list[tuple[str, str | None, str | None]]:
    """Return who moves from where to where."""
    return [(each.what, each.before, each.after) for each in found.people]


def test_who_moves_joins_and_leaves() -> None:
    """By the ids of the pods, which is what counts once they are accepted (R8)."""
    found = between(proposal(north="abc", south="de", score=3), proposal(north="ab", south="cef", score=1))

    assert [("d", "lead/south", None), ("f", None, "lead/south"), ("c", "lead/north", "lead/south")] == shifts(found)
    assert ((3, 1), [("mixed", 3, 1)]) == (
        found.scores, [(rule.id, rule.before.cost, rule.after.cost) for rule in found.rules],
    )  # fmt: skip


def test_coaches_that_change() -> None:
    """A pod with another coach, and a new pod with its first, are told; the same one is not."""
    found = between(
        proposal(north="ab", south="cd", coaches="xy"), proposal(north="ab", south="cd", east="e", coaches="xzw")
    )

    assert [("lead/south", "y", "z"), ("lead/east", None, "w")] == [(c.what, c.before, c.after) for c in found.coaches]


def test_equal_pods_differ_in_nothing() -> None:
    """Two proposals alike are empty of changes (R8)."""
    assert between(proposal(north="ab"), proposal(north="ab")).empty


def test_labels_that_nobody_was_told_of_are_no_moves() -> None:
    """Pods called another way with most of their people are the same; one that is split up keeps a label apart (R8)."""
    before, after = proposal(one="abc", two="def", three="gh"), proposal(one="def", two="abg", three="ch")
    found = between(relabelled(before, after), after)

    assert [("c", "lead/two", "lead/three"), ("g", "lead/three", "lead/two")] == shifts(found)


def test_a_label_taken_by_others_is_told_from_the_one_before() -> None:
    """Nobody seems to stay in a pod that only carries the same label."""
    before, after = proposal(one="abc", two="de"), proposal(two="abc", one="d", three="e")
    found = between(relabelled(before, after), after)

    assert {("d", "lead/two (before)", "lead/one"), ("e", "lead/two (before)", "lead/three")} == set(shifts(found))


def test_the_last_proposal_is_compared_with_the_pods_of_today(accepted) -> None:
    """Right after accepting there is no difference; after a change by hand there is (R8)."""
    same, _ = pods.diff(accepted.workspace, SCOPE)
    before = pods.show(accepted.workspace, SCOPE).proposal
    first, second = before.pods[0], before.pods[1]
    changed = replace(before, pods=(replace(first, seats=first.seats[1:]), second, *before.pods[2:]))
    with accepted.workspace.store.begin() as tx:
        proposals.keep(tx, SCOPE, "pods", changed, at=accepted.clock.now())
    other, _ = pods.diff(accepted.workspace, SCOPE)

    assert (True, False) == (same.empty, other.empty)
    assert [(first.seats[0].person, first.id, None)] == shifts(other)


def test_without_pods_there_is_nothing_to_compare(proposed) -> None:
    """The cure is to look at the proposal itself."""
    with pytest.raises(UsageError) as caught:
        pods.diff(proposed.workspace, SCOPE)

    assert f"run: convener pods show {SCOPE}" == caught.value.hint
