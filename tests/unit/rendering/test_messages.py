"""Every shipped message, rendered with everything, with nothing optional, and with hostile values."""

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from convener.rendering import MessageContext, Renderer

Build = Callable[..., MessageContext]

ROLES = {
    "welcome": "participant",
    "manager-briefing": "manager",
    "availability": "participant",
    "poll-chase": "participant",
    "pre-work": "participant",
    "reminder": "participant",
    "run-pack": "coach",
    "register": "coach",
    "manager-toolkit": "manager",
    "manager-missed": "manager",
    "engagement": "participant",
    "manager-pulse": "manager",
    "evaluation": "participant",
    "agenda": "participant",
    "poll": "participant",
    "we-miss-you": "participant",
    "client": "sponsor",
    "invite-request": "participant",
    "invite-update": "participant",
    "invite-cancel": "participant",
}
NAMES = sorted(ROLES)
NEEDS = {
    **dict.fromkeys(("pre-work", "reminder", "run-pack", "manager-toolkit", "manager-missed"), ("session",)),
    **dict.fromkeys(("invite-request", "invite-update", "invite-cancel"), ("session",)),
    **dict.fromkeys(("availability", "poll-chase", "register", "engagement"), ("poll",)),
    **dict.fromkeys(("evaluation", "agenda", "poll"), ("poll",)),
    "manager-pulse": ("poll", "people"),
}
HOSTILE = [
    "[x](http://evil.example)",
    "<script>alert(1)</script>",
    "Eve\r\nBcc: all@example.org",
    "Ann\u202eevil",
    "O'Neil",
    "n" * 200,
    "![p](http://evil.example/p.png)",
    "{{ 7 * 7 }} {word.pod}",
    "# Head",
    "1. one | two",
    "<http://evil.example>",
    "&lt;b&gt;",
]


def _hostile(value: Any, name: str) -> Any:
    """Put *name* in place of every name, topic, title and text."""
    wanted = {"name", "first_name", "topic", "title", "client", "text", "owner", "label", "ask"}
    if isinstance(value, dict):
        return {
            key: name if key in wanted and isinstance(part, str) else _hostile(part, name)
            for key, part in value.items()
        }
    return [_hostile(part, name) for part in value] if isinstance(value, list) else value


def _visible(page: str) -> str:
    body = page.partition("<body>")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", body)))


def test_every_message_of_the_packs_is_there(renderer: Renderer) -> None:
    """Each automation of the pack and of the examples has its message (R13, R17, R18)."""
    assert set(ROLES) == renderer.names()
    assert {"reminder", "poll-chase"} == renderer.names("text")
    assert {"invite"} == renderer.names("calendar")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("example", "zone", "locale"),
    [
        ("northern", "Europe/London", "en-GB"),
        ("brightwater", "Australia/Melbourne", "en-AU"),
        ("northern", "Europe/Berlin", "de-DE"),
    ],
)
def test_a_typical_context_renders(
    renderer: Renderer, build: Build, name: str, example: str, zone: str, locale: str
) -> None:
    """Subject, prose and a whole page; no trace of the template, no stray sign (R13)."""
    rendered = renderer.message(name, build(example, ROLES[name]), zone=zone, locale=locale)

    assert 5 < len(rendered.subject) <= 120
    assert rendered.text.startswith("Hello ")
    assert "The programme team" in rendered.text
    assert not re.search(r"None|\{\{|\{%|\*\*|\\| ,| \.|\n\n\n", rendered.subject + rendered.text)
    assert f'<html lang="{locale}"' in rendered.html
    assert not re.search(r"<(img|link|script|iframe)|src=|url\(", rendered.html)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_optional_renders_too(renderer: Renderer, build: Build, bare: Build, name: str) -> None:
    """A session without a date, a pod without a coach, a manager without people: still a decent mail."""
    full = build("northern", ROLES[name])
    kept: dict[str, Any] = {key: deepcopy(full[key]) for key in NEEDS.get(name, ())}
    if "session" in kept:
        kept["session"] |= {"starts": None, "ends": None, "topic": ""}
    if "poll" in kept:
        kept["poll"] |= {"questions": [], "anonymous": False}
    rendered = renderer.message(name, bare("northern", ROLES[name], **kept), zone="UTC", locale="en-GB")

    assert rendered.text.startswith("Hello ")
    assert not re.search(r"None| ,| \.|: \n\n[A-Z]|\n\n\n", rendered.subject + rendered.text)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "run-pack"])
