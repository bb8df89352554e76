"""Proposing pods."""

from dataclasses import replace

import pytest

from convener.errors import InvalidError, UsageError
from convener.model import PodProposal
from convener.operations import pods, proposals
from convener.operations.effort import Budget, effort_of
from convener.planning.effort import Effort

SCOPE = "northern-health/primary-care"


def test_without_a_roster_there_is_nobody_to_seat(draft) -> None:
    """The message names the command that comes first."""
    with pytest.raises(UsageError) as caught:
        pods.propose(draft.workspace, SCOPE)

    assert "run: convener sync northern-health" == caught.value.hint


def test_five_regional_sets_of_eight(enrolled) -> None:
    """Every inflexible rule of the example holds in what is proposed (R6)."""
    proposal = pods.propose(enrolled.workspace, SCOPE)
    register = enrolled.register
    regions = [{register.people[seat.person].attributes["region"] for seat in pod.seats} for pod in proposal.pods]

    assert [8] * 5 == [len(pod.seats) for pod in proposal.pods]
    assert all(len(region) == 1 for region in regions)
    assert all(pod.coach for pod in proposal.pods)


def test_every_seat_and_every_rule_is_explained(enrolled) -> None:
    """Each person hears why they are where they are, and each rule what it cost (R7)."""
    proposal = pods.propose(enrolled.workspace, SCOPE)

    assert all(seat.why for pod in proposal.pods for seat in pod.seats)
    assert {"pod-size", "one-region", "not-with-own-manager"} <= {rule.id for rule in proposal.rules}


def test_the_same_seed_gives_the_same_pods(enrolled) -> None:
    """Proposing twice is proposing once, whether anybody watches or not (R8)."""
    first = pods.propose(enrolled.workspace, SCOPE, effort=Effort(seed=7))
    watched = pods.propose(enrolled.workspace, SCOPE, effort=effort_of(Budget(seed=7), lambda progress, seconds: False))

    assert first == watched


class Killed(Effort):
    """The effort of a search that does not come to its end."""

    def left(self, usual: int) -> int:
        """End everything at once."""
        raise KeyboardInterrupt


def test_a_search_that_is_killed_leaves_the_last_proposal(proposed) -> None:
    """Nothing is kept before the search has ended (R8)."""
    before = pods.show(proposed.workspace, SCOPE).proposal
    with pytest.raises(KeyboardInterrupt):
        pods.propose(proposed.workspace, SCOPE, effort=Killed(seed=9))

    assert before == pods.show(proposed.workspace, SCOPE).proposal


def test_of_two_at_once_the_later_is_kept_whole(proposed) -> None:
    """Each keeps its own proposal in one piece; which is last is what counts."""
    first = pods.show(proposed.workspace, SCOPE).proposal
    second = replace(first, seed=2)
    with proposed.workspace.store.begin() as tx:
        for each in (second, first):
            proposals.keep(tx, SCOPE, "pods", each, at=proposed.clock.now())

    assert first == pods.show(proposed.workspace, SCOPE).proposal


def test_what_cannot_be_keeps_the_last_proposal(proposed) -> None:
    """A conflict is told with its rules and exit 3, and changes nothing (R7)."""
    before = pods.show(proposed.workspace, SCOPE).proposal
    file = proposed.workspace.folder / "rulesets" / "northern-health.toml"
    file.write_text(
        file.read_text("utf-8").replace("min = 7\ntarget = 8\nmax = 9", "min = 6\ntarget = 6\nmax = 6"), "utf-8"
    )
    with pytest.raises(InvalidError) as caught:
        pods.propose(proposed.workspace, SCOPE)

    assert ("conflict", 3) == (caught.value.problems[0].code, caught.value.exit_code)
    assert before == pods.show(proposed.workspace, SCOPE).proposal


def test_what_is_shown_says_what_each_pod_costs(proposed) -> None:
    """Costs by pod and rule add up to the score where every rule judges pods one by one (R7)."""
    shown = pods.show(proposed.workspace, SCOPE)

    assert shown.proposal.score == sum(sum(costs.values()) for costs in shown.costs.values())
    assert {pod.id for pod in shown.proposal.pods} == set(shown.costs)


def test_a_new_proposal_is_compared_with_the_last_or_with_the_pods_of_today(enrolled) -> None:
    """At first there is nothing; then the last proposal; and without one the pods of today (R8)."""
    nothing = pods.previous(enrolled.workspace, SCOPE)
    first = pods.propose(enrolled.workspace, SCOPE)
    last = pods.previous(enrolled.workspace, SCOPE)
    pods.accept(enrolled.workspace, SCOPE)

    assert (None, first) == (nothing, last)
    assert isinstance(pods.previous(enrolled.workspace, SCOPE), PodProposal)
