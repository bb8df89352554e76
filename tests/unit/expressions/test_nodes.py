"""What a clause is made of."""

from convener.expressions.grammar import parse
from convener.expressions.nodes import Node


def test_a_node_knows_where_it_was_written() -> None:
    """R29: a problem in any part can be shown at its character."""
    source = "has(a.b) && (c.d > 1)"
    node = parse(source)

    assert ("and", "&&", 9) == (node.kind, node.word, node.at)
    assert ["has(a.b)", "(c.d > 1)"] == [source[part.start : part.end] for part in node.parts]


def test_a_node_counts_its_levels() -> None:
    """Brackets are levels as well, and a chain of `&&` is one, however long."""
    sources = ("a.b", "(a.b)", "!a.b", "a.b && c.d", "a.b && c.d && e.f", "((a.b + 1) * 2)", "f(a.b)[0]")

    assert [1, 2, 2, 2, 2, 5, 3] == [parse(source).depth for source in sources]


def test_equal_nodes_are_equal() -> None:
    """Nodes are values."""
    assert Node("int", 0, 1, (), "7") == parse("7")
