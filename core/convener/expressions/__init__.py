"""The condition language: a typed, three-valued subset of CEL, compiled to closures."""

from convener.expressions.catalogue import CATALOGUE, narrowed
from convener.expressions.clause import Compiled, Verdict, compile_clause
from convener.expressions.functions import FUNCTIONS, Function, Signature
from convener.expressions.mutants import Mutant, mutants
from convener.expressions.operators import OPERATORS, Operator
from convener.expressions.trace import Part
from convener.model.facts import Fact, FactType

__all__ = [
    "CATALOGUE",
    "FUNCTIONS",
    "OPERATORS",
    "Compiled",
    "Fact",
    "FactType",
    "Function",
    "Mutant",
    "Operator",
    "Part",
    "Signature",
    "Verdict",
    "compile_clause",
    "mutants",
    "narrowed",
]
