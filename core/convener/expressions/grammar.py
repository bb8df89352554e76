"""The grammar of clauses: the part of CEL that is accepted, with CEL's own precedence and associativity."""

from functools import lru_cache

from lark import Lark, Token, Tree

GRAMMAR = r"""
?start: or_

?or_: and_ | or_ "||" and_
?and_: relation | and_ "&&" relation
?relation: sum
    | relation EQUAL sum      -> equal
    | relation ORDER sum      -> order
    | relation "in" list_     -> member
?sum: product | sum ADD product -> arithmetic
?product: unary | product MULTIPLY unary -> arithmetic
?unary: atom
    | "!" unary -> not_
    | "-" unary -> negative
?atom: "(" or_ ")"
    | "has" "(" FACT ")" -> has
    | FACT    -> fact
    | TRUTH   -> truth
    | FLOAT   -> float
    | INT     -> int
    | STRING  -> string
list_: "[" sum ("," sum)* "]"

EQUAL: "==" | "!="
ORDER: "<=" | ">=" | "<" | ">"
ADD: "+" | "-"
MULTIPLY: "*" | "/" | "%"
TRUTH.3: /(true|false)\b(?!\.)/
FACT: /(?!(?:true|false|in|has)\b)[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*/
FLOAT.2: /\d+\.\d+([eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+([eE][+-]?\d+)?/
INT: /\d+(?![\w.])/
STRING: /'(?:[^'\\\n]|\\[\\'"nrt])*'|"(?:[^"\\\n]|\\[\\'"nrt])*"/

%import common.WS
%ignore WS
"""


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def parse(source: str) -> Tree[Token]:
    """Return the tree of *source*; raise a lark UnexpectedInput where it stops making sense."""
    return _parser().parse(source)
