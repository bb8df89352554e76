"""A small world: Northern Health in its third round, built from the repository's own rule files and CSV data."""

import csv
import io
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from convener.bundled import bundled
from convener.errors import Place
from convener.model import (
    Attendance,
    Enrolment,
    Membership,
    ParticipantStatus,
    Person,
    Pod,
    Register,
    Session,
    SessionStatus,
    Span,
    event_of,
)
from convener.rulesets.kinds import KINDS
from convener.rulesets.ruleset import RosterPlan, Rule, Ruleset, SessionPlan

LONDON = ZoneInfo("Europe/London")
JOINED = date(2027, 1, 4)
NOWHERE = Place("test.toml")
Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def rows_of() -> Callable[[str], Rows]:
    """Read one of the repository's CSV files."""

    def read(name: str) -> Rows:
        text = (bundled("data") / name).read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text)))

    return read


@pytest.fixture(scope="session")
def ruleset() -> Ruleset:
    """Northern Health's programme with the oversight rules of the shipped pack."""
    pack = tomllib.loads((bundled("rulesets") / "small-group-coaching.toml").read_text(encoding="utf-8"))
    client = tomllib.loads((bundled("rulesets") / "northern-health.toml").read_text(encoding="utf-8"))
    return Ruleset(
        client="northern-health", client_name=client["client"]["name"], programme="primary-care",
        title="Primary care pilot", zone="Europe/London", locale="en-GB", holidays="GB-ENG",
        wording=client["client"]["wording"], stack={}, sponsors=(), starts=date(2027, 1, 18),
        sessions=SessionPlan(count=9, length=Span.parse("1 day")),
        topics=tuple(client["programmes"]["primary-care"]["topics"]), pod_chooses=0, topics_from=(),
        roster=RosterPlan(path="northern-health.csv"), coaches=None,
        rules={key: _rule(key, dict(table)) for key, table in pack["rules"].items()},
        automations={}, polls={}, waivers={},
    )  # fmt: skip


def _rule(key: str, table: dict[str, object]) -> Rule:
    kind, flexibility = str(table.pop("kind")), table.pop("flexibility")
    why, weight = str(table.pop("why", "")), table.pop("weight", 1)
    terms = KINDS[kind].model_validate(table)
    return Rule(
        id=key,
        kind=kind,
        inflexible=flexibility == "inflexible",
        terms=terms,
        weight=int(str(weight)),
        why=why,
        place=NOWHERE,
    )


@pytest.fixture
def without(ruleset: Ruleset) -> Callable[[str], Ruleset]:
    """Return the ruleset without one rule."""
    return lambda name: replace(ruleset, rules={key: rule for key, rule in ruleset.rules.items() if key != name})


@pytest.fixture(scope="session")
def register(ruleset: Ruleset, rows_of: Callable[[str], Rows]) -> Register:
    """Forty people in five sets, nine dates each, the registers of the first three."""
    roster = rows_of("northern-health.csv")
    people = {
        row["Staff no"]: Person(
            id=row["Staff no"], name=row["Name"], email=row["E-mail"], mobile=row["Mobile"],
            attributes={"grade": row["Grade"]},
        )
        for row in roster
    }  # fmt: skip
    regions = sorted({row["Region"] for row in roster})
    pods = {
        f"primary-care/{name.lower()}": Pod(id=f"primary-care/{name.lower()}", name=name.lower()) for name in regions
    }
    home = {row["Staff no"]: f"primary-care/{row['Region'].lower()}" for row in roster}
    sessions = {session.id: session for session in _sessions(list(pods), ruleset.topics)}
    ids = {row["E-mail"]: row["Staff no"] for row in roster}
    marks = [_mark(row, ids, home) for row in rows_of("northern-health-attendance.csv")]
    return Register(
        client="northern-health",
        programme="primary-care",
        people=people,
        enrolments=tuple(
            Enrolment(person=person, status=ParticipantStatus.ACTIVE, since=JOINED) for person in sorted(people)
        ),
        memberships=tuple(Membership(person=person, pod=pod, since=JOINED) for person, pod in home.items()),
        pods=pods,
        sessions=sessions,
        attendance={(mark.session, mark.person): mark for mark in marks},
        events=(
            event_of(
                "session.moved", "northern-health/primary-care", "primary-care/tyneside/2",
                at=datetime(2027, 2, 20, 9, tzinfo=UTC),
            ),
        ),
    )  # fmt: skip


def _sessions(pods: list[str], topics: tuple[str, ...]) -> list[Session]:
    first = datetime(2027, 1, 19, 9, tzinfo=LONDON)
    made = []
    for offset, pod in enumerate(pods):
        for number, topic in enumerate(topics, start=1):
            starts = first + timedelta(days=7 * (offset // 3) + offset % 3, weeks=6 * (number - 1))
            status = SessionStatus.HELD if number <= 3 else SessionStatus.CONFIRMED
            made.append(
                Session(
                    pod=pod, number=number, topic=topic, status=status, starts=starts,
                    ends=starts + timedelta(hours=8), zone="Europe/London",
                )
            )  # fmt: skip
    return made


def _mark(row: dict[str, str], ids: dict[str, str], home: dict[str, str]) -> Attendance:
    person = ids[row["email"]]
    engagement = int(row["engagement"]) if row["engagement"] else None
    return Attendance(
        session=f"{home[person]}/{row['session']}", person=person, status=row["status"], engagement=engagement
    )


@pytest.fixture(scope="session")
def as_of() -> date:
    """Return a Monday after the third round and before the fourth."""
    return date(2027, 5, 3)


@pytest.fixture
def person_of(register: Register) -> Callable[[str], str]:
    """Return the id of the person with that address."""

    def find(email: str) -> str:
        person = register.by_email(email)
        assert person is not None
        return person.id

    return find
