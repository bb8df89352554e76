"""The operators, as the reference shows them."""

import re

from convener.errors import Place
from convener.expressions import OPERATORS, compile_clause
from convener.expressions.grammar import GRAMMAR

NOT_OPERATORS = {"(", ")", "[", "]", ".", ",", "?", ":"}


def test_every_operator_of_the_grammar_is_in_the_reference() -> None:
    """R28: what can be written is published."""
    rules = re.sub(r"/.*/", "", GRAMMAR)
    signs = set(re.findall(r'"([^a-zA-Z"]+)"', rules)) - NOT_OPERATORS

    assert signs | {"!", "in", "? :", "[ ]"} == {sign for operator in OPERATORS for sign in operator.signs}


def test_every_operator_has_an_example_that_uses_it() -> None:
    """R28: what the reference shows can be written."""
    for operator in OPERATORS:
        assert compile_clause(operator.example, Place("operators")).names
        assert any(sign.split()[0] in operator.example for sign in operator.signs)
