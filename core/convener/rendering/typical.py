"""Typical people: the contexts that a message must do for, before anybody real gets it.

They are nobody's: the same for every client, so that what was rehearsed once need not be rehearsed for the next one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from convener.rendering.context import (
    MessageContext,
    PersonView,
    PollView,
    ProgrammeView,
    QuestionView,
    ReportView,
    Role,
    SessionView,
)

PollKind = Literal["questions", "dates", "register"]

ZONE, LOCALE = "Europe/London", "en-GB"
"""The wall clock and the manner in which messages are rehearsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a message is about and to whom it goes, as far as that decides what its template may speak of."""

    role: Role
    session: bool = False
    """Whether it is about a session, which then has its time."""
    poll: PollKind | None = None
    """The kind of poll that it opens or chases."""
    chase: bool = False
    """Whether the poll is open already."""
    report: bool = False
    moved: bool = False
    """Whether it tells of a session's new time."""


@dataclass(frozen=True, slots=True)
class _Cast:
    """Somebody, and what is known around them."""

    which: str
    """Which session."""
    label: str
    names: tuple[str, str, str]
    """The participant, the manager and the coach."""
    alone: bool
    """Whether a manager has one participant here."""
    known: bool
    """Whether everything that may be missing is there: coach, manager, topic, next session, sponsor."""
    number: int


_LONG: Final = "Anastasiya-Wilhelmina Fernández-Ó Súilleabháin von und zu Wallenstein-Montgomery-Świętosławska"
COUNT: Final = 9
_CASTS: Final = (
    _Cast("the first session", "everything known", ("Ana Ruiz", "Mia Holt", "Inês O'Neil"), True, True, 1),
    _Cast("the last session", "nothing else known", ("李小龙", "محمد علي", "Šárka Dvořáková"), False, False, COUNT),
    _Cast("a session", "one of several with long names", (_LONG, _LONG, _LONG), False, True, 4),
    _Cast("a session", "nothing else known", ("Björk", "Zoë", "Nguyễn Văn An"), True, False, 2),
)
_FIRST_DAY: Final = date(2027, 1, 18)
_FIRST_START: Final = datetime(2027, 1, 19, 9, tzinfo=UTC)


def typical(shape: Shape) -> Iterator[tuple[str, MessageContext]]:
    """Yield every typical context of *shape*, and in words what it is like."""
    for cast in _CASTS:
        yield _told(shape, cast), _context(shape, cast)


def spoken_of(shape: Shape) -> frozenset[str]:
    """Return the keys that may have a value in a message of *shape*."""
    return frozenset(key for _, context in typical(shape) for key, value in context.items() if value is not None)


def _told(shape: Shape, cast: _Cast) -> str:
    return f"a {shape.role}{f' at {cast.which}' if shape.session else ''}, {cast.label}"


def _context(shape: Shape, cast: _Cast) -> MessageContext:
    participant, manager, coach = cast.names
    recipient = {"participant": participant, "manager": manager, "coach": coach, "sponsor": "Lee Park"}[shape.role]
    has_pod = shape.session or (cast.known and shape.role == "participant")
    has_coach = has_pod and (cast.known or shape.role == "coach")
    following = _session(cast, cast.number + 1) if has_pod and cast.known else None
    about = participant if shape.role == "participant" or _is_told_of_one(shape, cast) else ""
    return {
        "recipient": {"name": recipient, "first_name": recipient.split()[0], "role": shape.role},
        "participant": {"name": about, "first_name": about.split()[0]} if about else None,
        "people": _people(shape, cast),
        "session": _session(cast, cast.number) if shape.session else None,
        "next_session": following,
        "sessions": [following] if following else [],
        "moved_from": _FIRST_START - timedelta(days=2) if shape.moved else None,
        "pod": {"name": "pod-03", "members": [{"name": participant}]} if has_pod else None,
        "coach": {"name": coach, "email": "coach@coaches.example"} if has_coach else None,
        "manager": {"name": manager} if about and (cast.known or shape.role == "manager") else None,
        "programme": _programme(cast),
        "sponsor": {"name": "Lee Park"} if cast.known else None,
        "poll": _poll(shape, cast) if shape.poll else None,
        "statuses": ["attended", "missed"] if cast.known else [],
        "ground_rules": ["Phones away"] if cast.known else [],
        "actions": [{"text": "Share the rota", "owner": participant, "due": None}] if cast.known else [],
        "attachments": ["toolkit.html"] if cast.known else [],
        "report": _report() if shape.report else None,
        "word": {"pod": "pod", "coach": "coach", "session": "session", "participant": "member", "manager": "manager"},
        "sender": {"name": "Convener", "email": "convener@localhost"},
    }


def _is_told_of_one(shape: Shape, cast: _Cast) -> bool:
    return shape.role == "manager" and cast.alone and not shape.chase


def _people(shape: Shape, cast: _Cast) -> list[PersonView]:
    """Return whom the message speaks of; a coach's register may be empty, a manager's list only of a poll chased."""
    names = [cast.names[0]] if cast.alone else [*cast.names]
    status = "attended" if cast.known else None
    people: list[PersonView] = [{"name": name, "first_name": name.split()[0], "status": status} for name in names]
    if shape.role == "participant":
        return [] if shape.chase else people[:1]
    if shape.role == "coach":
        return people if shape.session and cast.known else []
    return people if shape.role == "manager" and not shape.chase else []


def _programme(cast: _Cast) -> ProgrammeView:
    return {
        "title": "Leading well",
        "client": "Example & Sons",
        "starts": _FIRST_DAY,
        "ends": date(2028, 1, 18) if cast.known else None,
        "sessions": COUNT,
        "length": "1 day",
    }


def _session(cast: _Cast, number: int) -> SessionView:
    starts = _FIRST_START + timedelta(weeks=6 * (number - 1))
    return {
        "number": number,
        "count": COUNT,
        "topic": "Contracting" if cast.known else "",
        "starts": starts,
        "ends": starts + timedelta(hours=8),
        "pod": "pod-03",
    }


def _poll(shape: Shape, cast: _Cast) -> PollView:
    kind = shape.poll or "questions"
    return {
        "id": "looking-back",
        "title": "looking back",
        "kind": kind,
        "questions": _questions() if kind == "questions" else [],
        "closes": _FIRST_START + timedelta(days=5),
        "anonymous": not cast.known,
    }


def _questions() -> list[QuestionView]:
    return [
        _question("useful", "scale", scale=(1, 5)),
        _question("change", "choices", choices=("nothing yet", "a little")),
        _question("insight", "text", text=500),
    ]


def _question(
    name: str,
    kind: Literal["scale", "choices", "text"],
    *,
    scale: tuple[int, int] | None = None,
    choices: tuple[str, ...] = (),
    text: int | None = None,
) -> QuestionView:
    return {"id": name, "ask": "What changed?", "kind": kind, "scale": scale, "choices": choices, "text": text}


def _report() -> ReportView:
    return {
        "as_of": date(2027, 3, 8),
        "figures": [
            {"label": "Attendance", "value": 0.9, "numerator": 36.0, "denominator": 40.0},
            {"label": "Engagement", "value": 3.8, "numerator": None, "denominator": None},
            {"label": "Withheld", "value": None, "numerator": None, "denominator": None},
        ],
    }
