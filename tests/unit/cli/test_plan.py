"""`convener plan`."""

import json
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


def test_a_plan_is_read_by_day_and_automation(convener: Callable[..., Any], live: Path) -> None:
    """Recipients of one moment share a line with a count; `--all` names each."""
    words = ("-w", live, "plan", "acme/first", "--until", "2027-02-20")
    short, long = convener(*words), convener(*words, "--all")

    assert "6 people" in short.out
    assert "6 people" not in long.out
    assert len(short.out.splitlines()) < len(long.out.splitlines())
    assert "reminder by text" not in short.out


def test_a_plan_is_kept(convener: Callable[..., Any], live: Path, tmp_path: Path) -> None:
    """With every key, and what it was concluded from (P19)."""
    file = tmp_path / "plan.json"
    shown = convener("-w", live, "plan", "acme/first", "--until", "2027-02-20", "-o", file, "--json").data
    kept = json.loads(file.read_text(encoding="utf-8"))

    assert [one["key"] for one in shown["dispatches"]] == [one["key"] for one in kept["dispatches"]]
    assert {"format", "version", "scope", "made", "until", "instance", "rules", "register", "digest"} <= set(kept)


def test_a_redirection_is_shouted(convener: Callable[..., Any], live: Path) -> None:
    """By `plan` and by `doctor`, so that nobody waits for a mail that went elsewhere (P19)."""
    config = live / "config.toml"
    config.write_text('redirect_all = "ops@acme.example"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    plan = convener("-w", live, "plan", "acme/first", "--until", "2027-02-20")

    assert "REDIRECTED: redirect_all is set, everything goes to ops@acme.example" in plan.err
    assert "REDIRECTED: everything goes to ops@acme.example" in convener("-w", live, "doctor").out
