"""Every accepted pod and session of both examples against every inflexible rule, read here from the rule files.

Nothing in this file uses the solver's code, nor the verifier's: it reads TOML, CSV and the proposals only.
"""

import csv
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest

from convener.model import Answer, Conflict, PodProposal
from convener.planning import propose_dates, propose_pods

ROOT = Path(__file__).parents[3]
DAY = date(2026, 12, 1)
EARLIEST = datetime(2026, 12, 20, tzinfo=UTC)
CLIENTS = {"northern": "northern-health", "brightwater": "brightwater"}


class Paper:
    """An example as it stands on paper: rule files and tables."""

    def __init__(self, client: str) -> None:
        self.zone = ZoneInfo("Europe/London" if client == "northern-health" else "Australia/Melbourne")
        pack, own = self._toml("small-group-coaching"), self._toml(client)
        programme = next(iter(own["programmes"].values()))
        self.programme = programme
        self.rules: dict[str, dict[str, Any]] = {}
        for layer in (pack, own, programme):
            for name, terms in layer.get("rules", {}).items():
                self.rules[name] = {**self.rules.get(name, {}), **terms}
        self.people = {row.get("E-mail") or row["email"]: row for row in self._csv(f"{client}.csv")}
        self.coaches = {row["email"]: row for row in self._csv("coaches.csv")}
        self.answers = {row["email"]: row for row in self._csv(f"{client}-availability.csv")}
        code = own["client"]["holidays"].split("-")
        self.holidays = holidays.country_holidays(code[0], subdiv=code[1], years=range(2027, 2029))

    @staticmethod
    def _toml(name: str) -> dict[str, Any]:
        return tomllib.loads((ROOT / "rulesets" / f"{name}.toml").read_text(encoding="utf-8"))

    @staticmethod
    def _csv(name: str) -> list[dict[str, str]]:
        with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def hard(self, kind: str) -> list[dict[str, Any]]:
        """Return the inflexible rules of *kind*."""
        return [t for t in self.rules.values() if t["kind"] == kind and t["flexibility"] == "inflexible"]

    def answer(self, address: str, starts: datetime) -> str:
        """Return what someone said to the slot that begins at *starts*."""
        local = starts.astimezone(self.zone)
        row = self.answers.get(address, {})
        return row.get(local.date().isoformat()) or row.get(local.isoformat(), "no")


@pytest.fixture(params=sorted(CLIENTS))
def example(request: pytest.FixtureRequest) -> tuple[Paper, Any]:
    """Give both examples in turn: on paper and as planned."""
    return Paper(CLIENTS[request.param]), request.getfixturevalue(f"planned_{request.param}")


def members(planned: Any) -> dict[str, list[str]]:
    """Return the addresses in each pod."""
    people = planned.before.people
    return {pod.id: [people[seat.person].email for seat in pod.seats] for pod in planned.pods.pods}


def by_pod(planned: Any) -> dict[str, list[Any]]:
    """Return the sessions of each pod by number."""
    found: dict[str, list[Any]] = defaultdict(list)
    for session in planned.dates.sessions:
        found[session.pod].append(session)
    return {pod: sorted(sessions, key=lambda session: session.number) for pod, sessions in found.items()}


def test_everyone_has_one_seat(example: tuple[Paper, Any]) -> None:
    """R6: everyone on the roster sits in exactly one pod."""
    paper, planned = example

    assert sorted(paper.people) == sorted(address for pod in members(planned).values() for address in pod)


def test_pods_have_the_sizes_asked_for(example: tuple[Paper, Any]) -> None:
    """R6: every pod lies within min and max."""
    paper, planned = example
    sizes = [len(pod) for pod in members(planned).values()]

    assert [] == [n for n in sizes for rule in paper.hard("pod-size") if not rule["min"] <= n <= rule["max"]]


def test_members_share_what_they_must(example: tuple[Paper, Any]) -> None:
    """R6: members of a pod have one value of each column of an inflexible `same`."""
    paper, planned = example
    columns = [column.capitalize() for rule in paper.hard("same") for column in rule["by"]]
    pods = members(planned).values()

    assert [] == [pod for pod in pods for column in columns if len({paper.people[a][column] for a in pod}) > 1]


