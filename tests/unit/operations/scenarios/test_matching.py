"""Comparing what is expected with what there is."""

from datetime import UTC, datetime

from convener.errors import Place
from convener.operations.scenarios.matching import closest_to, difference
from convener.operations.scenarios.messages import Message
from convener.operations.scenarios.suite import Wanted

AT = datetime(2027, 1, 15, 9, tzinfo=UTC)


def message(to: str = "ann", hour: int = 9, about: str = "1") -> Message:
    """Make a reminder."""
    return Message(
        of="remind", to=to, at=AT.replace(hour=hour), via=frozenset({"email"}), what="reminder", about=about,
        speaks_of=frozenset({to}), reason="",
    )  # fmt: skip


def wanted(to: str = "ann", about: str | None = None, via: frozenset[str] | None = None) -> Wanted:
    """Make an expectation."""
    return Wanted(of="remind", to=to, at=AT.replace(tzinfo=None), about=about, via=via, place=Place("x"))


def test_each_expectation_takes_one_message() -> None:
    """Two alike need two expectations."""
    found = difference([wanted()], [message(), message(about="2")], Message.is_as)

    assert ((), (message(about="2"),)) == (found.missing, found.unexpected)


def test_the_most_exact_expectation_chooses_first() -> None:
    """A loose expectation leaves to an exact one what only that can take."""
    assert not difference([wanted(), wanted(about="1")], [message(), message(about="2")], Message.is_as)


def test_only_what_is_said_is_looked_at() -> None:
    """`via` and `about` matter where they are written."""
    assert not difference([wanted()], [message()], Message.is_as)
    assert difference([wanted(via=frozenset({"text"}))], [message()], Message.is_as)


def test_the_nearest_in_time_came_instead() -> None:
    """Of several to the same person."""
    assert message(hour=10) == closest_to(wanted(), [message(hour=14), message(hour=10), message("ben")])
    assert closest_to(wanted("cat"), [message()]) is None
