"""The condition language: a typed, three-valued subset of CEL, compiled to closures."""

from convener.expressions.catalogue import CATALOGUE, Fact, FactType
from convener.expressions.clause import Compiled, Verdict, compile_clause

__all__ = ["CATALOGUE", "Compiled", "Fact", "FactType", "Verdict", "compile_clause"]
