"""Accepting and freezing pods."""

from dataclasses import replace
from datetime import date

import pytest

from convener.errors import RefusedError, UsageError
from convener.operations import pods, proposals
from convener.planning.effort import Effort

SCOPE = "northern-health/primary-care"


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


def test_a_frozen_pod_keeps_its_members(enrolled) -> None:
    """A pod that is frozen is proposed again as it is (R8)."""
    pods.propose(enrolled.workspace, SCOPE)
    pods.accept(enrolled.workspace, SCOPE)
    pods.freeze(enrolled.workspace, f"{SCOPE}/tyneside")
    again = pods.propose(enrolled.workspace, SCOPE, effort=Effort(seed=3))
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
        proposals.keep(tx, SCOPE, "pods", short, at=enrolled.clock.now())
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


def test_pods_that_break_a_rule_by_now_are_not_accepted(proposed) -> None:
    """The rules are asked again, as they are when it is accepted (R27)."""
    file = proposed.workspace.folder / "rulesets" / "northern-health.toml"
    file.write_text(
        file.read_text("utf-8").replace("min = 7\ntarget = 8\nmax = 9", "min = 4\ntarget = 5\nmax = 6"), "utf-8"
    )
    with pytest.raises(RefusedError, match="cannot be accepted any more") as caught:
        pods.accept(proposed.workspace, SCOPE)

    assert ("pod-size",) == caught.value.rules
