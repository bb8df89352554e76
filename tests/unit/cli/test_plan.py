"""`convener plan`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_json_has_the_designed_shape(convener: Callable[..., Any], live: Path) -> None:
    """What would go out until a day, on the programme's wall clock (R30)."""
    data = convener("-w", live, "plan", "acme/first", "--until", "2027-02-20", "--json").data

    assert ["from", "until", "next_due", "dispatches", "flags"] == list(data)
    assert "2027-02-20T00:00:00+00:00" == data["until"]
    assert {"reminder", "welcome"} <= {dispatch["step"].split(".")[1] for dispatch in data["dispatches"]}
    assert "ana@acme.example" in {dispatch["recipient"] for dispatch in data["dispatches"]}


def test_nothing_is_written(convener: Callable[..., Any], live: Path) -> None:
    """Looking ahead leaves the ledger empty."""
    convener("-w", live, "plan", "acme/first", "--until", "2027-02-20")

    assert [] == convener("-w", live, "ledger", "list", "--json").data["dispatches"]


def test_until_must_be_given(convener: Callable[..., Any], live: Path) -> None:
    """Without an end there is no plan."""
    assert 2 == convener("-w", live, "plan", "acme/first").code
