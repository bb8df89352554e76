"""A schedule in words."""

from typing import Any


def test_costs_add_up_to_the_score(planned_northern: Any, planned_brightwater: Any) -> None:
    """R7: every rule that dates are judged by is told, inflexible ones hold, and the costs sum to the score."""
    for proposal in (planned_northern.dates, planned_brightwater.dates):
        assert proposal.score == sum(rule.cost for rule in proposal.rules)
        assert all(rule.satisfied and not rule.cost for rule in proposal.rules if rule.flexibility == "inflexible")


def test_every_session_is_explained(planned_northern: Any) -> None:
    """R11: who can come, who cannot, and how long after the session before."""
    session = planned_northern.dates.sessions[1]
    names = [planned_northern.register.people[person].name for person in session.absent]

    assert session.why[0] == f"{len(session.coming)} of 8 can come, 6 are needed"
    assert not names or any(line.startswith("cannot: ") and names[0] in line for line in session.why)
    assert any(line.endswith(" days after the session before") for line in session.why)


def test_topics_come_from_the_rules(planned_northern: Any, planned_brightwater: Any) -> None:
    """R10: each number has its topic; those a pod chooses are still open."""
    assert ["Contracting", "Working across practices"] == [s.topic for s in planned_northern.dates.sessions[:2]]
    assert ["Kick-off", "Coaching skills", "Delegation", "", "", ""] == [
        session.topic for session in planned_brightwater.dates.sessions[:6]
    ]
