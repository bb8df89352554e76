"""A division in words."""

from typing import Any


def test_every_person_is_explained(planned_northern: Any) -> None:
    """R7: each seat tells the shared region and who shares what, and names the rule of each reason."""
    seat = planned_northern.pods.pods[0].seats[0]

    assert "everyone there has region Cumbria (rule one-region)" in seat.why
    assert all("(rule " in line for line in seat.why)


def test_every_rule_is_explained_and_the_score_adds_up(planned_northern: Any, planned_brightwater: Any) -> None:
    """R7: costs of the rules sum to the score; inflexible rules hold and cost nothing."""
    for proposal in (planned_northern.pods, planned_brightwater.pods):
        assert proposal.score == sum(rule.cost for rule in proposal.rules)
        assert proposal.bound <= proposal.score
        assert all(rule.satisfied and not rule.cost for rule in proposal.rules if rule.flexibility == "inflexible")
        assert all(rule.explanation for rule in proposal.rules)


def test_every_coach_is_explained(planned_northern: Any) -> None:
    """R9: load, zone, accreditation and who else could are told."""
    assert all(len(pod.coach_why) == 4 for pod in planned_northern.pods.pods)
