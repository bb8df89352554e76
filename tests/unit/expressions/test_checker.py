"""Names and types, checked before anything runs."""

from typing import Any

import pytest

from convener.expressions.checker import check
from convener.expressions.grammar import parse
from convener.expressions.scope import Scope


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("true", "bool"),
        ("1 + 2 * 3", "int"),
        ("1.5 / 2.0", "float"),
        ("'a' + 'b'", "string"),
        ("session.starts - session.ends", "duration"),
        ("session.starts + pod.travel", "timestamp"),
        ("pod.travel + session.starts", "timestamp"),
        ("pod.travel - pod.travel", "duration"),
        ("[1, 2]", "list(int)"),
        ("[session.starts]", "list(timestamp)"),
        ("pod.tags", "list(string)"),
        ("pod.tags[0]", "string"),
        ("poll.open ? pod.tags : ['a']", "list(string)"),
        ("session.starts.getHours()", "int"),
        ("-attendance.rate", "float"),
        ("pod.marks == [1.0]", "bool"),
        ("-9223372036854775808", "int"),
    ],
)
def test_every_part_has_one_type(clauses: Any, source: str, expected: str) -> None:
    """R28: a clause is typed through and through, lists by what they hold."""
    assert expected == check(parse(source), Scope(clauses.catalogue)).type


@pytest.mark.parametrize(
    ("source", "code", "column", "hint"),
    [
        ("session.numbr == 1", "unknown-fact", 1, "did you mean 'session.number'?"),
        ("session.status == 'confrmed'", "unknown-value", 19, "did you mean 'confirmed'?"),
        ("'activ' != participant.status", "unknown-value", 1, "did you mean 'active'?"),
        ("programme.state in ['live', 'dead']", "unknown-value", 29, "allowed: draft, live, closed"),
        ("99999999999999999999 == 1", "bad-clause", 1, "at most 9223372036854775807"),
        ("-9223372036854775809 == 1", "bad-clause", 1, "at most 9223372036854775807"),
        ("-(9223372036854775808) == 1", "bad-clause", 2, "at most 9223372036854775807"),
        ("1e999 > 1.0", "bad-clause", 1, "at most 1.79e308"),
        ("pod.tags == []", "bad-clause", 13, "whether a list is empty is asked with size(…) == 0"),
        ("[[1]] == [[1]]", "type-mismatch", 2, ""),
        ("session.topic in [pod.tags]", "type-mismatch", 19, ""),
        ("pod.tags < pod.tags", "type-mismatch", 10, ""),
        ("pod.tags + pod.tags == pod.tags", "type-mismatch", 10, ""),
        ("1.5 % 0.5 == 0.0", "type-mismatch", 5, ""),
        ("session.starts + session.ends == session.starts", "type-mismatch", 16, ""),
        ("pod.travel - session.starts == pod.travel", "type-mismatch", 12, ""),
        ("pod.travel * 2 == pod.travel", "type-mismatch", 12, "write duration('2h')"),
        ("-session.topic == 'a'", "type-mismatch", 1, ""),
        ("-pod.travel < pod.travel", "type-mismatch", 1, ""),
        ("session.topic[0] == 'a'", "type-mismatch", 14, ""),
        ("pod.tags['a'] == 'a'", "type-mismatch", 10, ""),
        ("pod.tags[-1] == 'a'", "bad-value", 10, ""),
        ("true || session.topic", "type-mismatch", 9, "compare it with something"),
        ("session.topic ? true : false", "type-mismatch", 1, "compare it with something"),
    ],
)
def test_what_does_not_belong_together_is_refused(clauses: Any, source: str, code: str, column: int, hint: str) -> None:
    """R29: at its character, before it runs."""
    assert (code, column, hint) == clauses.told(source)


def test_ordering_words_of_a_closed_set_is_left_alone(clauses: Any) -> None:
    """Only a word that could never be equal is refused."""
    assert clauses.value("session.status < 'd'", session__status="confirmed") is True


def test_texts_are_read_with_their_escapes(clauses: Any) -> None:
    """A quote, a backslash and a new line can be written."""
    source = r"""session.topic == 'it\'s \\ "x"\n\t\r' && session.topic == "it's \\ \"x\"\n\t\r" """

    assert clauses.value(source, session__topic='it\'s \\ "x"\n\t\r') is True
