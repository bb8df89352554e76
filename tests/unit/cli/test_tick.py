"""`convener tick`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

AT = ("--at", "2026-12-01T09:00")


def test_the_same_moment_twice_sends_once(convener: Callable[..., Any], live: Path) -> None:
    """The second tick for one moment finds nothing to do (N5)."""
    first = convener("-w", live, "tick", *AT, "--json")
    second = convener("-w", live, "tick", *AT, "--json")

    assert (0, 0) == (first.code, second.code)
    assert first.data["sent"] == len(first.data["planned"]) > 0
    assert ([], 0) == (second.data["planned"], second.data["sent"])


def test_deciding_without_delivering(convener: Callable[..., Any], live: Path) -> None:
    """With --no-deliver the ledger is filled and nothing goes out."""
    decided = convener("-w", live, "tick", *AT, "--no-deliver", "--json").data

    assert (True, 0, False) == (len(decided["planned"]) > 0, decided["sent"], (live / "var" / "outbox").exists())


def test_a_tick_in_words(convener: Callable[..., Any], live: Path) -> None:
    """Without --json nothing is on stdout."""
    done = convener("-w", live, "tick", *AT)

    assert ("", True) == (done.out, "sent, 0 to try again, 0 failed, 0 in doubt" in done.err)


BROKEN = """
[automations.ask]
on = "participant.joined"
for_each = "participant"
do = { send = "no-such-message", via = ["email"] }
"""


def write(folder: Path, name: str, text: str) -> None:
    """Write the rules of one client."""
    (folder / "rulesets" / f"{name}.toml").write_text(text, encoding="utf-8")


def test_a_broken_automation_is_left_out_and_named(convener: Callable[..., Any], live: Path) -> None:
    """Everything else is decided and delivered, as the daemon would; the exit code says partly (P14)."""
    write(live, "acme", (live / "rulesets" / "acme.toml").read_text("utf-8") + BROKEN)
    done = convener("-w", live, "tick", *AT)

    assert 4 == done.code
    assert "acme goes on without automation ask" in done.err
    assert "rulesets/acme.toml:39:1: error[unknown-message]" in done.err
    assert "22 sent" in done.err


def test_a_client_with_wrong_rules_is_skipped_and_named(convener: Callable[..., Any], live: Path) -> None:
    """The other client is decided and delivered, and what is wrong is told once, with its place (P14)."""
    good = convener("-w", live, "tick", "--dry-run", *AT, "--json").data
    write(live, "beta", "schema = 1\nclint = 2\n")
    done = convener("-w", live, "tick", *AT, "--json")

    assert 4 == done.code
    assert good["planned"] == done.data["planned"]
    assert done.data["sent"] == len(good["planned"]) > 0
    assert "beta is skipped: its rules are wrong" in done.err
    assert any("rulesets/beta.toml:2:1" in failure for failure in done.data["failures"])


def test_a_live_client_with_wrong_rules_waits_until_they_are_mended(convener: Callable[..., Any], live: Path) -> None:
    """It is named once, nothing of it goes out, and nothing of it is lost (P14)."""
    rules = (live / "rulesets" / "acme.toml").read_text("utf-8")
    good = convener("-w", live, "tick", "--dry-run", *AT, "--json").data
    write(live, "acme", rules + "oops = 1\n")
    skipped = convener("-w", live, "tick", *AT, "--json")
    write(live, "acme", rules)
    mended = convener("-w", live, "tick", *AT, "--json")

    assert (4, []) == (skipped.code, skipped.data["planned"])
    assert all("acme is skipped" in failure for failure in skipped.data["failures"])
    assert (0, good["planned"]) == (mended.code, mended.data["planned"])


def test_a_moment_is_read_in_the_zone_of_rules_with_a_broken_automation(
    convener: Callable[..., Any], live: Path
) -> None:
    """A scope and a moment without an offset are no reason to refuse what the daemon would take."""
    write(live, "acme", (live / "rulesets" / "acme.toml").read_text("utf-8") + BROKEN)
    done = convener("-w", live, "tick", "acme/first", *AT, "--json")

    assert (4, True) == (done.code, done.data["sent"] > 0)


def test_what_another_client_lacks_is_not_told(convener: Callable[..., Any], live: Path) -> None:
    """Asked for one client, a tick speaks of that one alone."""
    write(live, "beta", "schema = 1\nclint = 2\n")
    done = convener("-w", live, "tick", "acme", *AT)

    assert (0, False) == (done.code, "beta" in done.err)


def test_commands_that_a_person_types_stay_strict(convener: Callable[..., Any], live: Path) -> None:
    """A plan by rules that are half wrong would mislead whoever reads it (R29)."""
    write(live, "acme", (live / "rulesets" / "acme.toml").read_text("utf-8") + BROKEN)

    assert 3 == convener("-w", live, "plan", "acme/first", "--until", "2026-12-02", *AT).code
