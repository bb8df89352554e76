"""Why no series of dates exists, and ways out that work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from convener.model import Coach, Conflict, DateProposal
from convener.planning import propose_dates

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
World = Callable[..., Any]


def test_a_gap_that_is_too_short_is_named(
    ruleset: World, rule: World, register: World, pods_of: World, availability: World
) -> None:
    """R11: dates further apart than allowed: the rule, and the least longer gap that works."""
    known = pods_of(register({"ana": {}}), {"one": ["ana"]})
    days = [date(2027, 2, 1), date(2027, 2, 20), date(2027, 3, 5)]
    answers = availability(days, {"ana": "yyy"})

    found = propose_dates(
        ruleset(rule("gap", "session-gap", min="5 days", max="14 days")), known, answers, earliest=EARLIEST
    )
    wider = ruleset(rule("gap", "session-gap", min="5 days", max="19 days"))

    assert isinstance(found, Conflict)
    assert (("gap",), ('let rule gap have max = "19 days"',)) == (found.rules, found.relaxations)
    assert isinstance(propose_dates(wider, known, answers, earliest=EARLIEST), DateProposal)


def test_a_quorum_out_of_reach_names_the_session(
    ruleset: World, rule: World, register: World, pods_of: World, availability: World
) -> None:
    """R11: the way out says at which session how many of how many can come."""
    known = pods_of(register({"ana": {}, "ben": {}}), {"one": ["ana", "ben"]})
    days = [date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 15)]

    found = propose_dates(
        ruleset(rule("quorum", "quorum", members="100%")),
        known,
        availability(days, {"ana": "yyy", "ben": "yny"}),
        earliest=EARLIEST,
    )

    assert isinstance(found, Conflict)
    assert (("quorum",), ("ben",)) == (found.rules, found.people)
    assert ("let rule quorum be missed: 1 of 2 at lead/one/2 on 8 February 2027",) == found.relaxations


def test_a_silent_coach_is_to_be_asked(
    ruleset: World, rule: World, register: World, pods_of: World, availability: World
) -> None:
    """R11: a coach with no answers: asking them is offered first, since a yes would do."""
    known = pods_of(register({"ana": {}}, coaches=[Coach(id="coach@x")]), {"one": ["ana"]}, "coach@x")
    answers = availability([date(2027, 2, 1) + timedelta(days=7 * at) for at in range(4)], {"ana": "yyyy"})

    found = propose_dates(ruleset(rule("quorum", "quorum", members=1, coach=True)), known, answers, earliest=EARLIEST)

    assert isinstance(found, Conflict)
    assert "no answer from Coach@X" in found.explanation
    assert "get an answer from Coach@X" == found.relaxations[0]


def test_a_day_too_full_for_the_coach_is_named(
    ruleset: World, rule: World, register: World, pods_of: World, availability: World
) -> None:
    """R11: two pods of one coach who may have one session a day: the limit is the rule to relax."""
    known = pods_of(
        register({"ana": {}, "ben": {}}, coaches=[Coach(id="coach@x")]), {"one": ["ana"], "two": ["ben"]}, "coach@x"
    )
    days = [date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 15)]
    early, late = (availability(days, {"ana": "yyy", "ben": "yyy"}, hour=hour) for hour in (9, 14))
    both = replace(
        early,
        slots=(*early.slots, *late.slots),
        answers={who: (*given, *given) for who, given in early.answers.items()},
    )

    found = propose_dates(ruleset(rule("load", "coach-load", max_sessions_per_day=1)), known, both, earliest=EARLIEST)

    assert isinstance(found, Conflict)
    assert ("load",) == found.rules
    assert ("make rule load flexible",) == found.relaxations
