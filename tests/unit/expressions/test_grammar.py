"""The grammar of clauses."""

import pytest
from lark.exceptions import UnexpectedInput

from convener.expressions.grammar import parse


@pytest.mark.parametrize(
    ("source", "outermost"),
    [
        ("a.b || c.d && e.f", "or_"),
        ("!a.b && c.d", "and_"),
        ("a.b + 1 < 2 * 3", "order"),
        ("a.b in ['x', 'y']", "member"),
        ("-a.b == 1", "equal"),
        ("trueish.fact", "fact"),
        ("has(a.b)", "has"),
    ],
)
def test_operators_bind_as_in_cel(source: str, outermost: str) -> None:
    """The weakest operator is the outermost node."""
    assert outermost == parse(source).data


@pytest.mark.parametrize("source", ["", "a.b &&", "a.b = 1", "a..b", "1x", "'open", "a.b[0]", "f(x)", "x ? y : z"])
def test_what_is_not_the_language_is_refused(source: str) -> None:
    """A clause is the subset and nothing else."""
    with pytest.raises(UnexpectedInput):
        parse(source)
