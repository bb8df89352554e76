"""`convener waive`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.cli.waive import only
from convener.errors import UsageError

AT = ("--at", "2026-12-10T09:00")
WORDS = ("--scope", "acme/first", "--reason", "ill", "--approved-by", "Lee Park", "--until", "2027-02-28")


def test_a_waiver_is_added(convener: Callable[..., Any], live: Path) -> None:
    """The table is shown and stands at the end of the client's file (P17)."""
    done = convener("-w", live, "waive", "late-cancel", "--participant", "ana@acme.example", *WORDS, *AT)
    text = (live / "rulesets" / "acme.toml").read_text(encoding="utf-8")

    assert (0, True) == (done.code, "added to rulesets/acme.toml" in done.err)
    assert done.out.startswith("[waivers.late-cancel-ana]")
    assert text.endswith(done.out)
    assert 0 == convener("-w", live, "check").code


def test_a_rehearsal(convener: Callable[..., Any], live: Path) -> None:
    """Shows the table and writes nothing."""
    before = (live / "rulesets" / "acme.toml").read_bytes()
    done = convener("-w", live, "waive", "late-cancel", "--pod", "pod-01", *WORDS, *AT, "--dry-run", "--json")

    assert ["id", "file", "table"] == list(done.data)
    assert before == (live / "rulesets" / "acme.toml").read_bytes()


def test_waivers_are_listed(convener: Callable[..., Any], live: Path) -> None:
    """With how they stand on a day."""
    convener("-w", live, "waive", "late-cancel", "--participant", "ana@acme.example", *WORDS, *AT)
    states = [
        convener("-w", live, "waive", "--list", "--at", day, "--json").data["waivers"][0]["state"]
        for day in ("2026-12-01", "2027-02-28", "2027-03-01")
    ]

    assert ["to come", "in force", "expired"] == states
    assert "Lee Park" in convener("-w", live, "waive", "--list", *AT).out


def test_an_inflexible_rule_is_refused(convener: Callable[..., Any], live: Path) -> None:
    """Exit 3 and the rule's name (R27)."""
    done = convener("-w", live, "waive", "pod-size", "--pod", "pod-01", *WORDS, *AT)

    assert (3, True) == (done.code, "rule pod-size is inflexible" in done.err)


@pytest.mark.parametrize(
    ("named", "missing", "said"),
    [
        ({"pod": "a"}, {"--reason": ""}, "a waiver needs --reason"),
        ({"pod": "a"}, {"--reason": " ", "--until": ""}, "a waiver needs --reason, --until"),
        ({}, {}, "one participant, pod or session"),
        ({"pod": "a", "session": "b"}, {}, "one participant, pod or session"),
    ],
)
def test_a_waiver_has_everything_or_is_none(named: dict[str, str], missing: dict[str, str], said: str) -> None:
    """Reason, approver and end are never left out, and it is for one subject."""
    with pytest.raises(UsageError, match=said):
        only(named, missing)
