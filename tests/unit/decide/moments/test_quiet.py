"""Quiet hours of several rules together."""

from datetime import UTC, datetime
from typing import Any

from convener.decide.moments.quiet import Release, quiet_until

ZONE = "Europe/London"


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def quiet(world: Any, identity: str, begins: str, ends: str, *, inflexible: bool = False, **more: Any) -> Any:
    """Make quiet hours with their rule."""
    rule = world.rule("quiet-hours", identity=identity, inflexible=inflexible, **{"from": begins, "to": ends}, **more)
    return rule, rule.terms


def test_an_open_hour_is_left_alone(world: Any) -> None:
    """Nothing waits that need not."""
    rules = [quiet(world, "night", "20:00", "07:30")]

    assert Release(at("2027-01-12T12:00")) == quiet_until(rules, at("2027-01-12T12:00"), ZONE, None)


def test_the_end_of_one_quiet_may_lie_in_another(world: Any) -> None:
    """P6: after the night comes the morning round, and then the day is open, in whatever order they are written."""
    night, morning = quiet(world, "night", "20:00", "07:30"), quiet(world, "morning", "07:00", "09:15")

    for rules in ([night, morning], [morning, night]):
        assert Release(at("2027-01-13T09:15"), morning[0]) == quiet_until(rules, at("2027-01-12T21:00"), ZONE, None)


def test_a_flexible_quiet_gives_way_where_an_inflexible_one_loses_the_message(world: Any) -> None:
    """P7: what would be useless after the quiet goes out in it, unless a rule forbids that."""
    soft, hard = quiet(world, "soft", "20:00", "07:30"), quiet(world, "hard", "20:00", "07:30", inflexible=True)
    asked, end = at("2027-01-12T21:00"), at("2027-01-13T06:00")

    assert Release(asked) == quiet_until([soft], asked, ZONE, end)
    assert Release(None, hard[0]) == quiet_until([soft, hard], asked, ZONE, end)


def test_quiet_that_never_ends_is_none(world: Any) -> None:
    """Two flexible rules that leave no hour open between them silence nothing for ever."""
    rules = [quiet(world, "early", "00:00", "12:00"), quiet(world, "late", "12:00", "00:00")]
    asked = at("2027-01-12T10:00")

    found = quiet_until(rules, asked, ZONE, None)

    assert found.instant is not None
    assert asked <= found.instant <= at("2027-01-12T12:00")
