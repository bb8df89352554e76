"""The Python a clause becomes."""

import ast
from typing import Any

import pytest

from convener.expressions.checker import check
from convener.expressions.emitter import Emitter
from convener.expressions.grammar import parse
from convener.expressions.scope import Scope


def python(clauses: Any, source: str) -> str:
    """Return the expression of *source* as Python would write it."""
    return ast.unparse(Emitter().expression(check(parse(source), Scope(clauses.catalogue))))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("session.number >= 2", "None if (t1 := f['session.number']) is None else t1 >= 2"),
        ("has(poll.id)", "f['poll.id'] is not None"),
        ("1 < 2", "1 < 2"),
        ("poll.open && poll.answered", "False if (t1 := f['poll.open']) is False else f['poll.answered'] and t1"),
        ("session.number in [1, 2]", "None if (t1 := f['session.number']) is None else t1 in (1, 2)"),
        ("!has(poll.id)", "not f['poll.id'] is not None"),
        ("poll.open ? 1 : 2", "1 if (t1 := f['poll.open']) else None if t1 is None else 2"),
        ("attendance.rate * 2.0", "None if (t1 := f['attendance.rate']) is None else t1 * 2.0"),
    ],
)
def test_little_is_done_that_need_not_be(clauses: Any, source: str, expected: str) -> None:
    """Every fact is looked up once, and what cannot be unknown is not asked whether it is."""
    assert expected == python(clauses, source)


def test_what_a_person_wrote_is_never_python(clauses: Any) -> None:
    """A text is a constant of the tree, and a name is made up."""
    source = "['\"); import os #'].exists(lambda, lambda == session.topic)"
    tree = Emitter().expression(check(parse(source), Scope(clauses.catalogue)))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]

    assert {"f", "k1", "v2", "t3"} == names
    assert ('"); import os #',) in constants
