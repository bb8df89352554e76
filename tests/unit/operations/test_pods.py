"""Proposing and accepting pods."""

from dataclasses import replace
from datetime import date

import pytest

from convener.errors import RefusedError, UsageError
from convener.operations import pods
from convener.operations.sync import sync

SCOPE = "northern-health/primary-care"


@pytest.fixture
def enrolled(draft):
    """Return a draft whose roster has been read."""
    sync(draft.workspace, "northern-health")
    return draft


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
    """Proposing twice is proposing once (R8)."""
    first = pods.propose(enrolled.workspace, SCOPE, seed=7)

    assert first == pods.propose(enrolled.workspace, SCOPE, seed=7)


def test_accepting_dates_the_memberships_and_makes_the_sessions(enrolled) -> None:
    """From the day of acceptance the register knows pods, coaches and nine sessions a pod (R1)."""
    pods.propose(enrolled.workspace, SCOPE)
    pods.accept(enrolled.workspace, SCOPE)
    register = enrolled.register

    assert (5, 40, 45) == (len(register.pods), len(register.memberships), len(register.sessions))
    assert register.memberships[0].since == date(2026, 11, 30)
    assert all(register.coach_of(pod, date(2026, 12, 1)) for pod in register.pods)


def test_accepting_twice_changes_nothing(enrolled) -> None:
    """A second acceptance opens no second membership (R8)."""
    pods.propose(enrolled.workspace, SCOPE)
    pods.accept(enrolled.workspace, SCOPE)
    once = enrolled.register.memberships
    pods.accept(enrolled.workspace, SCOPE)

    assert once == enrolled.register.memberships


def test_a_swap_that_breaks_an_inflexible_rule_is_refused_by_name(enrolled) -> None:
    """Two people of different regions cannot change places (R8)."""
    proposal = pods.propose(enrolled.workspace, SCOPE)
    register = enrolled.register
    first, second = (register.people[pod.seats[0].person].email for pod in proposal.pods[:2])
    with pytest.raises(RefusedError) as caught:
        pods.swap(enrolled.workspace, SCOPE, first, second)

    assert "one-region" in caught.value.rules
    assert proposal == pods.show(enrolled.workspace, SCOPE)[0]


def test_people_of_one_pod_cannot_swap(enrolled) -> None:
    """A swap needs two pods."""
    proposal = pods.propose(enrolled.workspace, SCOPE)
    seats = proposal.pods[0].seats
    with pytest.raises(UsageError, match="two different pods"):
        pods.exchanged(proposal, seats[0].person, seats[1].person)


def test_a_frozen_pod_keeps_its_members(enrolled) -> None:
    """A pod that is frozen is proposed again as it is (R8)."""
    pods.propose(enrolled.workspace, SCOPE)
    pods.accept(enrolled.workspace, SCOPE)
    pods.freeze(enrolled.workspace, f"{SCOPE}/tyneside")
    again = pods.propose(enrolled.workspace, SCOPE, seed=3)
    kept = next(pod for pod in again.pods if pod.name == "tyneside" or pod.id.endswith("/tyneside"))

    assert kept.frozen
    assert enrolled.register.members("primary-care/tyneside", date(2026, 12, 1)) == sorted(
        seat.person for seat in kept.seats
    )


def test_pods_proposed_before_somebody_joined_are_stale(enrolled) -> None:
    """A proposal that no longer seats everyone is not accepted."""
    proposal = pods.propose(enrolled.workspace, SCOPE)
    short = replace(proposal, pods=proposal.pods[1:])
    with enrolled.workspace.store.begin() as tx:
        pods.proposals.keep(tx, SCOPE, "pods", short, at=enrolled.clock.now())
    with pytest.raises(UsageError, match="joined or left"):
        pods.accept(enrolled.workspace, SCOPE)


def test_every_change_of_pods_can_be_rehearsed(enrolled) -> None:
    """`--dry-run` judges as the real thing does, and writes nothing."""
    pods.propose(enrolled.workspace, SCOPE)
    rehearsed = pods.accept(enrolled.workspace, SCOPE, dry_run=True)
    before = enrolled.register
    pods.accept(enrolled.workspace, SCOPE)
    pods.freeze(enrolled.workspace, f"{SCOPE}/tyneside", dry_run=True)

    assert (5, 0) == (len(rehearsed.pods), len(before.pods))
    assert not enrolled.register.pods["primary-care/tyneside"].frozen
