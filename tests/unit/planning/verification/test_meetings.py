"""What the checks of dates look at."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convener.model import Answer, Coaching, Membership, ProposedSession, Register
from convener.planning.verification.meetings import World, label

AT = datetime(2027, 3, 27, 23, 30, tzinfo=UTC)
ZONES = ("Europe/London", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu")
drawing = settings(
    max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""`make` gives functions without state, so that one serves every example."""
instants = st.datetimes(datetime(2026, 12, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
zones = st.sampled_from(ZONES)


def session(number: int = 1, at: datetime = AT, status: str = "proposed", **people: tuple[str, ...]) -> ProposedSession:
    """Return a session of two hours."""
    return ProposedSession(
        pod="lead/one",
        number=number,
        topic="",
        status=status,
        starts=at,
        ends=at + timedelta(hours=2),
        zone="Europe/London",
        coming=people.get("coming", ()),
        absent=people.get("absent", ()),
    )


def world(make: Any, *sessions: ProposedSession, register: Register | None = None, **changes: Any) -> World:
    """Return one pod with *sessions*."""
    known: dict[str, Any] = {
        "ruleset": make.ruleset(zone=changes.pop("zone", "Europe/London")),
        "register": register or make.register({}),
        "pod": "lead/one",
        "memberships": (),
        "coachings": (),
        "sessions": sessions,
        "said": {},
        "now": None,
        "busy": {},
    }
    return World(**{**known, **changes})


@drawing
@given(instants, zones, st.sampled_from(("", *ZONES)))
def test_an_instant_stays_itself_on_every_clock(make: SimpleNamespace, at: datetime, zone: str, home: str) -> None:
    """R10: it is read on a person's own clock where that is known, else on the programme's."""
    people = make.register({"ana": {}}, zones={"ana": home})
    seen = world(make, register=people, zone=zone)

    clocks = [seen.at(at), seen.at(at, "ana"), seen.at(at, "nobody")]

    assert [at] * 3 == clocks
    assert [ZoneInfo(each) for each in (zone, home or zone, zone)] == [clock.tzinfo for clock in clocks]


@drawing
@given(st.lists(st.sampled_from(("proposed", "confirmed", "held", "unscheduled")), max_size=6))
def test_only_sessions_that_are_to_get_a_date_are_judged(make: SimpleNamespace, statuses: Sequence[str]) -> None:
    """R10: in their order, and none but those that keep theirs is left out."""
    sessions = [session(number, AT, status) for number, status in enumerate(statuses, 1)]

    judged = world(make, *sessions).proposed

    assert [each for each in sessions if each.status in {"proposed", "unscheduled"}] == judged


@drawing
@given(st.dictionaries(st.integers(0, 3), st.sampled_from(Answer)), st.integers(0, 3))
def test_an_answer_counts_for_its_own_stretch_alone(make: SimpleNamespace, said: dict[int, Answer], hour: int) -> None:
    """R10: yes and if needed to exactly the session's time; a slot beside it, or one that overlaps, says nothing."""
    stretches = {
        (AT + timedelta(hours=shift), AT + timedelta(hours=shift + 2)): answer for shift, answer in said.items()
    }
    seen = world(make, said={"ana": stretches})
    asked = session(at=AT + timedelta(hours=hour))

    assert (said.get(hour) in {Answer.YES, Answer.IF_NEEDED}) == seen.can("ana", asked)
    assert not seen.can("ben", asked)
    assert not seen.can("", asked)


@drawing
@given(instants, zones, st.dates(date(2026, 12, 1), date(2027, 12, 1)))
def test_the_coach_is_that_of_the_programmes_date(make: SimpleNamespace, at: datetime, zone: str, change: date) -> None:
    """R9: whoever takes over does so at midnight of the programme's clock; the register says the same."""
    since = date(2026, 1, 1)
    coachings = (
        Coaching(pod="lead/one", coach="a@x", since=since, until=change),
        Coaching(pod="lead/one", coach="b@x", since=change),
    )
    seen = world(make, zone=zone, coachings=coachings)
    meets = at.astimezone(ZoneInfo(zone)).date()

    assert ("a@x" if meets < change else "b@x") == seen.coach(session(at=at))
    assert world(make, zone=zone, coachings=coachings[:1]).coach(session(at=at)) == ("a@x" if meets < change else None)


@pytest.mark.parametrize(("coming", "absent"), [(("ana",), ("ben", "cy")), ((), ("ana",)), (("ben",), ()), ((), ())])
def test_a_session_is_for_those_who_come_and_those_who_cannot(
    make: Any, coming: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    """R11: as it lists them, whatever the register says of the pod."""
    held = session(3, coming=coming, absent=absent)
    membership = Membership(person="zoe", pod="lead/one", since=date(2026, 1, 1))

    assert [*coming, *absent] == world(make, held, memberships=(membership,)).members(held)
    assert "lead/one/3" == label(held)
