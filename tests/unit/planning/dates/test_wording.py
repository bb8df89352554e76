"""Dates, people and rules in words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.model import Coach, DateRange
from convener.planning.dates.judging import Judged, judge
from convener.planning.dates.posing import pose
from convener.planning.dates.slots import Grid
from convener.planning.dates.wording import absent, day_of, few, forbidding, if_needed, moment, when

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1), date(2027, 4, 5)]


def judged(make: Any, said: dict[str, str], *rules: Any, coach: str = "", **more: Any) -> Judged:
    """Return how one pod of ana, ben and cho sees two days."""
    known = make.register({each: {} for each in ("ana", "ben", "cho")}, coaches=[Coach(id="coach@x", **more)])
    register = make.pods(known, {"one": ["ana", "ben", "cho"]}, coach)
    question = pose(make.ruleset(*rules), register, make.availability(DAYS, said), EARLIEST)
    return judge(Grid(question), question.pods[0])


def test_instants_are_written_on_the_programmes_clock(make: Any) -> None:
    """R10: an evening in London is the next morning in Auckland, before and after the clocks change there."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    answers = make.availability(DAYS, {}, hour=20)
    question = pose(make.ruleset(zone="Pacific/Auckland"), known, answers, EARLIEST)
    winter, summer = (slot.starts for slot in question.slots)

    assert ("2 February 2027", "2 February 2027 09:00") == (day_of(question, winter), moment(question, winter))
    assert ("6 April 2027", "6 April 2027 08:00") == (day_of(question, summer), moment(question, summer))


def test_whole_days_are_written_without_an_hour(make: Any) -> None:
    """R10: who was asked about a date reads a date."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    question = pose(make.ruleset(), known, make.availability(DAYS, {}), EARLIEST)
    slot = question.slots[0]

    assert ["1 February 2027 10:00", "1 February 2027"] == [
        when(question, each) for each in (slot, replace(slot, whole_day=True))
    ]


def test_those_who_said_no_or_nothing_are_absent(make: Any) -> None:
    """R11: only members of that day count, and who comes if needed is told apart."""
    seen = judged(make, {"ana": "yi", "ben": "ny"})
    question = seen.party.grid.question

    left = replace(seen.party, here=seen.party.here & [[True], [True], [False]])

    assert [["ben"], []] == [absent(replace(seen, party=left), slot) for slot in (0, 1)]
    assert [["ben", "cho"], ["cho"]] == [absent(seen, slot) for slot in (0, 1)]
    assert [[], ["Ana"]] == [if_needed(question, ("ana", "ben", "cho"), slot) for slot in (0, 1)]


@pytest.mark.parametrize(
    ("kind", "terms", "coach", "words"),
    [
        ("quorum", {"members": "100%"}, "", ["r: 2 of 3 can come, 3 are needed"]),
        ("quorum", {"members": 1, "coach": True}, "", ["r: there is no coach"]),
        ("quorum", {"members": 1, "coach": True}, "coach@x", ["r: Coach@X cannot come"]),
        (
            "quorum",
            {"members": 3, "coach": True},
            "coach@x",
            ["r: 2 of 3 can come, 3 are needed and Coach@X cannot come"],
        ),
        ("blackout", {"dates": ("2027-02-01",)}, "", ["r"]),
        ("quorum", {"members": 1}, "", []),
    ],
)
def test_a_forbidden_slot_says_which_rule_forbids_it(
    make: Any, kind: str, terms: Any, coach: str, words: list[str]
) -> None:
    """R11: a quorum says how many of how many, and whether a coach is lacking; a flexible rule forbids nothing."""
    said = {"ana": "yy", "ben": "yy"}
    hard, soft = (make.rule("r", kind, flexible=flexible, **terms) for flexible in (False, True))

    assert words == list(forbidding(judged(make, said, hard, coach=coach), 0))
    assert [] == list(forbidding(judged(make, said, soft, coach=coach), 0))


def test_a_coach_who_is_away_is_named(make: Any) -> None:
    """R9: what no rule could lift is told with who is away."""
    seen = judged(make, {}, coach="coach@x", away=(DateRange.parse("2027-02-01..2027-02-03"),))

    assert [["Coach@X away or engaged"], []] == [list(forbidding(seen, slot)) for slot in (0, 1)]
    assert [slot for slot in (0, 1) if seen.allowed[slot]] == [
        slot for slot in (0, 1) if not list(forbidding(seen, slot))
    ]


@pytest.mark.parametrize(
    ("names", "words"),
    [("", ""), ("a", "a"), ("ab", "a and b"), ("abc", "a, b and c"), ("abcd", "a, b and 2 more")],
)
def test_long_lists_are_cut(names: str, words: str) -> None:
    """R11: one more than fit is named, rather than counted."""
    assert words == few(names, 2)
