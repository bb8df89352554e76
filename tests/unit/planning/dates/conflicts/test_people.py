"""Whose answers stand in the way of dates."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from convener.model import Coach
from convener.planning.dates.conflicts.case import Case
from convener.planning.dates.conflicts.people import Request, ask, in_the_way, request
from convener.planning.dates.judging import Judged
from convener.planning.dates.layout import lay_out
from convener.planning.dates.posing import pose
from convener.planning.dates.question import DatesQuestion
from convener.planning.effort import Effort

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(5)]
EVERYONE = ("ana", "ben", "cy", "c@x")


def asked(make: Any, said: dict[str, str], *rules: Any, days: Any = DAYS, pods: Any = None) -> DatesQuestion:
    """Return the question of one pod of three with a coach, or of *pods*."""
    known = make.register({name: {} for name in EVERYONE[:3]}, coaches=[Coach(id="c@x")])
    register = make.pods(known, pods or {"one": EVERYONE[:3]}, "c@x")
    return pose(make.ruleset(*rules), register, make.availability(days, said), EARLIEST)


def case_of(question: DatesQuestion) -> Case:
    """Return the case of all pods of *question*."""
    pods = frozenset(pod.id for pod in question.pods)
    return Case((question,), pods, pods, Effort())


def seen(question: DatesQuestion) -> list[Judged]:
    """Return how its pods see the slots."""
    return lay_out([question]).judged


def wanted(question: DatesQuestion, people: tuple[str, ...]) -> list[Request]:
    """Return what *people* would have to say yes to, for each pod."""
    found = [request(each, people) for each in seen(question)]
    return [each for each in found if each is not None]


@pytest.mark.parametrize("seed", range(12))
def test_no_fewer_people_and_no_fewer_answers_would_do(make: Any, seed: int) -> None:
    """R11: against every choice of people, and every choice of answers of those who are named."""
    chance = random.Random(seed)  # noqa: S311 - makes examples, not secrets
    said = {who: "".join(chance.choices("ynn", k=4)) for who in EVERYONE if chance.random() < 0.8}
    rules = [
        make.rule("q", "quorum", members=chance.choice([2, 3]), coach=chance.random() < 0.5),
        make.rule("gap", "session-gap", min="7 days", max="14 days"),
    ]
    question = asked(make, said, *rules, days=DAYS[:4])
    case, [judged] = case_of(question), seen(question)

    def enough(yes: dict[str, list[int]]) -> bool:
        return case.single(case.answered({id(question): yes}))

    found = in_the_way(judged)

    assert found is not None
    assert enough({person: list(range(4)) for person in found})
    for fewer in combinations(EVERYONE, len(found) - 1) if found else ():
        assert not enough({person: list(range(4)) for person in fewer})
    [least] = wanted(question, found)
    answers = [(person, slot) for person in found for slot in range(4)]
    count = sum(map(len, least.slots.values()))
    assert enough({person: list(slots) for person, slots in least.slots.items()})
    for some in combinations(answers, count - 1) if 0 < count < 5 else ():
        assert not enough({person: [slot for who, slot in some if who == person] for person in found})


def test_those_who_have_not_answered_are_named_first(make: Any) -> None:
    """R11: of two whose yes would do equally well, the one who never said no."""
    quorum = make.rule("q", "quorum", members=2)

    assert ("cy",) == in_the_way(seen(asked(make, {"ana": "yyyyy", "ben": "nnnnn"}, quorum))[0])
    assert ("ana",) == in_the_way(seen(asked(make, {"ben": "yyyyy", "cy": "nnnnn"}, quorum))[0])


def test_nobody_is_in_the_way_of_what_no_answer_could_give(make: Any) -> None:
    """R11: dates too far apart, or a coach asked for where there is none, are no matter of answers."""
    gap = asked(make, {}, make.rule("q", "quorum", members=1), make.rule("g", "session-gap", min="1 day", max="3 days"))
    coached = asked(make, {}, make.rule("q", "quorum", members=1, coach=True))
    alone = replace(coached, pods=tuple(replace(pod, coachings=()) for pod in coached.pods))

    assert [None, None] == [in_the_way(seen(each)[0]) for each in (gap, alone)]
    assert [] == wanted(gap, EVERYONE)


def test_who_said_no_is_asked_about_dates_and_others_for_an_answer(make: Any) -> None:
    """R11: in words, with how many answers it takes; beyond three dates one by one they are counted."""
    quorum = make.rule("q", "quorum", members=3, coach=True)
    question = asked(make, {"ana": "yyyyy", "ben": "yynyy", "cy": "nnnnn"}, quorum)

    found = ask(case_of(question), wanted(question, EVERYONE))

    assert found is not None
    assert ("c@x", "cy") == found.asks
    assert (
        "get an answer from C@X; ask Cy about 1 February 2027 10:00, 8 February 2027 10:00 and 22 February 2027 10:00"
        == found.words
    )
    assert 6 == found.cost


def test_asking_is_offered_only_where_it_is_enough(make: Any) -> None:
    """R11: two pods of one coach have three dates between them, whoever says yes; with six it is enough."""
    quorum = make.rule("q", "quorum", members=1)
    pods = {"one": ["ana"], "two": ["ben"]}
    few = asked(make, {"c@x": "yyy"}, quorum, days=DAYS[:3], pods=pods)
    many = asked(make, {"c@x": "y" * 6}, quorum, days=[*DAYS, date(2027, 3, 20)], pods=pods)

    assert ask(case_of(few), wanted(few, EVERYONE)) is None
    assert ask(case_of(few), []) is None
    assert len(wanted(many, EVERYONE)) == len(pods)
