"""Two pods of three with proposed dates, and hostile names among them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from convener.errors import Place
from convener.model import (
    Coach,
    Coaching,
    DateProposal,
    Enrolment,
    ParticipantStatus,
    Person,
    Pod,
    PodProposal,
    PodView,
    ProposedPod,
    ProposedSession,
    Register,
    RuleOutcome,
    Seat,
    Session,
    SessionStatus,
    Slot,
    Span,
)
from convener.rulesets.kinds import KINDS
from convener.rulesets.ruleset import RosterPlan, Rule, Ruleset, SessionPlan

FIRST = date(2027, 1, 1)
HOSTILE = "<script>alert(1)</script>"
SITES = {"a1": "Leeds", "a2": "Leeds", "a3": "York", "b1": "Cardiff", "b2": "Cardiff", "b3": "Cardiff"}
GRADES = {"a1": "8a", "a2": "9", "a3": "10", "b1": "8a", "b2": "", "b3": "9"}
DEPARTMENTS = {"a1": "Sales", "a2": "Sales", "a3": "Works", "b1": "Works", "b2": "Sales", "b3": "Law & order"}
COACH = "cora@coaches.example"


def rule(name: str, kind: str, *, inflexible: bool = False, weight: int = 1, **terms: object) -> Rule:
    """Return a rule of *kind*."""
    known = KINDS[kind].model_validate(terms)
    return Rule(id=name, kind=kind, inflexible=inflexible, weight=weight, terms=known, place=Place("rules.toml"))


@pytest.fixture
def ruleset() -> Ruleset:
    """Return rules of three kinds that compare members."""
    rules = (
        rule("one-site", "same", inflexible=True, by=["site"]),
        rule("mixed", "mix", weight=3, by=["department"]),
        rule("peers", "similar", by=["grade"]),
    )
    return Ruleset(
        client="acme", client_name="Acme & Sons", programme="lead", title="Leading <well>", zone="Europe/London",
        locale="en-GB", holidays="GB-ENG", wording={"pod": "set"}, stack={}, sponsors=(), starts=date(2027, 3, 15),
        sessions=SessionPlan(count=2, length=Span.parse("2 hours")), topics=("One", "Two"), pod_chooses=0,
        topics_from=(), roster=RosterPlan(path="roster.csv"), coaches=None, rules={each.id: each for each in rules},
        automations={}, polls={}, waivers={},
    )  # fmt: skip


@pytest.fixture
def register() -> Register:
    """Return six people, one with a hostile name and one in New York, and a coach in Tokyo."""
    people = {
        who: Person(
            id=who, name=HOSTILE if who == "a3" else who.upper(), email=f"{who}@acme.example",
            zone="America/New_York" if who == "a2" else "",
            attributes={"site": SITES[who], "grade": GRADES[who], "department": DEPARTMENTS[who]},
        )
        for who in SITES
    }  # fmt: skip
    coach = Person(id=COACH, name="Cora Vale", email=COACH, zone="Asia/Tokyo")
    pods = {f"lead/{name}": Pod(id=f"lead/{name}", name=name) for name in ("north", "south")}
    return Register(
        client="acme",
        programme="lead",
        people={**people, COACH: coach},
        coaches={COACH: Coach(id=COACH)},
        enrolments=tuple(Enrolment(person=who, status=ParticipantStatus.ACTIVE, since=FIRST) for who in people),
        pods=pods,
        coachings=(Coaching(pod="lead/north", coach=COACH, since=FIRST),),
    )


@pytest.fixture
def pods() -> PodProposal:
    """Return the two pods as proposed; the first breaks an inflexible rule."""
    members = {"north": ("a1", "a2", "a3"), "south": ("b1", "b2", "b3")}
    return PodProposal(
        programme="lead", seed=7, score=9, bound=6, steps=1234,
        pods=tuple(
            ProposedPod(
                id=f"lead/{name}", name=name, coach=COACH if name == "north" else None, frozen=name == "south",
                seats=tuple(Seat(person=who, why=(f"{who} fits",)) for who in ids), coach_why=("carries 1 pod",),
            )
            for name, ids in members.items()
        ),
        rules=(
            RuleOutcome(
                id="mixed", flexibility="flexible", satisfied=False, cost=3, explanation="3", where=("lead/north",)
            ),
            RuleOutcome(id="one-site", flexibility="inflexible", satisfied=False, cost=0, explanation="broken"),
            RuleOutcome(id="peers", flexibility="flexible", satisfied=False, cost=6, explanation="6"),
            RuleOutcome(id="pod-size", flexibility="inflexible", satisfied=True, cost=0, explanation="holds"),
        ),
    )  # fmt: skip


@pytest.fixture
def costs() -> dict[str, dict[str, int]]:
    """Return what each pod costs by each rule."""
    return {"lead/north": {"one-site": 0, "mixed": 3, "peers": 3}, "lead/south": {"peers": 3}}


def slots() -> tuple[Slot, ...]:
    """Return four mornings, two on either side of the change of London's clock, New York's being before all."""
    days = [datetime(2027, 3, day, 10, tzinfo=UTC) for day in (16, 17)]
    days += [datetime(2027, 3, day, 9, tzinfo=UTC) for day in (30, 31)]
    return tuple(Slot(starts=day, ends=day + timedelta(hours=2)) for day in days)


@pytest.fixture
def dates(register: Register) -> DateProposal:
    """Return two dates for each pod, one of them a confirmed one that moves."""
    mornings = slots()
    taken = {"lead/north": (0, 2), "lead/south": (1, 3)}
    return DateProposal(
        programme="lead", seed=7, score=4, bound=4, steps=99, moved=("lead/south/2",), slots=mornings,
        notices=("clocks change",),
        sessions=tuple(
            ProposedSession(
                pod=pod, number=number, topic=f"Topic {number}", zone="Europe/London",
                status="confirmed" if pod == "lead/south" else "proposed",
                starts=mornings[at].starts, ends=mornings[at].ends,
                coming=("a1", "a2") if pod == "lead/north" else ("b1", "b2", "b3"),
                absent=("a3",) if pod == "lead/north" else (), why=("2 of 3 can come",),
            )
            for pod, places in taken.items()
            for number, at in enumerate(places, 1)
        ),
        rules=(RuleOutcome(id="answers", flexibility="flexible", satisfied=False, cost=4, explanation="absences"),),
        views=(
            PodView(pod="lead/north", size=3, can=(2, 1, 2, -4)),
            PodView(pod="lead/south", size=3, can=(3, 3, 0, 3)),
        ),
    )  # fmt: skip


@pytest.fixture
def agreed(register: Register) -> Register:
    """Return the register with the second date of the south where it was before it moves."""
    was = slots()[2]
    session = Session(
        pod="lead/south", number=2, topic="", status=SessionStatus.CONFIRMED, starts=was.starts, ends=was.ends
    )
    return replace(register, sessions={session.id: session})
