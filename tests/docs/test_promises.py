"""What the page on the ledger's promise says in figures is what the code does."""

from datetime import timedelta
from pathlib import Path

import pytest

from convener.errors import Delay
from convener.model import DispatchState
from convener.operations.delivery.breakers import TRIPS
from convener.operations.delivery.ladders import ENDLESS, LADDERS
from convener.operations.delivery.recovery import DEATHS
from convener.ports import Settlement

pytestmark = pytest.mark.checkout
NUMBERS = {1: "one", 3: "three", 5: "five"}


@pytest.fixture
def promises(root: Path) -> str:
    """Return the page."""
    return (root / "docs" / "explanation" / "what-the-ledger-promises.md").read_text(encoding="utf-8")


def length(wait: timedelta) -> str:
    """Return *wait* as the page writes it."""
    minutes = int(wait.total_seconds() // 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"


@pytest.mark.parametrize("delay", Delay)
def test_the_ladders_are_those_of_the_code(promises: str, delay: Delay) -> None:
    """Every rung of every ladder, and what comes after the last (N5)."""
    waits = [length(wait) for wait in LADDERS[delay]]
    then = f"{waits[-1]}, for as long as it takes" if delay in ENDLESS else "failed"

    assert f"| `{delay}` | {', '.join(waits)} | {then} |" in promises


def test_every_state_and_policy_is_told(promises: str) -> None:
    """None is missing from the tables."""
    assert [] == [state for state in DispatchState if f"| `{state}` |" not in promises]
    assert [] == [policy for policy in Settlement if f"| `{policy}` |" not in promises]


def test_the_numbers_are_those_of_the_code(promises: str) -> None:
    """After how many failures a breaker opens, and after how many deaths something is left alone."""
    words = {delay: NUMBERS[trips] for delay, trips in TRIPS.items()}
    opened = (
        f"after {words[Delay.UNREACHABLE]} failures in a row when nobody answers, after {words[Delay.BUSY]} when it "
        f"is busy, after {words[Delay.MISCONFIGURED]} when it does not let us in"
    )

    assert opened in promises
    assert f"dies {NUMBERS[DEATHS]} times while it is alone" in promises
    assert f"After {NUMBERS[DEATHS]} deaths the ticks leave it alone" in promises
