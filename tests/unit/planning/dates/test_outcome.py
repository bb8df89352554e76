"""A schedule in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from convener.model import DateProposal
from convener.planning import propose_dates


def test_costs_add_up_to_the_score(planned_northern: Any, planned_brightwater: Any) -> None:
    """R7: every rule that dates are judged by is told, inflexible ones hold, and the costs sum to the score."""
    for proposal in (planned_northern.dates, planned_brightwater.dates):
        assert proposal.score == sum(rule.cost for rule in proposal.rules)
        assert all(rule.satisfied and not rule.cost for rule in proposal.rules if rule.flexibility == "inflexible")


def test_topics_come_from_the_rules(planned_northern: Any, planned_brightwater: Any) -> None:
    """R10: each number has its topic; those a pod chooses are still open."""
    assert ["Contracting", "Working across practices"] == [s.topic for s in planned_northern.dates.sessions[:2]]
    assert ["Kick-off", "Coaching skills", "Delegation", "", "", ""] == [
        session.topic for session in planned_brightwater.dates.sessions[:6]
    ]


def test_rules_say_where_and_pods_how_they_see_the_slots(make: Any) -> None:
    """R11: which sessions fall short of a rule, and how many can come to each slot, below 0 where it is forbidden."""
    known = make.pods(make.register({"ana": {}, "ben": {}}), {"one": ["ana", "ben"]})
    days = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(4)]
    rules = make.ruleset(
        make.rule("all", "quorum", flexible=True, weight=5, members=2),
        replace(make.rule("trial", "quorum", flexible=True, members=2), audited=True),
        make.rule("black", "blackout", dates=("2027-02-08",)),
    )
    answers = make.availability(days, {"ana": "yyyy", "ben": "yyny"})

    found = propose_dates(rules, known, answers, earliest=datetime(2027, 1, 1, tzinfo=UTC))

    assert isinstance(found, DateProposal)
    outcomes = {outcome.id: outcome for outcome in found.rules}
    assert ("lead/one/2",) == outcomes["all"].where == outcomes["answers"].where
    assert ("falls short 1 time at 5 each", 5) == (outcomes["all"].explanation, outcomes["all"].cost)
    assert "under audit: falls short 1 time at 1 each" == outcomes["trial"].explanation
    assert [(2, -3, 1, 2)] == [view.can for view in found.views]
    assert ([2], answers.slots) == ([view.size for view in found.views], found.slots)
