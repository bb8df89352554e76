"""Changing a proposal by hand."""

from dataclasses import replace

import pytest

from convener.errors import RefusedError, UsageError
from convener.operations import pods, proposals
from convener.operations.pods.by_hand import HERE, exchanged, moved

SCOPE = "northern-health/primary-care"


def test_a_swap_that_breaks_an_inflexible_rule_is_refused_by_name(proposed) -> None:
    """Two people of different regions cannot change places (R8)."""
    proposal = pods.show(proposed.workspace, SCOPE).proposal
    register = proposed.register
    first, second = (register.people[pod.seats[0].person].email for pod in proposal.pods[:2])
    with pytest.raises(RefusedError) as caught:
        pods.swap(proposed.workspace, SCOPE, first, second)

    assert "one-region" in caught.value.rules
    assert register.by_email(first).name in str(caught.value)
    assert proposal == pods.show(proposed.workspace, SCOPE).proposal


@pytest.fixture
def loose(proposed):
    """Return it with a rule less: people of different regions may sit together."""
    file = proposed.workspace.folder / "rulesets" / "northern-health.toml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace('kind = "same"\nflexibility = "inflexible"', 'kind = "same"\nflexibility = "flexible"'), "utf-8"
    )
    return proposed


def test_a_swap_says_how_the_cost_changes(loose) -> None:
    """The changed proposal is measured anew, its people are told why, and swapping back restores the cost (R8)."""
    shown = pods.show(loose.workspace, SCOPE)
    first, second = (shown.register.people[pod.seats[0].person].email for pod in shown.proposal.pods[:2])
    found = pods.swap(loose.workspace, SCOPE, first, second)
    back = pods.swap(loose.workspace, SCOPE, first, second)
    after = found.after.proposal

    assert after.score == sum(rule.cost for rule in after.rules) > found.before
    assert "one-region" in {violation.rule for violation in found.violations}
    assert 2 == sum(seat.why[0] == HERE and len(seat.why) > 1 for pod in after.pods for seat in pod.seats)
    assert found.before == back.after.proposal.score


def test_a_move_is_judged_by_size_and_all_rules_at_once(loose) -> None:
    """One person may move within the sizes; a second one out of the same pod is refused by name (R8)."""
    shown = pods.show(loose.workspace, SCOPE)
    pod, other = shown.proposal.pods[:2]
    first, second = (shown.register.people[seat.person].email for seat in pod.seats[:2])
    found = pods.move(loose.workspace, SCOPE, first, other.name)
    with pytest.raises(RefusedError, match="cannot move to") as caught:
        pods.move(loose.workspace, SCOPE, second, other.id)

    assert [7, 9] == [len(each.seats) for each in found.after.proposal.pods[:2]]
    assert ("pod-size",) == caught.value.rules


def test_a_move_can_be_rehearsed(loose) -> None:
    """`--dry-run` judges and keeps nothing."""
    shown = pods.show(loose.workspace, SCOPE)
    pod, other = shown.proposal.pods[:2]
    pods.move(loose.workspace, SCOPE, pod.seats[0].person, other.id, dry_run=True)

    assert shown.proposal == pods.show(loose.workspace, SCOPE).proposal


def test_a_frozen_pod_is_not_changed_by_hand(accepted) -> None:
    """What is frozen stays as it is, whoever asks (R8)."""
    pods.freeze(accepted.workspace, f"{SCOPE}/tyneside")
    proposal = pods.propose(accepted.workspace, SCOPE)
    outside = next(pod for pod in proposal.pods if not pod.frozen).seats[0].person
    with pytest.raises(RefusedError, match="tyneside"):
        pods.move(accepted.workspace, SCOPE, outside, "tyneside")


def test_people_without_a_seat_elsewhere_cannot_change(proposed) -> None:
    """A swap needs two pods, a move another pod that there is."""
    proposal = pods.show(proposed.workspace, SCOPE).proposal
    seats = proposal.pods[0].seats
    with pytest.raises(UsageError, match="both sit in"):
        exchanged(proposal, seats[0].person, seats[1].person)
    with pytest.raises(UsageError, match="already"):
        moved(proposal, seats[0].person, proposal.pods[0].name)
    with pytest.raises(UsageError, match="no pod 'nowhere'"):
        moved(proposal, seats[0].person, "nowhere")


def test_a_stale_proposal_can_be_changed_but_not_accepted(proposed) -> None:
    """Somebody who has no seat any more makes no change by hand fail with a traceback."""
    proposal = pods.show(proposed.workspace, SCOPE).proposal
    short = replace(proposal, pods=proposal.pods[1:])
    with proposed.workspace.store.begin() as tx:
        proposals.keep(tx, SCOPE, "pods", short, at=proposed.clock.now())
    with pytest.raises(UsageError):
        pods.move(proposed.workspace, SCOPE, proposal.pods[0].seats[0].person, proposal.pods[1].id)


def test_who_has_no_seat_is_named(proposed) -> None:
    """A coach takes nobody's place, and goes nowhere (R8)."""
    pod = pods.show(proposed.workspace, SCOPE).proposal.pods[0]
    with pytest.raises(UsageError, match="has no seat"):
        pods.swap(proposed.workspace, SCOPE, pod.seats[0].person, pod.coach)
    with pytest.raises(UsageError, match="has no seat"):
        pods.move(proposed.workspace, SCOPE, pod.coach, pod.id)


def test_only_what_a_change_brings_about_is_told(loose) -> None:
    """What flexible rules said of the pods before is no news (R8)."""
    before, other = pods.show(loose.workspace, SCOPE).proposal.pods[:2]
    someone = before.seats[0].person
    found = pods.move(loose.workspace, SCOPE, someone, other.id)
    back = pods.move(loose.workspace, SCOPE, someone, before.id, dry_run=True)

    assert {before.id, other.id} >= {each.subject for each in found.violations}
    assert {before.id, other.id} >= {each.subject for each in back.violations}