def test_mails_to_people_are_short(renderer: Renderer, build: Build, name: str) -> None:
    """A mail is read on a phone between two meetings: about 150 words (R13)."""
    context = build("northern", ROLES[name])
    poll = context["poll"]
    assert poll is not None
    poll["questions"] = poll["questions"][:1]
    text = renderer.message(name, context, zone="Europe/London", locale="en-GB").text

    assert len(text.split()) <= 150


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_values_are_inert(renderer: Renderer, build: Build, name: str, hostile: str) -> None:
    """Whatever a name holds, it is shown and does nothing (faults 24, 28, 31)."""
    context = {**_hostile(build("northern", ROLES[name]), hostile), "word": build()["word"]}
    if "{" in hostile and (poll := context["poll"]):
        poll["questions"] = []
    rendered = renderer.message(name, context, zone="Europe/London", locale="en-GB")
    shown = hostile.replace("\r\n", " ").replace("\u202e", "")

    assert not re.search(r"[\r\n\u200e\u200f\u202a-\u202e\u2066-\u2069]", rendered.subject)
    assert len(rendered.subject) <= 120
    assert not re.search(r"<(script|img|a|b|h1)[\s>]|\u202e", rendered.html.partition("<body>")[2])
    assert shown in _visible(rendered.html)
    assert shown in rendered.text


@pytest.mark.parametrize("kind", ["dates", "register", "questions"])
@pytest.mark.parametrize("channel", ["email", "text"])
def test_a_chase_speaks_of_what_is_missing(renderer: Renderer, build: Build, kind: str, channel: Any) -> None:
    """Only who has not answered is chased, and they read what for (R18, P8)."""
    words = {"dates": "which dates suit you", "register": "register", "questions": "answer"}
    context = build(poll={**(build()["poll"] or {}), "kind": kind}, statuses=[])
    rendered = renderer.message("poll-chase", context, zone="Europe/London", locale="en-GB", channel=channel)

    assert words[kind] in rendered.text
    assert "London time" in rendered.text


def test_the_register_asks_for_one_line_each(renderer: Renderer, build: Build) -> None:
    """The coach sees the register, the client's own words and how to answer (R15)."""
    text = renderer.message("register", build("northern", "coach"), zone="Europe/London", locale="en-GB").text

    assert "- Chiara Grant: attended\n- Jonah Quinn: …\n" in text
    assert "attended, partly, apologies, missed, made-up and not-applicable" in text


@pytest.mark.parametrize(("number", "expected"), [(1, "Contracting."), (2, "Review of agreed actions.")])
def test_the_running_order_knows_the_first_session(
    renderer: Renderer, build: Build, number: int, expected: str
) -> None:
    """The first session is for contracting, every later one begins with the agreed actions (R14)."""
    session = {**(build()["session"] or {}), "number": number}
    context = build("northern", "coach", session=session)
    text = renderer.message("run-pack", context, zone="Europe/London", locale="en-GB").text

    assert expected in text
    assert "Roles: a presenter, a timekeeper" in text


def test_each_of_a_managers_people_is_asked_about_by_name(renderer: Renderer, build: Build) -> None:
    """A question's placeholder is filled for each of their people (R18)."""
    context = build("northern", "manager", participant=None)
    text = renderer.message("manager-pulse", context, zone="Europe/London", locale="en-GB").text

    assert all(f"What have you seen {name} do differently?" in text for name in ("Chiara", "Jonah"))


def test_a_moved_session_says_both_times(renderer: Renderer, build: Build) -> None:
    """One update with the new time and the old (R12, P4)."""
    text = renderer.message("invite-update", build(), zone="Europe/London", locale="en-GB").text

    assert "Tuesday 19 January 2027\n    09:00\N{EN DASH}17:00 (London time, GMT)" in text
    assert "It used to be Thursday 21 January 2027, 09:00 (London time, GMT)." in text


def test_times_follow_the_clock_change_between_sessions(renderer: Renderer, build: Build) -> None:
    """Two sessions at nine, one in winter and one in summer, each with the letters of its day (P6)."""
    summer = {
        **(build()["next_session"] or {}),
        "starts": datetime(2027, 4, 13, 8, tzinfo=UTC),
        "ends": datetime(2027, 4, 13, 16, tzinfo=UTC),
    }
    text = renderer.message("reminder", build(next_session=summer), zone="Europe/London", locale="en-GB").text

    assert "09:00\N{EN DASH}17:00 (London time, GMT)" in text
    assert "Tuesday 13 April 2027, 09:00\N{EN DASH}17:00 (London time, BST)" in text
