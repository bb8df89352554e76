"""Every condition of a clause with its value."""

from typing import Any

from convener.expressions import Part


def test_every_condition_is_shown_with_its_own_value(clauses: Any) -> None:
    """P16: nothing is cut short, so that one sees everything that stood in the way."""
    clause = clauses.compile("participant.active && (session.number >= 2 || !attendance.excused)")

    parts = clause.parts({"participant.active": False, "session.number": 1})

    assert (
        Part(clause.source, 0, ("attendance.excused", "participant.active", "session.number"), False),
        Part("participant.active", 1, ("participant.active",), False),
        Part("(session.number >= 2 || !attendance.excused)", 1, ("attendance.excused", "session.number"), None),
        Part("session.number >= 2", 2, ("session.number",), False),
        Part("!attendance.excused", 2, ("attendance.excused",), None),
        Part("attendance.excused", 3, ("attendance.excused",), None),
    ) == parts


def test_a_choice_shows_its_condition(clauses: Any) -> None:
    """What a choice chose between is shown as far as it is a condition."""
    clause = clauses.compile("(has(poll.id) ? poll.open : true) && (poll.open ? 1 : 2) == 1")

    shown = [(part.source, part.value) for part in clause.parts({"poll.id": "dates", "poll.open": True})]

    assert [
        (clause.source, True),
        ("(has(poll.id) ? poll.open : true)", True),
        ("has(poll.id)", True),
        ("poll.open", True),
        ("true", True),
        ("(poll.open ? 1 : 2) == 1", True),
    ] == shown


def test_a_condition_of_a_macro_is_not_taken_apart(clauses: Any) -> None:
    """It is asked of each value, and has no value of its own."""
    clause = clauses.compile("pod.tags.exists(x, x == 'a' && x != 'b')")

    assert [(clause.source, True)] == [(part.source, part.value) for part in clause.parts({"pod.tags": ["a"]})]
