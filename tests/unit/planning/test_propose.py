"""The public functions of planning."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.errors import ConvenerError
from convener.model import (
    Availability,
    Coach,
    Commitment,
    Conflict,
    DateProposal,
    PodProposal,
    Session,
    SessionStatus,
)
from convener.planning import propose_dates, propose_pods

DAY = date(2026, 12, 1)
EARLIEST = datetime(2026, 12, 20, tzinfo=UTC)


def test_the_same_question_in_another_order_has_the_same_answer(northern: Any) -> None:
    """R8: permuted people, rules and coaches give equal pods."""
    register, rules = northern.register, northern.ruleset
    shuffled = replace(
        register,
        people=dict(reversed(register.people.items())),
        coaches=dict(reversed(register.coaches.items())),
        enrolments=register.enrolments[::-1],
        managements=register.managements[::-1],
    )

    one = propose_pods(rules, register, day=DAY)
    other = propose_pods(replace(rules, rules=dict(sorted(rules.rules.items()))), shuffled, day=DAY)

    assert isinstance(one, PodProposal)
    assert isinstance(other, PodProposal)
    assert (one.score, one.pods) == (other.score, other.pods)


def test_answers_in_another_order_give_the_same_dates(planned_northern: Any) -> None:
    """R10: permuted slots and people give equal dates."""
    known = planned_northern.availability
    shuffled = Availability(
        slots=known.slots[::-1], answers={person: given[::-1] for person, given in reversed(known.answers.items())}
    )

    again = propose_dates(planned_northern.ruleset, planned_northern.register, shuffled, earliest=EARLIEST)

    assert isinstance(again, DateProposal)
    assert planned_northern.dates == again


def test_both_examples_are_proved_best(planned_northern: Any, planned_brightwater: Any) -> None:
    """R10: the dates of both examples meet their bound, and northern's pods theirs."""
    assert planned_northern.pods.score == planned_northern.pods.bound
    assert planned_northern.dates.score == planned_northern.dates.bound
    assert planned_brightwater.dates.score == planned_brightwater.dates.bound


def test_northern_sets_are_named_after_their_region(planned_northern: Any) -> None:
    """R6: a pod whose members share a region carries its name, and its id is that of the programme with it."""
    names = ["cumbria", "durham", "lancashire", "northumberland", "tyneside"]

    assert names == [pod.name for pod in planned_northern.pods.pods]
    assert [f"primary-care/{name}" for name in names] == [pod.id for pod in planned_northern.pods.pods]


def test_only_coaches_who_answered_are_allocated(northern: Any) -> None:
    """R9: with answers in, nobody else gets a pod; without, those near the programme's zone do."""
    answered = frozenset({"gillian.reid@coaches.example", "musa.bello@coaches.example"})

    with_answers = propose_pods(northern.ruleset, northern.register, day=DAY, answered=answered)
    without = propose_pods(northern.ruleset, northern.register, day=DAY)

    assert isinstance(with_answers, PodProposal)
    assert isinstance(without, PodProposal)
    assert answered == {pod.coach for pod in with_answers.pods}
    assert {"Europe/London"} == {northern.register.people[pod.coach].zone for pod in without.pods}


def test_commitments_elsewhere_count(northern: Any) -> None:
    """R9: a coach who is full in another programme gets no pod here."""
    full = Commitment(coach="gillian.reid@coaches.example", pods=3)

    found = propose_pods(northern.ruleset, northern.register, day=DAY, commitments=[full])

    assert isinstance(found, PodProposal)
    assert full.coach not in {pod.coach for pod in found.pods}


def test_frozen_pods_stay(
    ruleset: Callable[..., Any], register: Callable[..., Any], pods_of: Callable[..., Any]
) -> None:
    """R8: a frozen pod keeps its members; the others are formed around it."""
    known = pods_of(register({f"p{number}": {} for number in range(6)}), {"first": ["p0", "p5", "p3"]})
    frozen = replace(known, pods={name: replace(pod, frozen=True) for name, pod in known.pods.items()})

    found = propose_pods(ruleset(), frozen, day=DAY)

    assert isinstance(found, PodProposal)
    assert [["p0", "p3", "p5"], ["p1", "p2", "p4"]] == [[seat.person for seat in pod.seats] for pod in found.pods]


