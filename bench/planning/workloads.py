"""The workloads measured: rosters and date problems that others wrote, in our own words.

Their files lie outside of the project and are neither copied nor changed: `roster.py` makes rosters, bounds and judges
divisions of them; `gen.py` makes date problems and judges schedules.
"""

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from convener.errors import Place
from convener.model import (
    Answer,
    Availability,
    Coach,
    Coaching,
    Enrolment,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Pod,
    Register,
    Slot,
    Span,
)
from convener.planning.dates.series import FAR, Limit, Series
from convener.rulesets.kinds import KINDS
from convener.rulesets.ruleset import RosterPlan, Rule, Ruleset, SessionPlan

Roster = Mapping[str, Any]
"""What `roster.make` returns: people, pairs apart and together, pods with their region and size, coaches."""
Problem = Mapping[str, Any]
"""What `gen.make` returns: pods, each with its coach, its slots and how many can come to each."""
JOINED, STARTS = date(2026, 12, 1), date(2027, 1, 18)
MIDDLE = {"EMEA": 1, "AMER": -6, "APAC": 8}
"""Hours east of Greenwich where the coaches of a region live."""
MEMBERS = 6
"""Members of each pod of a date problem."""
DEAREST = 10 * MEMBERS
"""Most that one session can add to the objective of a date problem; ours counts what is missing from it."""


@lru_cache
def module(folder: Path, name: str) -> ModuleType:
    """Return a module of the seed folder."""
    spec = importlib.util.spec_from_file_location(f"seed_{name}", folder / f"{name}.py")
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def rule(name: str, kind: str, *, weight: int = 0, **terms: object) -> Rule:
    """Return a rule of *kind*, inflexible unless it has a weight, with *terms* as a rule file writes them."""
    return Rule(
        id=name,
        kind=kind,
        inflexible=not weight,
        weight=weight or 1,
        terms=KINDS[kind].model_validate(terms),
        place=Place("bench"),
    )


def ruleset(rules: Iterable[Rule], sessions: int = 9) -> Ruleset:
    """Return a programme with these rules and no other."""
    return Ruleset(
        client="bench", client_name="Bench", programme="bench", title="Bench", zone="Etc/GMT", locale="en-GB",
        holidays="", wording={}, stack={}, sponsors=(), starts=STARTS,
        sessions=SessionPlan(count=sessions, length=Span.parse("2 hours")), topics=(), pod_chooses=0, topics_from=(),
        roster=RosterPlan(path="roster.csv"), coaches=None, rules={each.id: each for each in rules}, automations={},
        polls={}, waivers={},
    )  # fmt: skip


def zone(hours: int) -> str:
    """Return the zone so many hours east of Greenwich; its name counts the other way."""
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


def address(person: int) -> str:
    """Return the address of a person of a roster."""
    return f"p{person:05}@bench.example"


def roster_rules(roster: Roster) -> dict[str, Rule]:
    """Return the rules that a roster is judged by."""
    reports = {
        (min(p["id"], p["manager"]), max(p["id"], p["manager"])) for p in roster["people"] if p["manager"] is not None
    }
    apart = [[address(a), address(b)] for a, b in roster["apart"] if (a, b) not in reports]
    together = [[address(a), address(b)] for a, b in roster["together"]]
    rules = [
        rule("size", "pod-size", min=5, target=6, max=7),
        rule("region", "same", by=["region"]),
        rule("hours", "timezone-overlap", min="5 hours"),
        rule("apart", "apart", who="manager-and-report", pairs=apart),
        rule("together", "together", pairs=together),
        rule("load", "coach-load", max_pods=5),
        *(rule(f"mix-{by}", "mix", weight=w, by=[by]) for by, w in (("dept", 3), ("org", 2), ("ptype", 1))),
    ]
    return {each.id: each for each in rules}


def roster_register(roster: Roster, *, coached: bool = False) -> Register:
    """Return the people of a roster, with its coaches when asked for."""
    people = {
        f"p{p['id']:05}": Person(
            id=f"p{p['id']:05}",
            name=f"P{p['id']:05}",
            email=address(p["id"]),
            zone=zone(p["tz"]),
            attributes={name: p[name] for name in ("region", "org", "dept", "ptype")},
        )
        for p in roster["people"]
    }
    coaches = {name: (zone(MIDDLE[region]), most) for name, region, most in roster["coaches"]} if coached else {}
    advisers = {n: Person(id=n, name=n, email=f"{n}@coaches.example", zone=z) for n, (z, _) in coaches.items()}
    return Register(
        client="bench",
        programme="bench",
        people={**people, **advisers},
        coaches={name: Coach(id=name, max_pods=most) for name, (_, most) in coaches.items()},
        enrolments=tuple(Enrolment(person=p, status=ParticipantStatus.ACTIVE, since=JOINED) for p in people),
        managements=tuple(
            Management(person=f"p{p['id']:05}", manager=f"p{p['manager']:05}", since=JOINED)
            for p in roster["people"]
            if p["manager"] is not None
        ),
    )


