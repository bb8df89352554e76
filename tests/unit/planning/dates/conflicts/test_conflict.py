"""Why no dates exist, family by family: the rule, the people, and ways out that work when they are taken."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.model import Answer, Availability, Coach, Commitment, Conflict, DateProposal, Register, Relaxation
from convener.planning import propose_dates
from convener.planning.relaxations import relaxed
from convener.rulesets.ruleset import Ruleset

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(5)]
THREE = ("ana", "ben", "cy")


@dataclass(frozen=True)
class World:
    """A question without an answer."""

    rules: Ruleset
    register: Register
    availability: Availability
    commitments: tuple[Commitment, ...] = field(default=())

    def plan(self, rules: Ruleset | None = None, answers: Availability | None = None) -> DateProposal | Conflict:
        """Plan its dates, under other rules or answers."""
        return propose_dates(
            rules or self.rules,
            self.register,
            answers or self.availability,
            earliest=EARLIEST,
            commitments=self.commitments,
        )

    def conflict(self) -> Conflict:
        """Return why it has none."""
        found = self.plan()
        assert isinstance(found, Conflict)
        return found


def willing(known: Availability, people: tuple[str, ...]) -> Availability:
    """Return the answers with a yes to everything from *people*."""
    return replace(known, answers={**known.answers, **dict.fromkeys(people, (Answer.YES,) * len(known.slots))})


def three(make: Any, *rules: Any, days: Any = DAYS, said: Any = None, coach: str = "", **more: Any) -> World:
    """Return one pod of three people, who say yes to everything unless *said* otherwise."""
    people = make.register({name: {} for name in THREE}, coaches=[Coach(id=coach)] if coach else [])
    given = {name: "y" * len(days) for name in (*THREE, *([coach] if coach else []))} if said is None else said
    known = make.pods(people, {"one": THREE}, coach)
    return World(make.ruleset(*rules), known, make.availability(days, given), **more)


def busy(coach: str, days: Any) -> Commitment:
    """Return a coach who is engaged from nine to five on *days*."""
    hours = [datetime(day.year, day.month, day.day, 9, tzinfo=UTC) for day in days]
    return Commitment(coach=coach, pods=1, sessions=tuple((at, at + timedelta(hours=8)) for at in hours))


def quorum(make: Any) -> World:
    """One of three is missing on the second date, another on the third."""
    return three(
        make,
        make.rule("r", "quorum", members="100%"),
        days=DAYS[:3],
        said={"ana": "yyy", "ben": "yny", "cy": "yyn"},
    )


def refusal(make: Any) -> World:
    """One person says no to everything."""
    return three(make, make.rule("r", "quorum", members=3), said={"ana": "yyyyy", "ben": "yyyyy", "cy": "nnnnn"})


def silence(make: Any) -> World:
    """Nobody answered."""
    return three(make, make.rule("r", "quorum", members="75%", coach=True), said={}, coach="c@x")


def silent_coach(make: Any) -> World:
    """Leave the coach without an answer."""
    said = dict.fromkeys(THREE, "yyyyy")
    return three(make, make.rule("r", "quorum", members=1, coach=True), said=said, coach="c@x")


def long_gap(make: Any) -> World:
    """Dates further apart than allowed."""
    days = [date(2027, 2, 1), date(2027, 2, 20), date(2027, 3, 5)]
    return three(make, make.rule("r", "session-gap", min="5 days", max="14 days"), days=days)


def short_gap(make: Any) -> World:
    """Dates closer than allowed."""
    return three(make, make.rule("r", "session-gap", min="9 days", max="20 days"), days=DAYS[:3])


def window(make: Any) -> World:
    """Dates before the window opens."""
    return three(make, make.rule("r", "session-window", between=("12:00", "17:00")))


def zones(make: Any) -> World:
    """People in Tokyo and New York at their own working hours."""
    people = make.register({"ana": {}, "ben": {}}, zones={"ana": "Asia/Tokyo", "ben": "America/New_York"})
    answers = make.availability(DAYS, {"ana": "yyyyy", "ben": "yyyyy"})
    rules = make.ruleset(make.rule("r", "session-window", zone="member"))
    return World(rules, make.pods(people, {"one": ["ana", "ben"]}), answers)


def blackout(make: Any) -> World:
    """Every date is blacked out."""
    return three(make, make.rule("r", "blackout", dates=("2027-01-01..2027-06-30",)))


def holidays(make: Any) -> World:
    """Every date is a public holiday."""
    return three(make, make.rule("r", "holidays"), days=[date(2027, 3, 26), date(2027, 5, 3), date(2027, 5, 31)])


def pattern(make: Any) -> World:
    """No three dates on one weekday."""
    days = [DAYS[0], DAYS[1] + timedelta(days=1), DAYS[2]]
    return three(make, make.rule("r", "session-pattern", same=("weekday", "time")), days=days)


def notice(make: Any) -> World:
    """All dates are too near."""
    return three(make, make.rule("r", "notice", min="60 days"))


def full_days(make: Any) -> World:
    """Two pods of a coach who may have one session a day, on three days."""
    people = make.register({"ana": {}, "ben": {}}, coaches=[Coach(id="c@x")])
    parts = [make.availability(DAYS[:3], {"ana": "yyy", "ben": "yyy"}, hour=hour) for hour in (9, 14)]
    answers = {who: given * 2 for who, given in parts[0].answers.items()}
    both = Availability(slots=(*parts[0].slots, *parts[1].slots), answers=answers)
    rules = make.ruleset(make.rule("r", "coach-load", max_sessions_per_day=1))
    return World(rules, make.pods(people, {"one": ["ana"], "two": ["ben"]}, "c@x"), both)


FAMILIES: list[tuple[Callable[[Any], World], tuple[str, ...], str]] = [
    (quorum, ("ben", "cy"), "ask Ben about 8 February 2027 10:00; ask Cy about 15 February 2027 10:00"),
    (refusal, ("cy",), "ask Cy about 1 February 2027 10:00, 8 February 2027 10:00 and 15 February 2027 10:00"),
    (silence, ("ana", "ben", "c@x", "cy"), "get an answer from Ana, Ben, C@X and Cy"),
    (silent_coach, ("c@x",), "get an answer from C@X"),
    (long_gap, (), 'let lead/one/2 be on 20 February 2027 (rule r with max = "19 days")'),
    (short_gap, (), 'lead/one/3 be on 15 February 2027 (rule r with min = "7 days")'),
    (window, (), '(rule r with between = ["10:00", "17:00"])'),
    (zones, (), '(rule r with between = ["05:00", "21:00"])'),
    (blackout, (), "let lead/one/1 be on 1 February 2027; "),
    (holidays, (), "let lead/one/1 be on 26 March 2027; "),
    (pattern, (), '(rule r with same = ["time"])'),
    (notice, (), '(rule r with min = "754 hours")'),
    (full_days, ("c@x",), "(rule r with max_sessions_per_day = 2)"),
]


@pytest.mark.parametrize(("family", "people", "words"), FAMILIES, ids=lambda value: getattr(value, "__name__", None))
def test_the_rule_and_the_people_are_named_and_every_way_out_works(
    make: Any, family: Callable[[Any], World], people: tuple[str, ...], words: str
) -> None:
    """R11: one rule stands in the way; each relaxation, applied, makes the dates feasible, the cheapest first."""
    world = family(make)

    found = world.conflict()
    outcomes = [
        world.plan(relaxed(world.rules, way), willing(world.availability, way.asks)) for way in found.relaxations
    ]

    assert ("r",) == found.rules
    assert set(people) == set(found.people)
    assert found.relaxations
    assert words in found.relaxations[0].words
    assert [DateProposal] * len(outcomes) == [type(each) for each in outcomes]
    assert sorted(way.cost for way in found.relaxations) == [way.cost for way in found.relaxations]


def test_a_quorum_names_how_many_of_how_many(make: Any) -> None:
    """R11: the other way out says what the quorum would be at which session."""
    words = quorum(make).conflict().relaxations[1].words
    sessions = "2 of 3 at lead/one/2 on 8 February 2027; 2 of 3 at lead/one/3 on 15 February 2027"

    assert f'allow {sessions} (rule r with members = "66.6%")' == words


def test_two_rules_that_cannot_both_hold_are_both_named(make: Any) -> None:
    """R11: either gives way: one answer, one person fewer, or a wider gap."""
    world = three(
        make,
        make.rule("all", "quorum", members="100%"),
        make.rule("gap", "session-gap", min="5 days", max="10 days"),
        make.rule("idle", "holidays"),
        said={"ana": "yyyyy", "ben": "yynyy", "cy": "yyyyy"},
    )

    found = world.conflict()

    assert (("all", "gap"), ("ben",)) == (found.rules, found.people)
    assert [1, 1, 4] == [way.cost for way in found.relaxations]
    assert ("ben",) == found.relaxations[0].asks


def test_too_few_dates_are_told_with_how_many_are_missing(make: Any) -> None:
    """R11: two dates for three sessions, and a coach engaged elsewhere on all but one."""
    few = three(make, days=DAYS[:2]).conflict()
    taken = three(make, coach="c@x", commitments=(busy("c@x", DAYS[1:]),)).conflict()

    assert [(), ()] == [few.rules, taken.rules]
    assert ["ask about more dates, at least 1 more", "ask about more dates, at least 2 more"] == [
        found.relaxations[0].words for found in (few, taken)
    ]
    assert "with C@X away or engaged on some of them" in taken.explanation


def test_pods_that_share_too_few_dates_are_named(make: Any) -> None:
    """R11: each has dates by itself, and not beside the other; a third pod of the coach is no part of it."""
    people = make.register({name: {} for name in THREE}, coaches=[Coach(id="c@x")])
    known = make.pods(people, {"one": ["ana"], "three": ["cy"], "two": ["ben"]}, "c@x")
    answers = make.availability(
        [*DAYS, *(day + timedelta(days=100) for day in DAYS)],
        {"ana": "yyynnnnnnn", "ben": "yyynnnnnnn", "cy": "nnnnnyyyyy"},
    )

    found = World(make.ruleset(make.rule("q", "quorum", members=1)), known, answers).conflict()

    assert (("q",), ("c@x",)) == (found.rules, found.people)
    assert "for lead/one and lead/two, which share C@X" in found.explanation


def test_asking_is_no_change_of_rules(make: Any) -> None:
    """R11: a relaxation that asks people leaves the rules as they are."""
    world = refusal(make)
    way: Relaxation = world.conflict().relaxations[0]

    assert world.rules == relaxed(world.rules, way)
