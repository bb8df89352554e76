"""Bad input gets a clear answer: a conflict that names rules, people and a cure, or a plan that was verified."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from convener.errors import DataError
from convener.model import Availability, Coach, Conflict, DateProposal, PodProposal
from convener.planning import propose_dates, propose_pods, read_availability, verify_dates, verify_pods
from convener.planning.effort import Effort
from convener.ports import Table, TableRow

DAY, FIRST = date(2026, 12, 1), date(2027, 1, 18)
EARLIEST = datetime(2026, 12, 20, tzinfo=UTC)
STEPS = 50_000
DAYS = [FIRST + timedelta(days=14 * number) for number in range(4)]


def pods_for(ruleset: Any, register: Any) -> PodProposal | Conflict:
    """Ask for pods, and verify those that come."""
    found = propose_pods(ruleset, register, day=DAY, effort=Effort(steps=STEPS))
    if isinstance(found, PodProposal):
        assert [] == [each for each in verify_pods(ruleset, register, found, day=DAY) if each.inflexible]
    return found


def dates_for(ruleset: Any, register: Any, known: Availability, earliest: datetime = EARLIEST) -> Any:
    """Ask for dates, and verify those that come."""
    found = propose_dates(ruleset, register, known, earliest=earliest, effort=Effort(steps=STEPS))
    if isinstance(found, DateProposal):
        assert [] == [each for each in verify_dates(ruleset, register, found, known) if each.inflexible]
    return found


def crowd(make: SimpleNamespace, people: int, coaches: Sequence[Coach] = (), zone: str = "") -> Any:
    """Return a register of *people* named by number, in *zone*."""
    names = {f"p{number:02}": {} for number in range(people)}
    return make.register(names, coaches=coaches, zones=dict.fromkeys(names, zone))


def one_pod(make: SimpleNamespace, coach: str = "") -> Any:
    """Return a register of two people in a pod."""
    people = make.register({"ana": {}, "ben": {}}, coaches=[Coach(id=coach)] if coach else [])
    return make.pods(people, {"one": ["ana", "ben"]}, coach=coach)


def test_sizes_that_do_not_add_up_name_the_rule(make: SimpleNamespace) -> None:
    """Forty-one people in pods of exactly six: the rule is named, with a size that works."""
    found = pods_for(make.ruleset(make.rule("size", "pod-size", min=6, target=6, max=6)), crowd(make, 41))

    assert isinstance(found, Conflict)
    assert ("size",) == found.rules
    assert "41" in found.explanation
    assert found.relaxations


def test_contradictory_pairs_name_both_rules_and_both_people(make: SimpleNamespace) -> None:
    """Two people who must and must not sit together."""
    pair = [["p00@acme.example", "p01@acme.example"]]
    rules = (make.rule("on", "together", pairs=pair), make.rule("off", "apart", pairs=pair))

    found = pods_for(make.ruleset(*rules), crowd(make, 12))

    assert isinstance(found, Conflict)
    assert ({"on", "off"}, {"p00", "p01"}) == (set(found.rules), set(found.people))
    assert found.relaxations


@pytest.mark.parametrize("answered", [{}, {"ana": "nnnn", "ben": "nnnn"}])
def test_without_answers_the_quorum_is_named(make: SimpleNamespace, answered: dict[str, str]) -> None:
    """Nobody answered, or everybody said no to everything."""
    found = dates_for(
        make.ruleset(make.rule("quorum", "quorum", members=1)), one_pod(make), make.availability(DAYS, answered)
    )

    assert isinstance(found, Conflict)
    assert ("quorum",) == found.rules
    assert found.explanation
    assert found.relaxations


def test_one_person_who_can_never_come_is_named(make: SimpleNamespace) -> None:
    """One no to everything where everybody is needed."""
    known = make.availability(DAYS, {"ana": "yyyy", "ben": "nnnn"})

    found = dates_for(make.ruleset(make.rule("quorum", "quorum", members=2)), one_pod(make), known)

    assert isinstance(found, Conflict)
    assert ("quorum",) == found.rules
    assert "ben" in found.people
    assert found.relaxations


def test_a_coach_without_answers_is_named(make: SimpleNamespace) -> None:
    """The coach must be there and has said nothing."""
    known = make.availability(DAYS, {"ana": "yyyy", "ben": "yyyy"})

    found = dates_for(
        make.ruleset(make.rule("quorum", "quorum", members=1, coach=True)), one_pod(make, "coach@x"), known
    )

    assert isinstance(found, Conflict)
    assert ("quorum",) == found.rules
    assert "coach@x" in found.people


def test_more_pods_than_coaches_carry_name_the_load(make: SimpleNamespace) -> None:
    """Four pods at least, and room for one."""
    rules = (make.rule("size", "pod-size", min=2, target=3, max=3), make.rule("load", "coach-load", max_pods=1))

    found = pods_for(make.ruleset(*rules), crowd(make, 12, [Coach(id="coach@x")]))

    assert isinstance(found, Conflict)
    assert "load" in found.rules
    assert found.relaxations


def test_a_zone_that_does_not_exist_is_data_at_fault(make: SimpleNamespace) -> None:
    """A zone nobody lives in ends in a message, not in a traceback."""
    rules = make.ruleset(make.rule("hours", "timezone-overlap", min="4 hours"))

    with pytest.raises(DataError, match="Mars/Olympus") as raised:
        pods_for(rules, crowd(make, 6, zone="Mars/Olympus"))

    assert raised.value.hint


def test_slots_in_the_past_are_as_good_as_none(make: SimpleNamespace) -> None:
    """Every slot lies before the earliest date."""
    known = make.availability(DAYS, {"ana": "yyyy", "ben": "yyyy"})

    found = dates_for(make.ruleset(), one_pod(make), known, datetime(2027, 12, 1, tzinfo=UTC))

    assert isinstance(found, Conflict)
    assert found.explanation


def test_an_answer_given_twice_is_told(make: SimpleNamespace) -> None:
    """The later answer counts, and a notice says so."""
    rows = [{"email": "ana@acme.example", "2027-01-18": word} for word in ("no", "yes")]
    table = Table(
        source="answers.csv",
        header=("email", "2027-01-18"),
        rows=tuple(TableRow(line=line, values=row) for line, row in enumerate(rows, start=2)),
    )

    known, notices = read_availability(table, one_pod(make), make.ruleset())

    assert ["yes"] == [answer.value for answer in known.answers["ana"]]
    assert ["answers.csv:3"] == [notice.partition(": ")[0] for notice in notices]


def test_nobody_at_all_is_told(make: SimpleNamespace) -> None:
    """An empty programme has nobody to plan for, and says so."""
    with pytest.raises(DataError, match="nobody"):
        pods_for(make.ruleset(make.rule("size", "pod-size", min=5, target=6, max=7)), crowd(make, 0))


@pytest.mark.integration
def test_ten_thousand_people_are_planned(drawn: ModuleType) -> None:
    """A crowd is no reason to fail: pods come, and are verified."""
    programme = drawn.draw(10_000, weeks=1)

    found = pods_for(replace(programme.ruleset, coaches=()), programme.register)

    assert isinstance(found, PodProposal)
    assert 10_000 == sum(len(pod.seats) for pod in found.pods)
