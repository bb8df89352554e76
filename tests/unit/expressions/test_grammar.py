"""The grammar of clauses."""

import pytest
from lark.exceptions import UnexpectedInput

from convener.expressions.grammar import parse, tokens
from convener.expressions.nodes import Node


def shape(node: Node) -> str:
    """Write the tree with every operator before its operands."""
    if not node.parts:
        return node.word or node.kind
    return f"({node.word or node.kind} {' '.join(map(shape, node.parts))})"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.b || c.d && e.f", "(|| a.b (&& c.d e.f))"),
        ("!a.b && c.d", "(&& (! a.b) c.d)"),
        ("a.b + 1 < 2 * 3", "(< (+ a.b 1) (* 2 3))"),
        ("1 - 2 - 3", "(- (- 1 2) 3)"),
        ("8 / 4 * 2 % 3", "(% (* (/ 8 4) 2) 3)"),
        ("a.b in ['x', 'y']", "(in a.b (list 'x' 'y'))"),
        ("1 < 2 == true", "(== (< 1 2) true)"),
        ("-a.b == 1", "(== (- a.b) 1)"),
        ("-a.b.size() == 1", "(== (- (size a.b)) 1)"),
        ("trueish.fact", "trueish.fact"),
        ("inside.fact in a.b", "(in inside.fact a.b)"),
        ("has(a.b)", "(has a.b)"),
        ("a.b ? 1 : c.d ? 2 : 3", "(? a.b 1 (? c.d 2 3))"),
        ("a.b || c.d ? 1 : 2", "(? (|| a.b c.d) 1 2)"),
        ("a.b.all(x, x > 1)[0]", "([] (all a.b x (> x 1)) 0)"),
        ("a.b.c('x').d().e()", "(e (d (c a.b 'x')))"),
        ("f(1, 2)", "(f 1 2)"),
        ("'it\\'s' + \"\"", "(+ 'it\\'s' \"\")"),
        ("1.5 + .5 + 1e3 + 2E-1", "(+ (+ (+ 1.5 .5) 1e3) 2E-1)"),
        ("\ta.b\n&&\r\nc.d\f", "(&& a.b c.d)"),
    ],
)
def test_operators_bind_as_in_cel(source: str, expected: str) -> None:
    """R28: the weakest operator is the outermost, and equals go from left to right."""
    assert expected == shape(parse(source))


@pytest.mark.parametrize(
    ("source", "expected"), [("!!a.b", "a.b"), ("!!!a.b", "(! a.b)"), ("--a.b", "a.b"), ("- - -1", "(- 1)")]
)
def test_two_signs_cancel_out(source: str, expected: str) -> None:
    """As in CEL they go before anything is reckoned, so that `--x` cannot overflow."""
    assert expected == shape(parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a.b &&",
        "a.b = 1",
        "a..b",
        "a.b.",
        "1x",
        "1.",
        "1.5.5",
        "0x1F",
        "1u",
        "\u0663 == 3",
        "1.size()",
        "'open",
        "'a\nb'",
        "'a\rb'",
        "'\\q'",
        "a.b inlist",
        "1 in2",
        "a.b[]",
        "[1,]",
        "f(,)",
        "{'a': 1}",
        "a.b ? c.d ? 1 : 2 : 3",
        "a.b; c.d",
        "a.b // why",
        "x -> y",
        "!-1 ==",
        "`a`",
        "@a",
        "\u00e9.b",
    ],
)
def test_what_is_not_the_language_is_refused(source: str) -> None:
    """A clause is the subset and nothing else."""
    with pytest.raises(UnexpectedInput):
        parse(source)


def test_tokens_carry_their_place() -> None:
    """A mutation can be made at a token."""
    found = [(token.type, str(token), token.start_pos, token.end_pos) for token in tokens("!a.b != 1")]

    assert [("NOT", "!", 0, 1), ("NAME", "a.b", 1, 4), ("COMPARE", "!=", 5, 7), ("INT", "1", 8, 9)] == found