def labels(pods: Sequence[Sequence[str]]) -> list[int]:
    """Return the pod of each person of a roster, as its evaluator takes it."""
    found = {int(person[1:]): at for at, pod in enumerate(pods) for person in pod}
    return [found[person] for person in range(len(found))]


def series_of(gen: ModuleType, problem: Problem) -> list[Series]:
    """Return a date problem on arrays; the cost of a schedule is what its objective falls short of the dearest."""
    cadence = np.full((gen.LMAX + 2,), FAR, dtype=np.int64)
    for days in range(gen.LMIN, gen.LMAX + 1):
        cadence[days] = gen.gappen(days)
    shared: dict[tuple[int, ...], np.ndarray] = {}
    found: list[Series] = []
    for number, pod in enumerate(problem["pods"]):
        slots = tuple(gen.nodes(pod))
        days = np.array([gen.DAY[slot] for slot in slots], dtype=np.int64)
        if slots not in shared:
            gaps = days[None, :] - days[:, None]
            shared[slots] = np.where(gaps > 0, cadence[np.clip(gaps, 0, gen.LMAX + 1)], FAR)
        cost = np.tile([DEAREST - gen.slotscore(pod, slot) for slot in slots], (gen.NS, 1)).astype(np.int64)
        cost[0, days > gen.FIRST] = FAR
        found.append(Series(f"pod-{number:03}", np.array(slots, np.int64), cost, shared[slots], (coach_of(pod),)))
    return found


def coach_of(pod: Problem) -> str:
    """Return the name of a pod's coach."""
    return f"coach-{pod['coach']:03}"


def limits_of(gen: ModuleType, problem: Problem) -> list[Limit]:
    """Return what keeps each coach in one place: one pod at most in every slot that several could take."""
    taken: dict[str, dict[int, int]] = {}
    for pod in problem["pods"]:
        counts = taken.setdefault(coach_of(pod), {})
        for slot in gen.nodes(pod):
            counts[slot] = counts.get(slot, 0) + 1
    return [
        Limit(coach, frozenset({slot}), 1)
        for coach, counts in sorted(taken.items())
        for slot, pods in sorted(counts.items())
        if pods > 1
    ]


def objective(gen: ModuleType, pods: int, cost: int) -> int:
    """Return the objective of a date problem that a cost of ours stands for."""
    return int(DEAREST * gen.NS * pods - cost)


def poll_rules() -> list[Rule]:
    """Return rules like those of a date problem, in the words of rule files."""
    return [
        rule("gap", "session-gap", min="7 days", max="42 days"),
        rule("rhythm", "session-gap", weight=3, min="14 days", max="21 days"),
        rule("far-off", "session-gap", weight=10, min="11 days", max="24 days"),
        rule("quorum", "quorum", weight=10, members=4),
        rule("coach", "quorum", members=1, coach=True),
    ]


def poll(gen: ModuleType, problem: Problem) -> tuple[Register, Availability]:
    """Return a date problem as pods of six and their answers: as many of them say yes to a slot as can come."""
    slots = [
        datetime.combine(STARTS, time(9 + 2 * (at % gen.SPD)), UTC) + timedelta(gen.DAY[at]) for at in range(gen.T)
    ]
    yes: dict[str, set[int]] = {}
    pods: dict[str, tuple[list[str], str]] = {}
    for number, pod in enumerate(problem["pods"]):
        members = [f"p{number:03}{seat}" for seat in range(MEMBERS)]
        pods[f"bench/pod-{number:03}"] = (members, coach_of(pod))
        for seat, member in enumerate(members):
            yes[member] = {slot for slot in range(gen.T) if pod["att"][slot] > seat}
        yes.setdefault(coach_of(pod), set()).update(gen.nodes(pod))
    register = Register(
        client="bench",
        programme="bench",
        people={name: Person(id=name, name=name, email=f"{name}@bench.example") for name in yes},
        coaches={coach: Coach(id=coach) for _, coach in pods.values()},
        enrolments=tuple(
            Enrolment(person=person, status=ParticipantStatus.ACTIVE, since=JOINED)
            for members, _ in pods.values()
            for person in members
        ),
        pods={pod: Pod(id=pod, name=pod.partition("/")[2]) for pod in pods},
        memberships=tuple(Membership(person=p, pod=pod, since=JOINED) for pod, (ps, _) in pods.items() for p in ps),
        coachings=tuple(Coaching(pod=pod, coach=coach, since=JOINED) for pod, (_, coach) in pods.items()),
    )
    words = (Answer.NO, Answer.YES)
    return register, Availability(
        slots=tuple(Slot(starts=at, ends=at + timedelta(hours=2)) for at in slots),
        answers={name: tuple(words[slot in said] for slot in range(gen.T)) for name, said in yes.items()},
    )
