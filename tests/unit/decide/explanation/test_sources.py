"""Where facts come from."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from convener.decide.explanation.sources import shown, source_of, written
from convener.decide.facts import PROVIDERS, Scene
from convener.decide.index import Index
from convener.decide.moments.moment import Moment
from convener.errors import Place
from convener.model import Attendance, PollRequest, Register

NOW = datetime(2027, 1, 18, 9, tzinfo=UTC)


def scene(world: Any, register: Register | None = None, **more: Any) -> Scene:
    """Return ann at the first session."""
    known = register or world.register()
    session = known.sessions["lead/north/1"]
    index = Index.of(world.prepared(places={"programme.starts": Place("acme.toml", 9, 1)}), known)
    moment = Moment(subject=session.id, session=session, **more)
    return Scene(index=index, moment=moment, person="ann", at=NOW)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("programme.state", "programme.live on Tue 1 Dec 2026 09:00 GMT"),
        ("programme.started", "acme.toml:9:1"),
        ("participant.active", "enrolled, active since 2026-11-01"),
        ("participant.zone", "the usual value"),
        ("participant.pod", "in lead/north since 2026-11-01"),
        ("manager.known", "mia@acme.example in post since 2026-11-01"),
        ("coach.known", "cox@coaches.example since 2026-11-01"),
        ("pod.size", "members of lead/north on 2027-01-19"),
        ("session.status", "the register of lead/north"),
        ("attendance.present", "nothing recorded"),
        ("attendance.rate", "nothing recorded that counts"),
        ("poll.open", "no poll is spoken of"),
    ],
)
def test_each_fact_has_a_source(world: Any, name: str, expected: str) -> None:
    """P16: which import, which answer, which event, which line."""
    assert expected == source_of(name, scene(world))


def test_every_fact_of_the_catalogue_has_one(world: Any) -> None:
    """Nothing is left to be guessed."""
    assert [] == [name for name in PROVIDERS if not source_of(name, scene(world))]


def test_a_register_says_where_and_when_it_was_recorded(world: Any) -> None:
    """R15: the line of the file, and the event."""
    row = Attendance(session="lead/north/1", person="ann", status="apologies", source="january.csv:12")
    event = world.event("attendance.recorded", "lead/north/1", NOW, "ann")
    register = world.register(event, attendance={("lead/north/1", "ann"): row})

    assert "'apologies' from january.csv:12 on Mon 18 Jan 2027 09:00 GMT" == source_of(
        "attendance.excused", scene(world, register)
    )


def test_a_history_is_told_session_by_session(world: Any) -> None:
    """R16: what a rate is made of."""
    register = world.register(attendance=world.attended("lead/north/1", ann="missed"))

    assert "sessions 1: absent" == source_of("attendance.missed", scene(world, register))


def test_what_is_not_on_record_says_so(world: Any) -> None:
    """Unknown has a reason too."""
    bare = world.register(enrolments=(), memberships=(), managements=(), coachings=())

    assert ["not on record", "in no pod on the day", "no line manager on record on 2027-01-19"] == [
        source_of(name, scene(world, bare)) for name in ("participant.status", "participant.pod", "manager.known")
    ]
    assert "no coach on record on 2027-01-19" == source_of("coach.known", scene(world, bare))


def test_a_poll_says_when_it_was_opened_and_answered(world: Any) -> None:
    """R18: which answer."""
    poll = PollRequest(poll="engagement", subject="lead", person="ann", opened=NOW, closes=NOW.replace(day=28))

    assert "opened Mon 18 Jan 2027 09:00 GMT, closes Thu 28 Jan 2027 09:00 GMT, no answer" == source_of(
        "poll.open", scene(world, poll=poll)
    )
    assert "answered Mon 18 Jan 2027 09:00 GMT" in source_of(
        "poll.answered", scene(world, poll=replace(poll, answered=NOW))
    )


def test_times_carry_their_zone(world: Any) -> None:
    """P6: zone printed beside every time; a setting nobody wrote has the usual value."""
    assert "Mon 18 Jan 2027 10:00 CET" == shown(NOW, "Europe/Berlin")
    assert "the usual value" == written(world.ruleset(), "client.timezone")
