"""What one session might be instead."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.errors import UsageError
from convener.model import Coach, DateProposal
from convener.planning import explain_session, propose_dates

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(6)]


def test_free_slots_come_with_their_cost_and_forbidden_ones_with_their_rule(make: Any) -> None:
    """R11: the cheapest first, what counts differently, which sessions move, and what forbids the rest."""
    known = make.pods(make.register({"ana": {}, "ben": {}}), {"one": ["ana", "ben"]})
    answers = make.availability(DAYS, {"ana": "ynyyyy", "ben": "yniyyn"})
    rules = make.ruleset(make.rule("quorum", "quorum", members=1))
    found = propose_dates(rules, known, answers, earliest=EARLIEST)
    assert isinstance(found, DateProposal)

    others = explain_session(rules, known, found, "lead/one/2", answers, earliest=EARLIEST)

    assert ["2027-02-01", "2027-02-22", "2027-03-01"] == [f"{s.starts:%Y-%m-%d}" for s in found.sessions]
    assert [("2027-02-15", 1), ("2027-03-01", 3), ("2027-02-08", None)] == [(o.what[:10], o.cost) for o in others]
    assert ("answers costs 1 more",) == others[0].rules
    assert ("answers costs 3 more", "lead/one/3 moves to 8 March 2027") == others[1].rules
    assert ("quorum: 0 of 2 can come, 1 are needed",) == others[2].rules
    assert "next best: 15 February 2027 10:00, costs 1 more" == found.sessions[1].why[-1]


def test_what_another_pod_takes_is_named(make: Any) -> None:
    """R11: a slot on which the coach meets another pod is forbidden by it."""
    people = make.register({"ana": {}, "ben": {}}, coaches=[Coach(id="coach@x")])
    known = make.pods(people, {"one": ["ana"], "two": ["ben"]}, "coach@x")
    answers = make.availability(DAYS, dict.fromkeys(("ana", "ben", "coach@x"), "yyyyyy"))
    found = propose_dates(make.ruleset(), known, answers, earliest=EARLIEST)
    assert isinstance(found, DateProposal)

    others = [
        other
        for number in (1, 2, 3)
        for other in explain_session(make.ruleset(), known, found, f"lead/one/{number}", answers, earliest=EARLIEST)
    ]

    assert {"another pod meets then, or too many do that day, with Coach@X"} == {
        reason for other in others if other.cost is None for reason in other.rules
    }


def test_a_question_that_has_changed_is_told(make: Any) -> None:
    """Bad input: no such session, and answers that no longer allow what was proposed."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    answers = make.availability(DAYS, {"ana": "yyynnn"})
    rules = make.ruleset(make.rule("quorum", "quorum", members=1))
    found = propose_dates(rules, known, answers, earliest=EARLIEST)
    assert isinstance(found, DateProposal)

    with pytest.raises(UsageError, match="no session 'lead/one/9'"):
        explain_session(rules, known, found, "lead/one/9", answers, earliest=EARLIEST)
    with pytest.raises(UsageError, match="have changed since"):
        explain_session(rules, known, found, "lead/one/1", replace(answers, answers={}), earliest=EARLIEST)
