"""A small programme to rehearse: one pod of three, two sessions, live since December."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from convener.decide import Prepared, prepare
from convener.decide.stage.play import Stage
from convener.model import (
    Coaching,
    Enrolment,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Pod,
    ProgrammeState,
    Register,
    Session,
    SessionStatus,
    event_of,
)
from convener.rulesets import load_client

RULES = """\
schema = 1
extends = ["small-group-coaching@1"]

[client]
name = "Acme"
timezone = "Europe/London"
locale = "en-GB"
holidays = "GB-ENG"

[stack]
roster = "files"
email = "mail"
text = "sms"
calendar = "mail"
polls = "web"
reports = ["pages"]

[programmes.lead]
title = "Leading"
starts = 2027-01-18
sessions = { count = 2, length = "8 hours" }
topics = ["Contracting", "Access"]
roster = { path = "acme.csv" }
coaches = "all"
"""
LIVE = datetime(2026, 12, 1, 9, tzinfo=UTC)
JOINED = date(2026, 11, 1)
REPORTS = {"1": "mia@acme.example", "2": "mia@acme.example", "3": "max@acme.example"}
NAMES = {"1": "Ann Hall", "2": "Ben Ito", "3": "Cat Lowe"}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Return the rules of the small programme: those of the pack."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "rulesets").mkdir()
    (folder / "rulesets" / "acme.toml").write_text(RULES, encoding="utf-8")
    loaded = load_client(folder, "acme")
    return prepare(loaded.rulesets[0])


def person(identity: str, name: str = "", email: str = "") -> Person:
    """Make somebody."""
    return Person(id=identity, name=name or "Mo Day", email=email or identity, mobile="+447700900000")


def session(number: int, starts: datetime) -> Session:
    """Make a confirmed session of eight hours."""
    ends = starts + timedelta(hours=8)
    return Session(
        pod="lead/north", number=number, topic="Access", status=SessionStatus.CONFIRMED, starts=starts, ends=ends
    )


@pytest.fixture
def register() -> Register:
    """Return the register of the small programme."""
    people = [person(who, name, f"{name.split()[0].casefold()}@acme.example") for who, name in NAMES.items()]
    people += [person(email) for email in ("mia@acme.example", "max@acme.example", "cox@coaches.example")]
    sessions = [session(1, datetime(2027, 1, 19, 9, tzinfo=UTC)), session(2, datetime(2027, 3, 2, 9, tzinfo=UTC))]
    active = ParticipantStatus.ACTIVE
    return Register(
        client="acme",
        programme="lead",
        state=ProgrammeState.LIVE,
        people={one.id: one for one in people},
        enrolments=tuple(Enrolment(person=who, status=active, since=JOINED) for who in NAMES),
        memberships=tuple(Membership(person=who, pod="lead/north", since=JOINED) for who in NAMES),
        managements=tuple(Management(person=who, manager=boss, since=JOINED) for who, boss in REPORTS.items()),
        coachings=(Coaching(pod="lead/north", coach="cox@coaches.example", since=JOINED),),
        pods={"lead/north": Pod(id="lead/north", name="North")},
        sessions={one.id: one for one in sessions},
        events=(event_of("programme.live", "acme/lead", "lead", at=LIVE),),
    )


@pytest.fixture
def stage(prepared: Prepared, register: Register) -> Stage:
    """Return the small programme on a stage, on the day it went live."""
    return Stage.of(prepared, register, LIVE)


@pytest.fixture
def draft_stage(prepared: Prepared, register: Register) -> Stage:
    """Return the same before it went live."""
    return Stage.of(prepared, replace(register, state=ProgrammeState.DRAFT, events=()), LIVE)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes an events file."""

    def written(*events: str, schema: int = 1, name: str = "events.toml") -> Path:
        path = tmp_path / name
        tables = "\n".join(f"[[events]]\n{event}\n" for event in events)
        path.write_text(f"schema = {schema}\n\n{tables}", encoding="utf-8")
        return path

    return written


@pytest.fixture
def at() -> Callable[[str], Any]:
    """Return what reads an instant in UTC."""
    return lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)
