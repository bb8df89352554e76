"""Small worlds and the two example programmes."""

import csv
import importlib.util
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from convener.errors import Place
from convener.model import (
    Answer,
    Availability,
    Coach,
    Coaching,
    DateProposal,
    DateRange,
    Enrolment,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Pod,
    PodProposal,
    Register,
    Slot,
    Span,
)
from convener.planning import propose_dates, propose_pods, read_availability
from convener.ports import Table, TableRow
from convener.rulesets.kinds import KINDS
from convener.rulesets.loader import load_client
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
    return Example(
        load_client(ROOT, "northern-health").rulesets[0], known, read_table("northern-health-availability.csv")
    )


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
    return Example(load_client(ROOT, "brightwater").rulesets[0], known, read_table("brightwater-availability.csv"))


@dataclass(frozen=True)
class Planned:
    """An example with its pods accepted and its dates proposed."""

    ruleset: Ruleset
    before: Register
    pods: PodProposal
    register: Register
    availability: Availability
    dates: DateProposal


EARLIEST = datetime(2026, 12, 20, tzinfo=UTC)
"""No session of an example lies before."""


def adopt(register: Register, proposal: PodProposal) -> Register:
    """Return the register with the proposed pods accepted."""
    pods = proposal.pods
    return replace(
        register,
        pods={pod.id: Pod(id=pod.id, name=pod.name) for pod in pods},
        memberships=tuple(Membership(person=s.person, pod=p.id, since=FIRST) for p in pods for s in p.seats),
        coachings=tuple(Coaching(pod=p.id, coach=p.coach, since=FIRST) for p in pods if p.coach),
    )


def plan(example: Example) -> Planned:
    """Propose pods and dates for an example."""
    ruleset = example.ruleset
    coaches = frozenset(row.values["email"] for row in example.availability.rows) & set(example.register.coaches)
    pods = propose_pods(ruleset, example.register, day=date(2026, 12, 1), answered=coaches)
    assert isinstance(pods, PodProposal)
    register = adopt(example.register, pods)
    availability, _ = read_availability(example.availability, register, ruleset)
    dates = propose_dates(ruleset, register, availability, earliest=EARLIEST)
    assert isinstance(dates, DateProposal), dates
    return Planned(ruleset, example.register, pods, register, availability, dates)


@pytest.fixture(scope="session")
def planned_northern(northern: Example) -> Planned:
    """Give northern-health with pods and dates."""
    return plan(northern)


@pytest.fixture(scope="session")
def planned_brightwater(brightwater: Example) -> Planned:
    """Give brightwater with pods and dates."""
    return plan(brightwater)


def make_pods(register: Register, pods: Mapping[str, Sequence[str]], coach: str = "") -> Register:
    """Return *register* with *pods*: members by name of the pod, all with *coach*."""
    return replace(
        register,
        pods={f"lead/{name}": Pod(id=f"lead/{name}", name=name) for name in pods},
        memberships=tuple(Membership(person=p, pod=f"lead/{n}", since=FIRST) for n, ps in pods.items() for p in ps),
        coachings=tuple(Coaching(pod=f"lead/{name}", coach=coach, since=FIRST) for name in pods if coach),
    )


def make_availability(days: Sequence[date], answers: Mapping[str, str], *, hour: int = 10) -> Availability:
    """Return answers to a slot of two hours on each of *days*: `y`, `i` or `n` by letter."""
    words = {"y": Answer.YES, "i": Answer.IF_NEEDED, "n": Answer.NO}
    starts = [datetime(day.year, day.month, day.day, hour, tzinfo=UTC) for day in days]
    return Availability(
        slots=tuple(Slot(starts=at, ends=at + timedelta(hours=2)) for at in starts),
        answers={person: tuple(words[letter] for letter in given) for person, given in answers.items()},
    )


@pytest.fixture
def pods_of() -> Callable[..., Register]:
    """Give the maker of pods."""
    return make_pods


@pytest.fixture
def availability() -> Callable[..., Availability]:
    """Give the maker of answers."""
    return make_availability


@pytest.fixture
def make() -> SimpleNamespace:
    """Give every maker under one name."""
    return SimpleNamespace(
        rule=make_rule, ruleset=make_ruleset, register=make_register, pods=make_pods, availability=make_availability
    )


@pytest.fixture(scope="session")
def drawn() -> ModuleType:
    """Give the maker of whole programmes of any size, `programmes` beside this file."""
    spec = importlib.util.spec_from_file_location("planning_programmes", Path(__file__).with_name("programmes.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
