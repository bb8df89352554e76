"""How pods stand."""

from datetime import date

from convener.operations.pods.standing import standing

SCOPE = "northern-health/primary-care"


def test_the_pods_of_today_are_measured_as_if_they_were_proposed(accepted) -> None:
    """Members, coaches and what each rule says of them now (R8)."""
    with accepted.workspace.store.begin() as tx:
        now = standing(tx, accepted.workspace, SCOPE)
    present = now.present()

    assert present is not None
    assert now.present() == now.measured(present).proposal
    assert [8] * 5 == [len(pod.seats) for pod in present.pods]
    assert all(pod.coach for pod in present.pods)
    assert present.score == sum(rule.cost for rule in present.rules) > 0


def test_without_accepted_pods_there_are_none_today(proposed) -> None:
    """A proposal is no pod yet."""
    with proposed.workspace.store.begin() as tx:
        now = standing(tx, proposed.workspace, SCOPE)

    assert (None, date(2027, 1, 18)) == (now.present(), now.day)