def test_confirmed_sessions_keep_their_dates(
    ruleset: Callable[..., Any],
    register: Callable[..., Any],
    pods_of: Callable[..., Any],
    availability: Callable[..., Any],
) -> None:
    """R10: what is confirmed stays, and the rest is planned around it."""
    known = pods_of(register({"ana": {}, "ben": {}}), {"one": ["ana", "ben"]})
    at = datetime(2027, 2, 3, 10, tzinfo=UTC)
    settled = Session(
        pod="lead/one", number=2, topic="Two", status=SessionStatus.CONFIRMED, starts=at, ends=at + timedelta(hours=2)
    )
    days = [date(2027, 1, 20), date(2027, 2, 4), date(2027, 2, 17)]

    found = propose_dates(
        ruleset(),
        replace(known, sessions={settled.id: settled}),
        availability(days, {"ana": "yyy", "ben": "yyy"}),
        earliest=EARLIEST,
    )

    assert isinstance(found, DateProposal)
    assert [days[0], at.date(), days[1]] == [session.starts.date() for session in found.sessions]
    assert ["proposed", "confirmed", "proposed"] == [session.status for session in found.sessions]


def test_a_coach_is_never_in_two_places(
    ruleset: Callable[..., Any],
    rule: Callable[..., Any],
    register: Callable[..., Any],
    pods_of: Callable[..., Any],
    availability: Callable[..., Any],
) -> None:
    """R9: two pods of one coach take turns, and keep clear of the coach's other programmes."""
    people = register({"ana": {}, "ben": {}}, coaches=[Coach(id="coach@x")])
    known = pods_of(people, {"one": ["ana"], "two": ["ben"]}, coach="coach@x")
    days = [date(2027, 2, 1) + timedelta(days=number) for number in range(7)]
    elsewhere = datetime(2027, 2, 1, 11, tzinfo=UTC)
    engaged = Commitment(coach="coach@x", pods=1, sessions=((elsewhere, elsewhere + timedelta(hours=1)),))
    rules = ruleset(rule("quorum", "quorum", members=1, coach=True))

    found = propose_dates(
        rules,
        known,
        availability(days, {"ana": "yyyyyyy", "ben": "yyyyyyy", "coach@x": "yyyyyyy"}),
        earliest=EARLIEST,
        commitments=[engaged],
    )

    assert isinstance(found, DateProposal)
    assert days[1:] == sorted(session.starts.date() for session in found.sessions)


def test_without_pods_there_are_no_dates(
    ruleset: Callable[..., Any], register: Callable[..., Any], availability: Callable[..., Any]
) -> None:
    """Bad input: dates before pods is one clear message."""
    with pytest.raises(ConvenerError, match="no pods") as raised:
        propose_dates(ruleset(), register({"ana": {}}), availability([DAY], {"ana": "y"}), earliest=EARLIEST)

    assert "accept" in raised.value.hint


def test_slots_in_the_past_are_not_used(
    ruleset: Callable[..., Any],
    register: Callable[..., Any],
    pods_of: Callable[..., Any],
    availability: Callable[..., Any],
) -> None:
    """Bad input: slots that are over leave too few, which is said."""
    known = pods_of(register({"ana": {}}), {"one": ["ana"]})
    days = [date(2027, 1, 20), date(2027, 1, 27), date(2027, 2, 3), date(2027, 2, 10)]
    answers = availability(days, {"ana": "yyyy"})

    found = propose_dates(ruleset(), known, answers, earliest=datetime(2027, 1, 28, tzinfo=UTC))

    assert isinstance(found, Conflict)
    assert "2 slots" in found.explanation
    assert ["ask about more dates, at least 1 more"] == [way.words for way in found.relaxations]


WITHOUT_SOLVER = """
import sys
from importlib.abc import MetaPathFinder
from datetime import date

class Absent(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] == "ortools":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
from convener.errors import PluginError
from convener.planning import propose_pods, verify_pods
try:
    propose_pods(None, None, day=date(2027, 1, 18))
except PluginError as error:
    print(error, "|", error.hint)
"""


def test_without_the_extra_the_cure_is_named() -> None:
    """A machine without OR-Tools can import the room, and hears what to install when it plans."""
    run = subprocess.run([sys.executable, "-c", WITHOUT_SOLVER], capture_output=True, text=True, check=True)

    assert "planning needs ortools | pip install 'convener[planning]'\n" == run.stdout
