"""Every slot as one pod sees it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.model import Coach, Commitment, DateRange
from convener.planning.dates.judging import Judged, judge
from convener.planning.dates.posing import pose
from convener.planning.dates.slots import Grid

EARLIEST = datetime(2027, 3, 1, tzinfo=UTC)
FRIDAY = date(2027, 3, 26)


def judged(rules: Any, known: Any, answers: Any, *more: Any) -> Judged:
    """Return the first pod's view."""
    question = pose(rules, known, answers, EARLIEST, *more)
    return judge(Grid(question), question.pods[0])


@pytest.mark.parametrize("flexible", [False, True])
@pytest.mark.parametrize(
    ("kind", "terms", "units"),
    [
        ("quorum", {"members": "75%"}, 1),
        ("quorum", {"members": 1}, 0),
        ("quorum", {"members": 1, "coach": True}, 1),
        ("session-window", {"days": ("mon",)}, 1),
        ("session-window", {"between": ("11:00", "17:00")}, 1),
        ("session-window", {"zone": "member"}, 1),
        ("blackout", {"dates": ("2027-03-26",)}, 1),
        ("holidays", {}, 1),
        ("notice", {"min": "24 hours"}, 0),
        ("notice", {"min": "4 weeks"}, 1),
    ],
)
def test_rules_forbid_or_cost(make: Any, kind: str, terms: Any, units: int, flexible: bool) -> None:
    """R10: Good Friday at ten with one of two, one of them in Perth, by every rule of dates."""
    people = make.register({"ana": {}, "ben": {}}, zones={"ben": "Australia/Perth"})
    asked = make.rule("asked", kind, flexible=flexible, weight=4, **terms)
    answers = make.availability([FRIDAY], {"ana": "i"})

    seen = judged(make.ruleset(asked), make.pods(people, {"one": ["ana", "ben"]}), answers)

    assert units == seen.units["asked"][1][0]
    assert [flexible or not units] == seen.allowed.tolist()
    assert [4 + 4 * units * flexible] == seen.cost.tolist()


def test_a_rule_under_audit_costs_and_forbids_nothing(make: Any) -> None:
    """R10: what is on trial counts as a preference."""
    asked = replace(make.rule("asked", "blackout", flexible=True, dates=("2027-03-26",)), audited=True)
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})

    seen = judged(make.ruleset(asked), known, make.availability([FRIDAY], {"ana": "y"}))

    assert ([True], [1]) == (seen.allowed.tolist(), seen.cost.tolist())


def test_a_coach_who_is_away_or_engaged_is_never_called_on(make: Any) -> None:
    """R9: days away and sessions elsewhere are no matter of rules."""
    away = Coach(id="coach@x", away=(DateRange.parse("2027-03-20..2027-03-30"),))
    known = make.pods(make.register({"ana": {}}, coaches=[away]), {"one": ["ana"]}, "coach@x")
    answers = make.availability([FRIDAY, date(2027, 4, 6), date(2027, 4, 7)], {"ana": "yyy"})
    at = datetime(2027, 4, 6, 11, tzinfo=UTC)
    elsewhere = Commitment(coach="coach@x", pods=1, sessions=((at, at + timedelta(hours=2)),))

    assert [False, False, True] == judged(make.ruleset(), known, answers, [elsewhere]).allowed.tolist()


def test_a_member_engaged_elsewhere_is_never_double_booked(make: Any) -> None:
    """R10: what is known of a person's other programmes keeps them free for it."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    at = datetime(2027, 3, 26, 11, tzinfo=UTC)
    elsewhere = Commitment(coach="ana", pods=1, sessions=((at, at + timedelta(hours=1)),))

    assert [False] == judged(make.ruleset(), known, make.availability([FRIDAY], {}), [elsewhere]).allowed.tolist()


def test_sessions_agreed_to_count_towards_the_day(make: Any) -> None:
    """R9: one session that morning elsewhere leaves no room where one a day is allowed."""
    known = make.pods(make.register({"ana": {}}, coaches=[Coach(id="coach@x")]), {"one": ["ana"]}, "coach@x")
    at = datetime(2027, 3, 26, 7, tzinfo=UTC)
    elsewhere = Commitment(coach="coach@x", pods=1, sessions=((at, at + timedelta(hours=1)),))
    rules = make.ruleset(make.rule("load", "coach-load", max_sessions_per_day=1))
    answers = make.availability([FRIDAY, date(2027, 3, 27)], {"ana": "yy"})

    assert [False, True] == judged(rules, known, answers, [elsewhere]).allowed.tolist()


def test_a_members_own_holidays_count(make: Any) -> None:
    """R10: Saint Patrick's day is free for whoever keeps the Irish calendar."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    irish = replace(known, people={"ana": replace(known.people["ana"], holidays="IE")})
    answers = make.availability([date(2027, 3, 17)], {"ana": "y"})
    rules = make.ruleset(make.rule("free", "holidays"))

    assert [[True], [False]] == [judged(rules, register, answers).allowed.tolist() for register in (known, irish)]
