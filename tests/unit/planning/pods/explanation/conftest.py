"""Pods as their explanation sees them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from convener.planning.pods.costs import Seated
from convener.planning.pods.explanation.ledger import Ledger, open_ledger
from convener.planning.pods.question import pose

DAY = date(2026, 12, 1)


@pytest.fixture
def ledger(make: SimpleNamespace) -> Callable[..., Ledger]:
    """Give the maker of ledgers: rules, people by id with their attributes, members by name of the pod, coaches."""

    def opened(
        rules: Sequence[Any],
        people: Mapping[str, Mapping[str, str]],
        pods: Mapping[str, Sequence[str]],
        *,
        coached: Mapping[str, str] | None = None,
        **known: Any,
    ) -> Ledger:
        question = pose(make.ruleset(*rules), make.register(people, **known), DAY)
        by = coached or {}
        return open_ledger(question, [Seated(name, tuple(members), by.get(name)) for name, members in pods.items()])

    return opened
