"""Small worlds and the two example programmes."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from convener.errors import Place
from convener.model import (
    Coach,
    DateRange,
    Enrolment,
    Management,
    ParticipantStatus,
    Person,
    Register,
    Span,
)
from convener.ports import Table, TableRow
from convener.rulesets.kinds import KINDS
from convener.rulesets.ruleset import RosterPlan, Rule, Ruleset, SessionPlan

ROOT = Path(__file__).parents[3]
FIRST = date(2026, 1, 1)


def make_rule(name: str, kind: str, *, flexible: bool = False, weight: int = 1, **terms: Any) -> Rule:
    """Return a rule of *kind* with *terms* as a rule file writes them."""
    return Rule(
        id=name,
        kind=kind,
        inflexible=not flexible,
        weight=weight,
        terms=KINDS[kind].model_validate(terms),
        place=Place("rules.toml"),
    )


def make_ruleset(*rules: Rule, **changes: Any) -> Ruleset:
    """Return the ruleset of a small programme with *rules*."""
    known: dict[str, Any] = {
        "client": "acme",
        "client_name": "Acme",
        "programme": "lead",
        "title": "Leading",
        "zone": "Europe/London",
        "locale": "en-GB",
        "holidays": "GB-ENG",
        "wording": {},
        "stack": {},
        "sponsors": (),
        "starts": date(2027, 1, 18),
        "sessions": SessionPlan(count=3, length=Span.parse("2 hours")),
        "topics": ("One", "Two", "Three"),
        "pod_chooses": 0,
        "topics_from": (),
        "roster": RosterPlan(path="roster.csv"),
        "coaches": None,
        "automations": {},
        "polls": {},
        "waivers": {},
        "rules": {rule.id: rule for rule in rules},
    }
    return Ruleset(**{**known, **changes})


def make_register(
    people: Mapping[str, Mapping[str, str]], *, coaches: Sequence[Coach] = (), zones: Mapping[str, str] | None = None
) -> Register:
    """Return a register of *people* by id with their attributes; `manager` names a manager by address."""
    where = zones or {}
    persons = {
        name: Person(
            id=name,
            name=name.title(),
            email=f"{name}@acme.example",
            zone=where.get(name, ""),
            attributes={key: value for key, value in values.items() if key != "manager"},
        )
        for name, values in people.items()
    }
    advisers = {c.id: Person(id=c.id, name=c.id.title(), email=c.id, zone=where.get(c.id, "")) for c in coaches}
    return Register(
        client="acme",
        programme="lead",
        people={**persons, **advisers},
        coaches={coach.id: coach for coach in coaches},
        enrolments=tuple(Enrolment(person=p, status=ParticipantStatus.ACTIVE, since=FIRST) for p in people),
        managements=tuple(
            Management(person=p, manager=values["manager"], since=FIRST)
            for p, values in people.items()
            if "manager" in values
        ),
    )


@dataclass(frozen=True)
class Example:
    """An example client's programme as it stands before pods are proposed."""

    ruleset: Ruleset
    register: Register
    availability: Table


@pytest.fixture
def rule() -> Callable[..., Rule]:
    """Give the maker of rules."""
    return make_rule


@pytest.fixture
def ruleset() -> Callable[..., Ruleset]:
    """Give the maker of rulesets."""
    return make_ruleset


@pytest.fixture
def register() -> Callable[..., Register]:
    """Give the maker of registers."""
    return make_register


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of the example data."""
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_table(name: str) -> Table:
    """Return a file of the example data as a table."""
    rows = read_rows(name)
    return Table(
        source=f"data/{name}",
        header=tuple(rows[0]),
        rows=tuple(TableRow(line=line, values=row) for line, row in enumerate(rows, start=2)),
    )


def read_coaches() -> tuple[dict[str, Person], dict[str, Coach]]:
    """Return the example coaches by address."""
    people: dict[str, Person] = {}
    coaches: dict[str, Coach] = {}
    for row in read_rows("coaches.csv"):
        email = row["email"]
        people[email] = Person(id=email, name=row["name"], email=email, zone=row["timezone"])
        coaches[email] = Coach(
            id=email,
            max_pods=int(row["max_pods"]),
            accredited=frozenset(row["accredited"].split(";")),
            years=int(row["years"]),
            away=tuple(DateRange.parse(part) for part in row["away"].split(";") if part),
        )
    return people, coaches


def read_register(client: str, programme: str, roster: str, headers: Mapping[str, str]) -> Register:
    """Return the register of an example; *headers* names the roster's id, name, email, zone and manager columns."""
    people, coaches = read_coaches()
    managements: list[Management] = []
    enrolments: list[Enrolment] = []
    taken = set(headers.values())
    for row in read_rows(roster):
        each = row[headers["id"]]
        others = {re.sub(r"[^a-z0-9]+", "_", k.lower()).strip("_"): v for k, v in row.items() if k not in taken}
        people[each] = Person(
            id=each,
            name=row[headers["name"]],
            email=row[headers["email"]],
            zone=row.get(headers.get("zone", ""), ""),
            attributes=others,
        )
        boss = row[headers["manager_email"]]
        people.setdefault(boss, Person(id=boss, name=row[headers["manager"]], email=boss))
        managements.append(Management(person=each, manager=boss, since=FIRST))
        enrolments.append(Enrolment(person=each, status=ParticipantStatus.ACTIVE, since=FIRST))
    return Register(
        client=client,
        programme=programme,
        people=people,
        coaches=coaches,
        enrolments=tuple(enrolments),
        managements=tuple(managements),
    )


