"""What is wrong in a clause, told with its cure."""

from typing import Any

import pytest

from convener.expressions.advice import cure_of_function, cure_of_name, with_article

FACTS = ("session.number", "session.topic", "attendance.excused")


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("session.nmber", "did you mean 'session.number'?"),
        ("session", "allowed: session.number, session.topic"),
        ("session.topic.size", "write 'session.topic.size()'"),
        ("True", "write 'true'"),
        ("null", "has(…) tells whether a fact is known"),
        ("xyz", "allowed: session.number, session.topic, attendance.excused"),
    ],
)
def test_an_unknown_name_comes_with_the_one_that_was_meant(name: str, cure: str) -> None:
    """R29: the nearest name, what lies below a name, or what another language calls it."""
    assert cure == cure_of_name(name, FACTS, {"size"})


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("contain", "did you mean 'contains'?"),
        ("matches", "a regular expression can run for ever; use 'contains', 'startsWith' or 'endsWith'"),
        ("frobnicate", "allowed: contains, size"),
    ],
)
def test_an_unknown_function_comes_with_the_one_that_was_meant(name: str, cure: str) -> None:
    """R29: what CEL has and we have not is told with the reason."""
    assert cure == cure_of_function(name, ("contains", "size"))


@pytest.mark.parametrize(
    ("source", "column", "hint"),
    [
        ("session.number = 1", 16, "write '=='"),
        ("session.number === 1", 18, "write '=='"),
        ("session.number <> 1", 17, "write '!='"),
        ("session.topic =~ 'a'", 15, "write '.contains(…)'"),
        ("participant.active and poll.open", 20, "write '&&'"),
        ("participant.active or poll.open", 20, "write '||'"),
        ("participant.active & poll.open", 20, "write '&&'"),
        ("participant.active | poll.open", 20, "write '||'"),
        ("not participant.active", 5, "write '!'"),
        ("if participant.active", 4, "write 'condition ? one : other'"),
        ("session.number ** 2 == 4", 17, "there are no powers"),
        ("session.topic == 'a", 18, "end it with the quote it begins with"),
        ("session.topic == 'a\\d'", 18, "end it with the quote it begins with"),
        ("(session.number + 1", 20, "a bracket is not closed"),
        ("session.topic == '(' &&", 24, "a clause looks like"),
        ("session.number + 1)", 19, "a clause looks like"),
        ("", 1, "a clause looks like"),
    ],
)
def test_what_another_language_would_write_is_told_in_ours(clauses: Any, source: str, column: int, hint: str) -> None:
    """R29: the place is where it stops making sense, and the cure is what to write there."""
    code, at, cure = clauses.told(source)

    assert ("bad-clause", column) == (code, at)
    assert hint in cure


@pytest.mark.parametrize(
    ("source", "column", "hint"),
    [
        ("attendance.rate > 1", 17, "write 1.0"),
        ("1 < attendance.rate", 3, "write 1.0"),
        ("attendance.rate > session.number", 17, "write double(session.number)"),
        ("session.number * 0.5 > 1.0", 16, "write double(session.number)"),
        ("session.topic == 4", 15, "put it in quotes, '4'"),
        ("session.number == '4'", 16, "write it without quotes"),
        ("participant.active == 'true'", 20, "write it without quotes"),
        ("session.number == 'four'", 16, ""),
        ("session.starts > '2027-01-18'", 16, "write timestamp('2027-01-18T00:00:00Z')"),
        ("session.starts > session.ends - 2", 31, "write duration('2h')"),
        ("pod.travel > 2", 12, "write duration('2h')"),
        ("pod.travel > '90m'", 12, "write duration('90m')"),
        ("poll.open ? 1 : 0.5", 17, "write 1.0"),
        ("session.number in [1, 0.5]", 23, "write 1.0"),
        ("session.number in [0.5]", 20, "write double(session.number)"),
        ("session.topic in 'Access'", 18, "write text.contains(part)"),
        ("session.number in 3", 19, "write a list like ['one', 'other']"),
        ("participant.active < true", 20, "write it or its opposite"),
        ("session.number && true", 1, "compare it with something"),
        ("session.number", 1, "compare it with something"),
    ],
)
def test_types_that_do_not_go_together_come_with_how_it_was_meant(
    clauses: Any, source: str, column: int, hint: str
) -> None:
    """R29: `rate > 1` says to write 1.0, and so on for every pair of types people mix."""
    assert ("type-mismatch", column, hint) == clauses.told(source)


def test_types_are_named_as_one_would_say_them() -> None:
    """An int, a string."""
    assert ["an int", "a string", "a list(int)"] == [with_article(kind) for kind in ("int", "string", "list(int)")]
