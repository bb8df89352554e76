"""No clause hangs, and none eats the memory."""

import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

import pytest

from convener.expressions.budgets import COSTLIEST, DEEPEST, LONGEST, LONGEST_LIST, LONGEST_TEXT

STEPS_FOR_EACH = 30
"""Instructions of the interpreter that one counted step may take."""


def counted(task: Callable[[], object]) -> int:
    """Return how many instructions of the interpreter *task* takes, the work of its functions included."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        task()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("(" * 900 + "true" + ")" * 900, f"nested deeper than {DEEPEST} levels"),
        ("!(" * 600 + "true" + ")" * 600, "nested deeper"),
        ("1 + " * 480 + "1 == 1", "nested deeper"),
        ("true ? true : " * 140 + "true", "nested deeper"),
        ("".join(f"[1].exists(a{n}, " for n in range(30)) + "true" + ")" * 30, "nested deeper"),
        ("(" * 1_990, "ends too early"),
        ("[" * 1_990, "ends too early"),
        ("true && " * 400 + "true", f"longer than {LONGEST} characters"),
        ("'" + "a" * 3_000 + "' == 'a'", "longer than"),
        ("9" * 1_900 + " == 1", "is too large"),
        ("1" * 1_500 + "e" + "9" * 400 + " > 1.0", "is too large"),
        ("pod.tags.all(a, pod.tags.all(b, a == b))", f"more than {COSTLIEST}"),
        ("[1,2,3,4].all(a, pod.tags.all(b, pod.marks.all(c, c > 1.0)))", f"more than {COSTLIEST}"),
    ],
)
def test_a_hostile_clause_is_refused_with_its_reason(clauses: Any, source: str, reason: str) -> None:
    """R29: what would exhaust stack, time or memory is an error of the clause, never a crash."""
    assert reason in clauses.problem(source).message


@pytest.mark.parametrize(
    ("source", "facts"),
    [
        (" && ".join(["true"] * 240), {}),
        ("!" * 1_900 + "true", {}),
        ("-" * 1_501 + "1 == -1", {}),
        (" || ".join(["poll.open"] * 150), {"poll.open": False}),
        ("session.number in [" + ", ".join(["session.number"] * 100) + "]", {"session.number": 1}),
        ("pod.tags.all(a, a != 'x' && a.size() < 9)", {"pod.tags": ["a"] * LONGEST_LIST}),
        ("[1, 2, 3].all(a, [1, 2, 3].all(b, [1, 2, 3].all(c, a * b * c <= 27)))", {}),
        ("session.topic.contains(session.topic + session.topic)", {"session.topic": "a" * LONGEST_TEXT}),
        ("9223372036854775807 * 9223372036854775807 * session.number > 0", {"session.number": 2**62}),
        ("pod.marks == pod.marks", {"pod.marks": [0.5] * LONGEST_LIST}),
    ],
)
def test_what_a_clause_does_is_bounded_before_it_runs(clauses: Any, source: str, facts: Mapping[str, object]) -> None:
    """The steps counted when it is compiled bound the instructions it takes when it runs."""
    clause = clauses.compile(source)

    assert clause.cost <= COSTLIEST
    assert counted(lambda: clause.test(facts)) <= STEPS_FOR_EACH * clause.cost


def test_a_text_does_not_grow_without_end(clauses: Any) -> None:
    """Joined over and over, a text becomes unknown before it becomes large."""
    clause = "(" * 8 + "session.topic" + " + 'a')" * 8 + ".size() > 0"

    assert True is clauses.value(clause, session__topic="a" * (LONGEST_TEXT - 8))
    assert None is clauses.value(clause, session__topic="a" * (LONGEST_TEXT - 7))


def test_a_list_longer_than_any_may_be_is_unknown(clauses: Any) -> None:
    """A plugin cannot make a clause dear by the length of a fact."""
    values = [clauses.value("pod.tags.size() > 0", pod__tags=["a"] * size) for size in (LONGEST_LIST, LONGEST_LIST + 1)]

    assert [True, None] == values
