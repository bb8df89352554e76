"""The grammar of clauses: the part of CEL that is accepted, with CEL's own precedence and associativity."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args

from convener.expressions.nodes import Kind, Node

GRAMMAR = r"""
?start: choice

?choice: or_ | or_ "?" or_ ":" choice
?or_: and_ | and_ (OR and_)+
?and_: relation | relation (AND relation)+
?relation: sum
    | relation COMPARE sum -> compare
    | relation IN sum      -> member
?sum: product | sum (PLUS | MINUS) product -> arithmetic
?product: unary | product TIMES unary -> arithmetic
?unary: postfix
    | NOT+ postfix   -> not_
    | MINUS+ postfix -> negative
?postfix: atom
    | postfix "." NAME LPAR items RPAR -> method
    | postfix LSQB choice RSQB         -> index
?atom: LPAR choice RPAR -> brackets
    | NAME LPAR items RPAR -> call
    | LSQB items RSQB -> list_
    | NAME   -> name
    | TRUTH  -> truth
    | FLOAT  -> float
    | INT    -> int
    | STRING -> string
items: (choice ("," choice)*)?

COMPARE: "==" | "!=" | "<=" | ">=" | "<" | ">"
AND: "&&"
OR: "||"
NOT: /!(?!=)/
PLUS: "+"
MINUS: "-"
TIMES: "*" | "/" | "%"
LPAR: "("
RPAR: ")"
LSQB: "["
RSQB: "]"
IN: /in\b/
TRUTH: /(?:true|false)\b/
NAME: /(?!(?:true|false|in)\b)[a-zA-Z_][a-zA-Z0-9_]*(?:\.[a-zA-Z_][a-zA-Z0-9_]*)*/
FLOAT: /[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?(?![0-9a-zA-Z_.])|[0-9]+[eE][+-]?[0-9]+(?![0-9a-zA-Z_.])/
INT: /[0-9]+(?![0-9a-zA-Z_.])/
STRING: /'(?:[^'\\\n\r]|\\[\\'"nrt])*'|"(?:[^"\\\n\r]|\\[\\'"nrt])*"/

WS: /[ \t\n\f\r]+/
%ignore WS
"""
"""Tokens never overlap, so that one lexer serves every context and a mutation can be made token by token."""


@v_args(inline=True)
class _Reader(Transformer[Token, Node]):
    """One method for each rule; what it is given is what the rule keeps."""

    def name(self, word: Token) -> Node:
        return _leaf("name", word)

    def truth(self, word: Token) -> Node:
        return _leaf("truth", word)

    def int(self, word: Token) -> Node:
        return _leaf("int", word)

    def float(self, word: Token) -> Node:
        return _leaf("float", word)

    def string(self, word: Token) -> Node:
        return _leaf("string", word)

    def items(self, *items: Node) -> tuple[Node, ...]:
        return items

    def list_(self, left: Token, items: tuple[Node, ...], right: Token) -> Node:
        return Node("list", _start(left), _end(right), items, "", _start(left), _depth(items))

    def brackets(self, left: Token, inner: Node, right: Token) -> Node:
        return replace(inner, start=_start(left), end=_end(right), depth=inner.depth + 1)

    def call(self, word: Token, left: Token, items: tuple[Node, ...], right: Token) -> Node:
        receiver, _, name = str(word).rpartition(".")
        if not receiver:
            return Node("call", _start(word), _end(right), items, name, _start(word), _depth(items))
        at = _start(word) + len(receiver) + 1
        subject = Node("name", _start(word), at - 1, (), receiver, _start(word))
        return _method(subject, name, at, items, right)

    def method(self, subject: Node, name: Token, *more: Any) -> Node:
        _, items, right = more
        return _method(subject, str(name), _start(name), items, right)

    def index(self, inner: Node, _: Token, place: Node, right: Token) -> Node:
        parts = (inner, place)
        return Node("index", inner.start, _end(right), parts, "[]", inner.end, _depth(parts))

    def not_(self, *parts: Any) -> Node:
        return _prefixed("not", parts)

    def negative(self, *parts: Any) -> Node:
        return _prefixed("negative", parts)

    def arithmetic(self, left: Node, sign: Token, right: Node) -> Node:
        return _pair("arithmetic", left, sign, right)

    def compare(self, left: Node, sign: Token, right: Node) -> Node:
        return _pair("compare", left, sign, right)

    def member(self, left: Node, sign: Token, right: Node) -> Node:
        return _pair("member", left, sign, right)

    def and_(self, *parts: Any) -> Node:
        return _chain("and", parts)

    def or_(self, *parts: Any) -> Node:
        return _chain("or", parts)

    def choice(self, *parts: Node) -> Node:
        return Node("choice", parts[0].start, parts[-1].end, parts, "?", parts[0].end, _depth(parts))


def _start(token: Token) -> int:
    return token.start_pos or 0


def _end(token: Token) -> int:
    return token.end_pos or 0


def _depth(parts: Sequence[Node]) -> int:
    return 1 + max((part.depth for part in parts), default=0)


def _leaf(kind: Kind, word: Token) -> Node:
    return Node(kind, _start(word), _end(word), (), str(word), _start(word))


def _pair(kind: Kind, left: Node, sign: Token, right: Node) -> Node:
    return Node(kind, left.start, right.end, (left, right), str(sign), _start(sign), _depth((left, right)))


def _method(subject: Node, name: str, at: int, items: tuple[Node, ...], right: Token) -> Node:
    parts = (subject, *items)
    return Node("method", subject.start, _end(right), parts, name, at, _depth(parts))


def _chain(kind: Kind, parts: Sequence[Any]) -> Node:
    """Return one node for `a && b && c`, which is the same however it is bracketed."""
    operands = tuple(parts[::2])
    sign = parts[1]
    return Node(kind, operands[0].start, operands[-1].end, operands, str(sign), _start(sign), _depth(operands))


def _prefixed(kind: Kind, parts: Sequence[Any]) -> Node:
    """Return the node of `!!a` or `--a`; two signs cancel out before anything is reckoned, as in CEL."""
    inner: Node = parts[-1]
    signs: Sequence[Token] = parts[:-1]
    if len(signs) % 2 == 0:
        return replace(inner, start=_start(signs[0]), depth=inner.depth + 1)
    inner = replace(inner, start=_start(signs[1])) if len(signs) > 1 else inner
    return Node(kind, _start(signs[0]), inner.end, (inner,), str(signs[-1]), _start(signs[0]), _depth((inner,)))


KEPT = 4_096
"""Clauses whose tree is remembered: packs repeat theirs for every client."""


@lru_cache(maxsize=KEPT)
def parse(source: str) -> Node:
    """Return the tree of *source*; raise a lark UnexpectedInput where it stops making sense."""
    tree: Any = _parser().parse(source)
    node: Node = tree  # the transformer built into the parser leaves nothing of lark's own trees
    return node


def tokens(source: str) -> tuple[Token, ...]:
    """Return the tokens of *source*, a clause that can be parsed."""
    return tuple(_parser().lex(source))


def read_grammar() -> Lark:
    """Return a parser of clauses; it takes as long to make as to parse hundreds of them."""
    return Lark(GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False, transformer=_Reader())


_parser = lru_cache(maxsize=1)(read_grammar)
