"""What is kept between decisions."""

from datetime import UTC, datetime

from convener.decide.keeping import OpenPolls, Same, timetable_of
from convener.model import PollRequest


def test_the_same_objects_make_the_same_key_and_equal_ones_do_not() -> None:
    """N6: frozen values are told apart by what they are, which costs nothing."""
    one, other = {"a": 1}, {"a": 1}

    assert Same(one, "x") == Same(one, "x")
    assert hash(Same(one)) == hash(Same(one))
    assert Same(one) != Same(other)
    assert Same(one) != Same(one, one)
    assert Same(one) != one


def test_a_timetable_is_one_for_the_same_rules_and_sessions() -> None:
    """N6: what was reckoned for them is found again."""
    rules, sessions = object(), object()

    assert timetable_of(Same(rules, sessions)) is timetable_of(Same(rules, sessions))
    assert timetable_of(Same(rules, sessions)) is not timetable_of(Same(rules, object()))


def test_polls_are_found_by_when_they_close() -> None:
    """P8: one that closes at an instant is not open after it."""
    first, second = (
        PollRequest(
            poll="engagement",
            subject="lead",
            person=who,
            opened=datetime(2027, 1, 1, tzinfo=UTC),
            closes=datetime(2027, 1, day, tzinfo=UTC),
        )
        for who, day in (("ann", 10), ("ben", 20))
    )
    polls = OpenPolls.of([second, first])

    assert [first, second] == polls.after(datetime(2027, 1, 9, tzinfo=UTC))
    assert [second] == polls.after(first.closes)