def test_nobody_sits_with_their_manager_or_a_forbidden_pair(example: tuple[Paper, Any]) -> None:
    """R6: no manager beside their report, no pair that is to be apart."""
    paper, planned = example
    apart = {frozenset(pair) for rule in paper.hard("apart") for pair in rule.get("pairs", [])}
    apart |= {
        frozenset((address, row.get("Line manager e-mail") or row["manager_email"]))
        for address, row in paper.people.items()
    }

    assert [] == [
        pair for pod in members(planned).values() for pair in combinations(pod, 2) if frozenset(pair) in apart
    ]


def test_working_hours_overlap(example: tuple[Paper, Any]) -> None:
    """R6: members and coach of a pod share the asked hours on every day of a year."""
    paper, planned = example
    asked = max([int(rule["min"].split()[0]) for rule in paper.hard("timezone-overlap")], default=0)
    short: set[tuple[str, date]] = set()
    for pod in planned.pods.pods:
        addresses = [*members(planned)[pod.id], pod.coach]
        zones = {(paper.people.get(a) or paper.coaches[a]).get("timezone") or paper.zone.key for a in addresses}
        for count in range(365 if asked else 0):
            day = paper.programme["starts"] + timedelta(days=count)
            hours = [
                tuple(datetime(day.year, day.month, day.day, h, tzinfo=ZoneInfo(z)).astimezone(UTC) for h in (9, 17))
                for z in zones
            ]
            if min(end for _, end in hours) - max(begin for begin, _ in hours) < timedelta(hours=asked):
                short.add((pod.id, day))

    assert set() == short


def test_coaches_carry_no_more_than_they_can(example: tuple[Paper, Any]) -> None:
    """R9: no coach has more pods than the rule or they themselves allow, and all were asked for."""
    paper, planned = example
    cap = min(rule["max_pods"] for rule in paper.hard("coach-load"))
    load = Counter(pod.coach for pod in planned.pods.pods)
    allowed = set(paper.coaches) if paper.programme["coaches"] == "all" else set(paper.programme["coaches"])

    assert [] == [c for c, n in load.items() if n > min(cap, int(paper.coaches[c]["max_pods"])) or c not in allowed]


def test_every_pod_has_all_its_sessions_after_the_start(example: tuple[Paper, Any]) -> None:
    """R10: all numbers, in order of time, none before the programme starts."""
    paper, planned = example
    count = paper.programme["sessions"]["count"]
    expected = {pod.id: list(range(1, count + 1)) for pod in planned.pods.pods}

    assert expected == {pod: [s.number for s in sessions] for pod, sessions in by_pod(planned).items()}
    assert all(s.starts.astimezone(paper.zone).date() >= paper.programme["starts"] for s in planned.dates.sessions)


def test_quorums_are_met(example: tuple[Paper, Any]) -> None:
    """R10: enough members said yes or if needed, and the coach did."""
    paper, planned = example
    coach_of = {pod.id: pod.coach for pod in planned.pods.pods}
    short: list[str] = []
    for session in planned.dates.sessions:
        everyone = members(planned)[session.pod]
        can = [address for address in everyone if paper.answer(address, session.starts) in {"yes", "if needed"}]
        for rule in paper.hard("quorum"):
            share = int(rule["members"].rstrip("%"))
            coach = paper.answer(coach_of[session.pod], session.starts) in {"yes", "if needed"}
            if len(can) < math.ceil(share * len(everyone) / 100) or not coach:
                short.append(f"{session.pod}/{session.number}")

    assert [] == short


def test_gaps_keep_every_rule(example: tuple[Paper, Any]) -> None:
    """R10: days between start dates lie within every inflexible gap rule."""
    paper, planned = example
    spans = [(int(rule["min"].split()[0]), int(rule["max"].split()[0])) for rule in paper.hard("session-gap")]
    gaps = [
        (other.starts.astimezone(paper.zone).date() - one.starts.astimezone(paper.zone).date()).days
        for sessions in by_pod(planned).values()
        for one, other in pairwise(sessions)
    ]

    assert [] == [gap for gap in gaps for least, most in spans if not least <= gap <= most]


def test_sessions_lie_in_the_window(example: tuple[Paper, Any]) -> None:
    """R10: weekday and hours on the clock of the programme."""
    paper, planned = example
    outside: list[str] = []
    for rule in paper.hard("session-window"):
        begin, end = rule["between"]
        for session in planned.dates.sessions:
            starts, ends = (at.astimezone(paper.zone) for at in (session.starts, session.ends))
            day = starts.strftime("%a").lower()
            if day not in rule["days"] or f"{starts:%H:%M}" < begin or f"{ends:%H:%M}" > end:
                outside.append(f"{session.pod}/{session.number}")

    assert [] == outside


