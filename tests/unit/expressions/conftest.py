"""Compiles clauses against a catalogue with a few more facts, and loads what bench/oracle.py uses as well."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from convener.errors import InvalidError, Place, Problem
from convener.expressions import CATALOGUE, Compiled, Fact, compile_clause

PLACE = Place("acme.toml", 3, 10)
MORE = {
    fact.name: fact
    for fact in (
        Fact(name="pod.tags", type="list(string)", meaning="what the pod is about"),
        Fact(name="pod.marks", type="list(float)", meaning="how it was judged"),
        Fact(name="pod.dates", type="list(timestamp)", meaning="when it might meet"),
        Fact(name="pod.travel", type="duration", meaning="how long people travel"),
    )
}


class Clauses:
    """The language, with lists among its facts."""

    place = PLACE
    catalogue = {**CATALOGUE, **MORE}  # noqa: RUF012 - never altered

    def compile(self, source: str) -> Compiled:
        """Compile *source*."""
        return compile_clause(source, PLACE, self.catalogue)

    def value(self, source: str, **facts: object) -> bool | None:
        """Return what *source* comes to; facts are given with `__` for the point."""
        return self.compile(source).test({name.replace("__", "."): value for name, value in facts.items()})

    def problem(self, source: str) -> Problem:
        """Return the one thing wrong with *source*."""
        with pytest.raises(InvalidError) as caught:
            self.compile(source)
        (problem,) = caught.value.problems
        return problem

    def told(self, source: str) -> tuple[str, int, str]:
        """Return code, column within the clause from 1, and cure of the one thing wrong with *source*."""
        problem = self.problem(source)
        return problem.code, problem.place.column - PLACE.column, problem.hint


@pytest.fixture(scope="session")
def clauses() -> Clauses:
    """Give the language."""
    return Clauses()


@pytest.fixture(scope="session")
def beside() -> Callable[[str], ModuleType]:
    """Load a module that lies beside these tests: `drawing` or `official`."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"oracle_{name}", Path(__file__).with_name(f"{name}.py"))
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module  # dataclasses look their module up
        spec.loader.exec_module(module)
        return module

    return load
