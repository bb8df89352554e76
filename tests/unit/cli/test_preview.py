"""`convener preview`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

AT = ("--at", "2026-12-01T09:00")
ANA = ("--as", "ana@acme.example")


def test_a_message_is_shown(convener: Callable[..., Any], live: Path) -> None:
    """To whom, by which way and automation, when on their clock, and the words (P19)."""
    done = convener("-w", live, "preview", "welcome", *ANA, *AT)

    assert 0 == done.code
    assert "Ana Ruiz <ana@acme.example>" in done.out
    assert "email, through mail" in done.out
    assert "1 Dec 2026 09:00 GMT" in done.out
    assert "welcome of acme/first: participant.joined" in done.out
    assert "Hello Ana" in done.out


def test_what_is_not_planned_says_so(convener: Callable[..., Any], live: Path) -> None:
    """As if it were due now."""
    done = convener("-w", live, "preview", "engagement", *ANA, *AT)

    assert "note: nothing of it is planned for ana@acme.example" in done.err


def test_a_page(convener: Callable[..., Any], live: Path, tmp_path: Path) -> None:
    """The mail as a browser shows it; a text message has none."""
    page = tmp_path / "page.html"
    done = convener("-w", live, "preview", "welcome", *ANA, *AT, "--html", page)
    none = convener("-w", live, "preview", "invite-request", *ANA, *AT, "--channel", "text", "--html", page)

    assert (0, True) == (done.code, "<html" in page.read_text(encoding="utf-8"))
    assert 2 == none.code


def test_json(convener: Callable[..., Any], live: Path) -> None:
    """Everything there is to see, for another program to show."""
    data = convener("-w", live, "preview", "invite-request", *ANA, *AT, "--json").data
    keys = ["scope", "message", "to", "automation", "channel", "connector", "due", "reason", "planned", "note"]

    assert [*keys, "title", "text", "html", "calendar", "attachments"] == list(data)
    assert ("invite-request", "ana@acme.example", True) == (data["message"], data["to"], data["planned"])
    assert data["calendar"].startswith("BEGIN:VCALENDAR")


def test_a_name_that_is_none(convener: Callable[..., Any], live: Path) -> None:
    """The nearest one is offered."""
    done = convener("-w", live, "preview", "welcom", *ANA, *AT)

    assert (2, True) == (done.code, "did you mean 'welcome'?" in done.err)