def northern_ruleset() -> Ruleset:
    """Return what the rule files say of northern-health/primary-care, as far as planning asks."""
    topics = "Contracting, Working across practices, Access, Workforce, Data sharing, Measuring, Patients as partners"
    return make_ruleset(
        make_rule("pod-size", "pod-size", min=7, target=8, max=9),
        make_rule("not-with-own-manager", "apart", who="manager-and-report"),
        make_rule("mixed-departments", "mix", flexible=True, weight=3, by=("department",)),
        make_rule("coach-load", "coach-load", max_pods=6, max_sessions_per_day=2),
        make_rule("office-hours", "session-window", flexible=True, weight=2, zone="member"),
        make_rule("gap", "session-gap", min="10 days", max="45 days"),
        make_rule("no-holidays", "holidays"),
        make_rule("quorum", "quorum", members="75%", coach=True),
        make_rule("one-region", "same", by=("region",)),
        make_rule("mixed-types", "mix", flexible=True, by=("mbti",)),
        make_rule("whole-day", "session-window", days=("tue", "wed", "thu"), between=("09:00", "17:00")),
        make_rule("august", "blackout", flexible=True, weight=5, dates=("2027-08-02..2027-08-27",)),
        client="northern-health",
        programme="primary-care",
        sessions=SessionPlan(count=9, length=Span.parse("1 day"), every=Span.parse("6 weeks")),
        topics=(*topics.split(", "), "Sustaining", "Review and spread"),
    )


def brightwater_ruleset() -> Ruleset:
    """Return what the rule files say of brightwater/lead-26, as far as planning asks."""
    return make_ruleset(
        make_rule("pod-size", "pod-size", min=3, target=3, max=4),
        make_rule("not-with-own-manager", "apart", who="manager-and-report"),
        make_rule("mixed-departments", "mix", flexible=True, weight=3, by=("department",)),
        make_rule("coach-load", "coach-load", max_pods=6, max_sessions_per_day=2),
        make_rule("office-hours", "session-window", flexible=True, weight=2, zone="member"),
        make_rule("gap", "session-gap", min="10 days", max="45 days"),
        make_rule("no-holidays", "holidays"),
        make_rule("quorum", "quorum", members="75%", coach=True),
        make_rule("monthly", "session-pattern", flexible=True, weight=4, same=("week-of-month", "weekday", "time")),
        make_rule("monthly-gap", "session-gap", min="21 days", max="42 days"),
        make_rule("hours-overlap", "timezone-overlap", min="3 hours"),
        make_rule("peers", "similar", flexible=True, weight=2, by=("grade",)),
        make_rule("keep-apart", "apart", pairs=(("ana.ruiz@brightwater.example", "ben.osei@brightwater.example"),)),
        make_rule("toolkit-complete", "require", each="participant", require="manager.known"),
        client="brightwater",
        programme="lead-26",
        zone="Australia/Melbourne",
        locale="en-AU",
        holidays="AU-VIC",
        starts=date(2027, 2, 8),
        sessions=SessionPlan(count=6, length=Span.parse("2 hours")),
        topics=("Kick-off", "Coaching skills", "Delegation"),
        pod_chooses=3,
        coaches=tuple(f"{name}@coaches.example" for name in ("maya.chen", "tom.okafor", "ines.duarte", "lars.holm")),
    )


@pytest.fixture(scope="session")
def northern() -> Example:
    """Give northern-health/primary-care."""
    headers = {
        "id": "Staff no",
        "name": "Name",
        "email": "E-mail",
        "manager": "Line manager",
        "manager_email": "Line manager e-mail",
    }
    known = read_register("northern-health", "primary-care", "northern-health.csv", headers)
    return Example(northern_ruleset(), known, read_table("northern-health-availability.csv"))


@pytest.fixture(scope="session")
def brightwater() -> Example:
    """Give brightwater/lead-26."""
    headers = {
        "id": "id",
        "name": "name",
        "email": "email",
        "zone": "timezone",
        "manager": "manager_name",
        "manager_email": "manager_email",
    }
    known = read_register("brightwater", "lead-26", "brightwater.csv", headers)
    return Example(brightwater_ruleset(), known, read_table("brightwater-availability.csv"))
