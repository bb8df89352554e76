"""The pods without dates, and whether a change would give them some."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.model import Availability, Coach, Commitment, Relaxation
from convener.planning.dates.conflicts.case import Case, linked
from convener.planning.dates.judging import judge
from convener.planning.dates.posing import pose
from convener.planning.dates.question import DatesQuestion
from convener.planning.dates.slots import Grid
from convener.planning.effort import Effort
from convener.planning.search import Found

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(5)]
ALL = frozenset({"lead/one", "lead/two"})


def asked(make: Any, answers: Availability, *rules: Any, elsewhere: Any = ()) -> DatesQuestion:
    """Return the question of two pods of one person each, with one coach."""
    known = make.register({"ana": {}, "ben": {}}, coaches=[Coach(id="c@x")])
    pods = make.pods(known, {"one": ["ana"], "two": ["ben"]}, "c@x")
    return pose(make.ruleset(*rules), pods, answers, EARLIEST, elsewhere)


def case_of(*questions: DatesQuestion, pods: frozenset[str] = ALL) -> Case:
    """Return the case of *pods*, both of which are linked."""
    return Case(questions, pods, ALL, Effort())


def make_flexible(*rules: str) -> Relaxation:
    """Return the change that makes *rules* flexible."""
    return Relaxation(words="", cost=0, terms={name: {"flexibility": "flexible"} for name in rules})


def test_some_pods_and_some_rules_are_asked_about(make: Any) -> None:
    """R11: other pods are left out; a programme asked beside keeps its rules where it has none of that name."""
    answers = make.availability(DAYS, {})
    one = asked(make, answers, make.rule("q", "quorum", members=1))
    other = asked(make, answers, make.rule("p", "quorum", members=1))

    case = case_of(one, other)

    assert [["lead/one"]] * 2 == [[pod.id for pod in each.pods] for each in case.only(frozenset({"lead/one"}))]
    assert [{"q": False}, {"p": True}] == [
        {name: rule.inflexible for name, rule in each.ruleset.rules.items()} for each in case.under(make_flexible("q"))
    ]


def test_answers_can_be_turned_to_yes(make: Any) -> None:
    """R11: only for the slots asked about; who had said nothing says no to all others."""
    question = asked(make, make.availability(DAYS, {"ana": "nniyn"}), make.rule("q", "quorum", members=1))
    case = case_of(question)

    [told] = case.answered({id(question): {"ana": [0], "ben": [1, 2, 4]}})

    assert {"ana": "ynyyn", "ben": "nyyny"} == {
        person: "".join("n" if told.answer(person, slot).value == "no" else "y" for slot in range(5))
        for person in ("ana", "ben")
    }
    assert (False, True) == (case.single([question]), case.single([told]))


def test_pods_that_share_a_coach_must_have_dates_beside_each_other(make: Any) -> None:
    """R11: three dates are enough for either pod and not for both; six are enough, and the steps are counted."""
    quorum = make.rule("q", "quorum", members=1)
    three = asked(make, make.availability(DAYS, dict.fromkeys(("ana", "ben", "c@x"), "yyynn")), quorum)
    more = asked(
        make,
        make.availability(
            DAYS + [day + timedelta(days=50) for day in DAYS],
            {"ana": "yyyyynnnnn", "ben": "nnnnnyyyyy", "c@x": "y" * 10},
        ),
        quorum,
    )
    tight, wide = case_of(three), case_of(more)

    assert (True, False) == (tight.single([three]), tight.works([three]))
    assert (True, True) == (wide.single([more]), wide.works([more]))
    assert Found.NONE is tight.solve(ALL)[1]
    assert 0 < tight.effort.spent


def test_what_a_rule_no_longer_gets_is_counted(make: Any) -> None:
    """R11: the fewest sessions, and by how much each, however cheap others would be; none where nothing helps."""
    quorum, gap = make.rule("q", "quorum", members=1), make.rule("gap", "session-gap", min="7 days", max="7 days")
    one = frozenset({"lead/one"})
    lacking, hopeless = (
        Case((asked(make, make.availability(days, {"ana": said}), quorum, gap),), one, one, Effort())
        for days, said in ((DAYS, "ynyny"), (DAYS[:2], "yy"))
    )

    found = lacking.breaches(quorum, make_flexible("q"))

    assert [("lead/one/2", 1)] == [(breach.id, breach.units) for breach in found]
    assert [] == hopeless.breaches(quorum, make_flexible("q"))


def test_sessions_of_a_coach_beyond_as_many_a_day_are_counted(make: Any) -> None:
    """R9: two pods on three days make three sessions too many, and what is agreed to elsewhere counts too."""
    load = make.rule("load", "coach-load", max_sessions_per_day=1)
    parts = [make.availability(DAYS[:3], dict.fromkeys(("ana", "ben"), "yyy"), hour=hour) for hour in (9, 14)]
    answers = {who: given * 2 for who, given in parts[0].answers.items()}
    both = Availability(slots=(*parts[0].slots, *parts[1].slots), answers=answers)
    at = datetime(2027, 2, 1, 18, tzinfo=UTC)
    busy = [Commitment(coach="c@x", pods=1, sessions=((at, at + timedelta(hours=1)),))]
    three = Relaxation(words="", cost=0, terms={"load": {"max_sessions_per_day": 3}})

    free, engaged = (
        case_of(asked(make, both, load, elsewhere=elsewhere)).breaches(load, three) for elsewhere in ([], busy)
    )

    assert [3, 4] == [len(free), len(engaged)]
    assert {1} == {breach.units for breach in (*free, *engaged)}


@pytest.mark.parametrize("seed", range(12))
def test_pods_are_linked_by_whom_they_share(make: Any, seed: int) -> None:
    """R11: every pod is in one set, those that share somebody in the same, no set falls apart, and large ones lead."""
    chance = random.Random(seed)  # noqa: S311 - makes examples, not secrets
    people = [f"p{number}" for number in range(10)]
    pods = {f"pod{number}": chance.sample(people, chance.randint(1, 3)) for number in range(8)}
    question = pose(
        make.ruleset(), make.pods(make.register({p: {} for p in people}), pods), make.availability([], {}), EARLIEST
    )
    members = {f"lead/{name}": set(sitting) for name, sitting in pods.items()}

    groups = linked([judge(Grid(question), pod) for pod in question.pods])

    assert sorted(members) == sorted(pod for group in groups for pod in group)
    assert sorted(map(len, groups), reverse=True) == [len(group) for group in groups]
    for group in groups:
        met, rest = members[min(group)], set(group)
        while near := {pod for pod in rest if members[pod] & met}:
            met, rest = met.union(*(members[pod] for pod in near)), rest - near
        assert not rest
        assert all(not members[pod] & met for pod in members.keys() - group)
