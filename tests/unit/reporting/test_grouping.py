"""Small groups stay small groups."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from convener.model import Attendance, Enrolment, Membership, ParticipantStatus, Pod, Register, Session, SessionStatus
from convener.reporting.engagement import released
from convener.reporting.grouping import minimum_group
from convener.reporting.snapshot import take
from convener.rulesets.kinds import MinimumGroup
from convener.rulesets.ruleset import Ruleset

START = date(2027, 1, 4)
Rating = tuple[str, str]
Ratings = list[tuple[int, int, int]]


def _world(ratings: Ratings, pods: int, sessions: int) -> Register:
    """Pods of five, a session a week apart; a rating is (pod, session, person); everybody else has apologised."""
    held = [
        Session(
            pod=f"p/{pod}", number=number, topic="", status=SessionStatus.HELD, zone="UTC",
            starts=datetime(2027, 2, 1, 9, tzinfo=UTC) + timedelta(weeks=number, days=pod),
        )
        for pod in range(pods)
        for number in range(1, sessions + 1)
    ]  # fmt: skip
    people = {f"{pod}-{seat}": f"p/{pod}" for pod in range(pods) for seat in range(5)}
    seen = {(f"p/{pod}/{number}", f"{pod}-{seat}") for pod, number, seat in ratings}
    rows = [
        Attendance(session=session.id, person=person, status="attended", engagement=4)
        if (session.id, person) in seen
        else Attendance(session=session.id, person=person, status="apologies")
        for session in held
        for person, pod in people.items()
        if pod == session.pod
    ]
    return Register(
        client="c", programme="p", pods={f"p/{pod}": Pod(id=f"p/{pod}", name=str(pod)) for pod in range(pods)},
        sessions={session.id: session for session in held},
        enrolments=tuple(Enrolment(person=each, status=ParticipantStatus.ACTIVE, since=START) for each in people),
        memberships=tuple(Membership(person=each, pod=pod, since=START) for each, pod in people.items()),
        attendance={(row.session, row.person): row for row in rows},
    )  # fmt: skip


def _published(ruleset: Ruleset, register: Register, as_of: date) -> Iterator[tuple[str, Rating]]:
    """Yield (aggregate, rating) for every sum that a report of that day prints."""
    shown = released(take(ruleset, register, as_of))
    for one in shown.all:
        yield f"{as_of} total", (one.session, one.person)
        yield f"{as_of} session {one.number}", (one.session, one.person)
    for one in shown.whole:
        yield f"{as_of} pod {one.pod}", (one.session, one.person)


ratings = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(0, 4)), unique=True, max_size=45)


@given(ratings=ratings)
@settings(max_examples=120, deadline=None)
def test_no_difference_of_published_sums_is_about_fewer_than_the_minimum(ruleset: Ruleset, ratings: Ratings) -> None:
    """R20: over the reports of all weeks together, ratings that share all their sums come in groups of three or more.

    Whatever is computed from the sums gives one weight to ratings that appear in the same sums, so the smallest such
    group is the smallest that anyone can learn about.
    """
    register = _world(ratings, pods=3, sessions=3)
    sums: dict[Rating, set[str]] = defaultdict(set)
    for day in range(28, 70):
        for aggregate, rating in _published(ruleset, register, START + timedelta(days=day)):
            sums[rating].add(aggregate)
    alike: dict[frozenset[str], set[str]] = defaultdict(set)
    for rating, found in sums.items():
        alike[frozenset(found)].add(rating[1])

    assert all(len(people) >= minimum_group(take(ruleset, register, START)) for people in alike.values())


def test_small_blocks_count_together_once_every_pod_is_through(ruleset: Ruleset) -> None:
    """Two ratings here and two there are enough by session, and in nobody's pod."""
    register = _world([(0, 1, 0), (0, 1, 1), (1, 1, 0), (1, 1, 1)], pods=2, sessions=1)
    before, after = (released(take(ruleset, register, date(2027, 2, day))) for day in (8, 9))

    assert (0, 0, 2) == (len(before.whole), len(before.pooled), before.kept_back)
    assert (0, 4, 0) == (len(after.whole), len(after.pooled), after.kept_back)


def test_a_block_waits_for_its_whole_register(ruleset: Ruleset) -> None:
    """One late row would otherwise be the difference of two weekly reports."""
    register = _world([(0, 1, seat) for seat in range(4)], pods=1, sessions=1)
    incomplete = {key: row for key, row in register.attendance.items() if key != ("p/0/1", "0-4")}
    shown = released(take(ruleset, replace(register, attendance=incomplete), date(2027, 3, 1)))

    assert (0, 4) == (len(shown.all), shown.kept_back)


def test_without_the_rule_one_is_enough(ruleset: Ruleset, register: Register) -> None:
    """The rule sets the minimum, and the highest of several rules wins."""
    rules = {key: rule for key, rule in ruleset.rules.items() if not isinstance(rule.terms, MinimumGroup)}
    stricter = replace(ruleset.rules["small-numbers"], id="stricter", terms=MinimumGroup(min=5))
    day = START

    assert 1 == minimum_group(take(replace(ruleset, rules=rules), register, day))
    assert 5 == minimum_group(take(replace(ruleset, rules={**ruleset.rules, "stricter": stricter}), register, day))
