"""Questions as conflicts see them."""

from collections.abc import Callable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from convener.planning.pods.feasibility.crowd import Crowd, read_crowd
from convener.planning.pods.question import PodQuestion, pose
from convener.rulesets.ruleset import Ruleset

DAY = date(2026, 12, 1)


@pytest.fixture
def ask(make: SimpleNamespace) -> Callable[..., tuple[Ruleset, Callable[[Ruleset], PodQuestion]]]:
    """Give the maker of a ruleset and what poses its question: of people by id with their attributes."""

    def asked(rules: list[Any], people: Mapping[str, Mapping[str, str]], *, coaches: Any = (), **known: Any) -> Any:
        register = make.register(people, coaches=coaches, zones=known.pop("zones", None))
        answered = known.pop("answered", None)

        def poses(ruleset: Ruleset) -> PodQuestion:
            return pose(ruleset, register, DAY, (), answered)

        return make.ruleset(*rules, **known), poses

    return asked


@pytest.fixture
def crowd(ask: Callable[..., Any]) -> Callable[..., Crowd]:
    """Give the maker of crowds."""

    def read(rules: list[Any], people: Mapping[str, Mapping[str, str]], **known: Any) -> Crowd:
        ruleset, poses = ask(rules, people, **known)
        return read_crowd(poses(ruleset))

    return read


@pytest.fixture
def pairs() -> Callable[..., tuple[tuple[str, str], ...]]:
    """Give the maker of pairs of addresses from ids, two by two: `ana-ben`."""

    def paired(*names: str) -> tuple[tuple[str, str], ...]:
        return tuple((f"{one}@acme.example", f"{other}@acme.example") for one, other in (n.split("-") for n in names))

    return paired