def test_no_session_is_on_a_public_holiday(example: tuple[Paper, Any]) -> None:
    """R10: the client's public holidays are kept."""
    paper, planned = example

    assert 1 == len(paper.hard("holidays"))
    assert [] == [s for s in planned.dates.sessions if s.starts.astimezone(paper.zone).date() in paper.holidays]


def test_coaches_are_in_one_place_and_at_home(example: tuple[Paper, Any]) -> None:
    """R9: a coach's sessions never overlap, keep the daily limit and avoid their days away."""
    paper, planned = example
    cap = min(rule["max_sessions_per_day"] for rule in paper.hard("coach-load"))
    coach_of = {pod.id: pod.coach for pod in planned.pods.pods}
    diary: dict[str, list[Any]] = defaultdict(list)
    for session in planned.dates.sessions:
        diary[coach_of[session.pod]].append(session)
    for coach, sessions in diary.items():
        zone, away = ZoneInfo(paper.coaches[coach]["timezone"]), paper.coaches[coach]["away"]
        days = Counter(session.starts.astimezone(zone).date() for session in sessions)
        first, last = away.split("..") if away else ("9999-12-31", "9999-12-31")
        ordered = sorted(sessions, key=lambda session: session.starts)

        assert max(days.values()) <= cap
        assert all(one.ends <= other.starts for one, other in pairwise(ordered))
        assert not any(date.fromisoformat(first) <= day <= date.fromisoformat(last) for day in days)


def test_everyone_has_a_manager_where_the_rules_ask(example: tuple[Paper, Any]) -> None:
    """R7: `require` as far as the register decides it."""
    paper, planned = example
    outcomes = {rule.id: rule.satisfied for rule in planned.pods.rules}

    assert all(outcomes[name] for name, terms in paper.rules.items() if terms["kind"] == "require")


def test_impossible_sizes_are_named(
    ruleset: Callable[..., Any], rule: Callable[..., Any], register: Callable[..., Any]
) -> None:
    """R7: forty-one people in pods of exactly six: the rule is named, with a way out that works."""
    rules = ruleset(rule("sizes", "pod-size", min=6, target=6, max=6))
    people = register({f"p{number:02}": {} for number in range(41)})

    found = propose_pods(rules, people, day=DAY)
    looser = ruleset(rule("sizes", "pod-size", min=6, target=6, max=7))

    assert isinstance(found, Conflict)
    assert ("sizes",) == found.rules
    assert ("let rule sizes have min = 5", "let rule sizes have max = 7") == tuple(
        way.words for way in found.relaxations if "flexible" not in way.words
    )
    assert isinstance(propose_pods(looser, people, day=DAY), PodProposal)


def test_contradictory_pairs_are_named(
    ruleset: Callable[..., Any], rule: Callable[..., Any], register: Callable[..., Any]
) -> None:
    """R7: two people who must and must not sit together: both rules, both people, nothing else."""
    pair = ("ana@acme.example", "ben@acme.example")
    rules = ruleset(
        rule("sizes", "pod-size", min=2, target=2, max=3),
        rule("friends", "together", pairs=(pair,)),
        rule("rivals", "apart", pairs=(pair,)),
    )

    found = propose_pods(rules, register({name: {} for name in ("ana", "ben", "cy", "dee")}), day=DAY)

    assert isinstance(found, Conflict)
    assert (("friends", "rivals"), ("ana", "ben")) == (found.rules, found.people)
    assert found.relaxations


def test_nobody_answered(northern: Any, planned_northern: Any) -> None:
    """R11: without any yes the quorum is named, with the people and a way out."""
    silent = replace(planned_northern.availability, answers={})

    found = propose_dates(northern.ruleset, planned_northern.register, silent, earliest=EARLIEST)

    assert isinstance(found, Conflict)
    assert ("quorum",) == found.rules
    assert "nobody answered" in found.explanation
    assert found.people
    assert found.relaxations


def test_one_no_to_everything_does_not_stop_a_pod(northern: Any, planned_northern: Any) -> None:
    """R11: one of eight who can never come leaves seven, which makes the quorum of six."""
    known = planned_northern.availability
    first = planned_northern.pods.pods[0].seats[0].person
    refused = {**known.answers, first: (Answer.NO,) * len(known.slots)}

    found = propose_dates(
        northern.ruleset, planned_northern.register, replace(known, answers=refused), earliest=EARLIEST
    )

    assert not isinstance(found, Conflict)
    assert all(first not in session.coming for session in found.sessions)
