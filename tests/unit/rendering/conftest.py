"""Contexts as operations build them, for both examples."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest

from convener.bundled import bundled
from convener.rendering import MessageContext, Renderer

Build = Callable[..., MessageContext]


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    """Render from the shipped templates."""
    return Renderer([bundled("templates")])


def _session(number: int, topic: str, starts: datetime, length: timedelta, pod: str, count: int) -> dict[str, object]:
    ends = starts + length
    return {"number": number, "count": count, "topic": topic, "starts": starts, "ends": ends, "pod": pod}


def _northern() -> dict[str, object]:
    day = timedelta(hours=8)
    first = _session(1, "Contracting", datetime(2027, 1, 19, 9, tzinfo=UTC), day, "cumbria", 9)
    second = _session(2, "Working across practices", datetime(2027, 3, 2, 9, tzinfo=UTC), day, "cumbria", 9)
    return {
        "session": first,
        "next_session": second,
        "sessions": [first, second],
        "moved_from": datetime(2027, 1, 21, 9, tzinfo=UTC),
        "pod": {"name": "cumbria", "members": [{"name": "Chiara Grant"}, {"name": "Jonah Quinn"}]},
        "coach": {"name": "Inês Duarte", "email": "ines.duarte@coaches.example"},
        "programme": {
            "title": "Primary care pilot",
            "client": "Northern Health",
            "starts": date(2027, 1, 18),
            "ends": date(2028, 1, 18),
            "sessions": 9,
            "length": "1 day",
        },
        "sponsor": {"name": "Priya Nair"},
        "word": {
            "pod": "set",
            "coach": "set adviser",
            "session": "session",
            "participant": "participant",
            "manager": "line manager",
        },
    }


def _brightwater() -> dict[str, object]:
    two_hours = timedelta(hours=2)
    first = _session(3, "Delegation", datetime(2027, 4, 13, 4, tzinfo=UTC), two_hours, "pod-03", 6)
    second = _session(4, "", datetime(2027, 5, 11, 4, tzinfo=UTC), two_hours, "pod-03", 6)
    return {
        "session": first,
        "next_session": second,
        "sessions": [first, second],
        "moved_from": datetime(2027, 4, 12, 4, tzinfo=UTC),
        "pod": {"name": "pod-03", "members": [{"name": "Ana Ruiz"}, {"name": "Tomasz Turner"}]},
        "coach": {"name": "Tom Okafor", "email": "tom.okafor@coaches.example"},
        "programme": {
            "title": "Leading through change",
            "client": "Brightwater Paints",
            "starts": date(2027, 2, 8),
            "ends": date(2027, 7, 20),
            "sessions": 6,
            "length": "2 hours",
        },
        "sponsor": {"name": "Jo Lim"},
        "word": {
            "pod": "pod",
            "coach": "coach",
            "session": "session",
            "participant": "participant",
            "manager": "manager",
        },
    }


_QUESTIONS = [
    {
        "id": "useful",
        "ask": "How useful was the session for the work on your desk?",
        "kind": "scale",
        "scale": (1, 5),
        "choices": (),
        "text": None,
    },
    {
        "id": "change",
        "ask": "What have you seen {participant.first_name} do differently?",
        "kind": "choices",
        "scale": None,
        "choices": ("nothing yet", "a little", "clearly"),
        "text": None,
    },
    {
        "id": "insight",
        "ask": "What did you take away?",
        "kind": "text",
        "scale": None,
        "choices": (),
        "text": 500,
    },
]

_AROUND: dict[str, object] = {
    "participant": {"name": "Chiara Grant", "first_name": "Chiara"},
    "people": [
        {"name": "Chiara Grant", "first_name": "Chiara", "status": "attended"},
        {"name": "Jonah Quinn", "first_name": "Jonah", "status": None},
    ],
    "manager": {"name": "Mairead Rahman"},
    "poll": {
        "id": "engagement",
        "title": "engagement",
        "kind": "questions",
        "questions": _QUESTIONS,
        "closes": datetime(2027, 4, 23, 8, tzinfo=UTC),
        "anonymous": True,
    },
    "statuses": ["attended", "partly", "apologies", "missed", "made-up", "not-applicable"],
    "ground_rules": ["What is said here stays here", "Phones away"],
    "actions": [{"text": "Share the rota", "owner": "Jonah Quinn", "due": date(2027, 2, 12)}],
    "attachments": ["manager-toolkit.html"],
    "report": {
        "as_of": date(2027, 3, 8),
        "figures": [
            {"label": "Attendance", "value": 0.9, "numerator": 36.0, "denominator": 40.0},
            {"label": "Engagement seen by coaches", "value": 3.8, "numerator": None, "denominator": None},
            {"label": "Durham", "value": None, "numerator": None, "denominator": None},
        ],
    },
    "sender": {"name": "The programme team", "email": "convener@localhost"},
}

_ROLES = {
    "participant": {"name": "Chiara Grant", "first_name": "Chiara", "role": "participant"},
    "manager": {"name": "Mairead Rahman", "first_name": "Mairead", "role": "manager"},
    "coach": {"name": "Inês Duarte", "first_name": "Inês", "role": "coach"},
    "sponsor": {"name": "Priya Nair", "first_name": "Priya", "role": "sponsor"},
}

_EMPTY: dict[str, object] = {
    **dict.fromkeys(("participant", "session", "next_session", "moved_from", "pod", "coach", "manager"), None),
    **dict.fromkeys(("sponsor", "poll", "report"), None),
    **{key: [] for key in ("people", "sessions", "statuses", "ground_rules", "actions", "attachments")},
}


@pytest.fixture
def build() -> Build:
    """Build the context of one example for one role; keyword arguments replace keys, None means does not apply."""

    def make(example: str = "northern", role: str = "participant", **keys: object) -> MessageContext:
        values = {**_AROUND, **(_northern() if example == "northern" else _brightwater())}
        return cast("MessageContext", deepcopy({**values, "recipient": _ROLES[role], **keys}))

    return make


@pytest.fixture
def bare(build: Build) -> Build:
    """Build a context in which nothing optional applies, except for the keys given."""

    def make(example: str = "northern", role: str = "participant", **keys: object) -> MessageContext:
        return build(example, role, **{**deepcopy(_EMPTY), **keys})

    return make
