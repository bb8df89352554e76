"""Clauses with their values and facts."""

from datetime import UTC, datetime
from typing import Any

from convener.decide.explanation.clauses import clauses_shown, in_the_way, missing_facts, nearest_miss, worded
from convener.decide.facts import Scene
from convener.decide.index import Index
from convener.decide.moments.moment import Moment


def shown(world: Any, *sources: str) -> Any:
    """Return *sources* as they come out for ann at the first session, nothing recorded."""
    prepared = world.prepared(world.automation("session.starts", when=sources))
    register = world.register()
    session = register.sessions["lead/north/1"]
    moment = Moment(subject=session.id, session=session)
    at = datetime(2027, 1, 18, 9, tzinfo=UTC)
    scene = Scene(index=Index.of(prepared, register), moment=moment, person="ann", at=at)
    return clauses_shown(prepared.automations[0].clauses, scene)


def test_every_clause_is_asked_whatever_the_others_came_to(world: Any) -> None:
    """P16: nothing is short-circuited."""
    clauses = shown(world, "session.number > 1", "attendance.present", "participant.active")

    assert [False, None, True] == [clause.value for clause in clauses]
    assert ["session.number > 1", "attendance.present"] == [clause.source for clause in in_the_way(clauses)]
    assert ["attendance.present"] == missing_facts(clauses)


def test_the_nearest_miss_says_what_was_wanted(world: Any) -> None:
    """P16: a number with its bound, anything else with its value and source."""
    assert (
        "`attendance.missed_in_row >= 2`, which is false: attendance.missed_in_row needs >= 2, was 0 "
        "(nothing recorded that counts)"
    ) == nearest_miss(shown(world, "attendance.missed_in_row >= 2"))
    assert ("`attendance.excused`, which is false: attendance.excused is false (nothing recorded)") == nearest_miss(
        shown(world, "attendance.excused")
    )
    assert (
        "`attendance.present`, which is not known: attendance.present is not known (nothing recorded)"
    ) == nearest_miss(shown(world, "attendance.present"))
    assert "" == nearest_miss(shown(world, "participant.active"))


def test_values_are_read_as_they_are_written() -> None:
    """As in a clause."""
    assert ["true", "unknown", "'held'", "2"] == [worded(value) for value in (True, None, "held", 2)]
