"""The questions that the tests of explanations ask."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from convener.decide.explanation import Explanation, LedgerView, explain_automation
from convener.model import Register


@pytest.fixture
def ask(world: Any) -> Callable[..., Explanation]:
    """Return what explains one automation to one person at one time, `2027-01-15T09:00`."""

    def asked(
        automation: Any, who: str, at: str, register: Register | None = None, *, rules: Any = (), **ledger: Any
    ) -> Explanation:
        instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
        view = LedgerView(**ledger)
        prepared = world.prepared(automation, rules=rules)
        return explain_automation(prepared, register or world.register(), automation.id, who, instant, view)

    return asked
