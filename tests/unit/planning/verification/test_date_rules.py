"""Whether dates keep each rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convener.model import Answer, Availability, Coaching, Membership, ProposedSession, Slot
from convener.planning.dates.judging import UNITS, judge
from convener.planning.dates.posing import pose
from convener.planning.dates.slots import Grid
from convener.planning.dates.steps import Steps
from convener.planning.verification.date_rules import CHECKS
from convener.planning.verification.meetings import World, label

NOW: Final = datetime(2027, 1, 1, tzinfo=UTC)
GOOD_FRIDAY: Final = datetime(2027, 3, 26, 10, tzinfo=UTC)
ZONES: Final = ("", "Australia/Perth", "America/New_York")
SPECIAL: Final = (date(2027, 3, 14), date(2027, 3, 17), date(2027, 3, 26), date(2027, 3, 28), date(2027, 5, 3))
"""Clocks change in New York, holidays in Ireland and London, clocks change in London, holidays."""
WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def session(number: int, at: datetime, hours: int = 2, **more: Any) -> ProposedSession:
    """Return a proposed session."""
    known: dict[str, Any] = {"coming": (), "absent": (), "status": "proposed", **more}
    ends = at + timedelta(hours=hours)
    return ProposedSession(pod="lead/one", number=number, topic="", starts=at, ends=ends, zone="Europe/London", **known)


def world(make: Any, *sessions: ProposedSession, **changes: Any) -> World:
    """Return one pod of ana in Perth and ben in New York with *sessions*; everyone can come to all of them."""
    zones = {"ana": "Australia/Perth", "ben": "America/New_York"}
    said = {(each.starts, each.ends): Answer.YES for each in sessions}
    known: dict[str, Any] = {
        "ruleset": make.ruleset(),
        "register": make.register({"ana": {}, "ben": {}}, zones=zones),
        "pod": "lead/one",
        "memberships": (),
        "coachings": (Coaching(pod="lead/one", coach="c@x", since=date(2026, 1, 1)),),
        "sessions": sessions,
        "said": {"ana": said, "ben": said, "c@x": said},
        "now": NOW,
        "busy": {"c@x": [(each.starts, each.ends, label(each)) for each in sessions]},
    }
    return World(**{**known, **changes})


def faults(seen: World, rule: Any) -> list[tuple[str, str]]:
    """Return what the check of *rule* says of a pod."""
    return list(CHECKS[type(rule.terms)](seen, rule.terms))


@pytest.mark.parametrize(
    ("kind", "terms", "text"),
    [
        ("coach-load", {"max_sessions_per_day": 1}, ""),
        ("notice", {"min": "2027 hours"}, "it begins less than 2027 hours from now"),
        ("notice", {"min": "2026 hours"}, ""),
        ("quorum", {"members": 2, "coach": True}, ""),
        ("session-window", {"days": ("mon",)}, "Fri 10:00-12:00 lies outside the window"),
        ("session-window", {"zone": "member"}, "Fri 18:00-20:00 lies outside the window"),
        ("blackout", {"dates": ("2027-03-20..2027-03-26",)}, "2027-03-26 is blacked out"),
        ("holidays", {}, "2027-03-26 is a public holiday"),
    ],
)
def test_a_fault_is_told_in_words(make: Any, kind: str, terms: Any, text: str) -> None:
    """R10: of Good Friday at ten, and never of a session that keeps its date already."""
    rule = make.rule("asked", kind, **terms)
    proposed, kept = (session(2, GOOD_FRIDAY, coming=("ana", "ben"), status=each) for each in ("proposed", "held"))

    assert [("lead/one/2", text)] * bool(text) == faults(world(make, proposed), rule)
    assert [] == faults(world(make, kept), rule)


def test_a_session_over_midnight_lies_outside_any_window(make: Any) -> None:
    """R10: though both its ends lie within the hours."""
    late = world(make, session(1, GOOD_FRIDAY + timedelta(hours=13), coming=("ana", "ben")))

    for zone, outside in (("programme", True), ("member", False)):
        rule = make.rule("asked", "session-window", days=WEEK, between=("00:00", "23:30"), zone=zone)
        assert outside == bool(faults(late, rule))


def test_who_cannot_come_is_counted(make: Any) -> None:
    """R10: members by the answers, not by who is listed as coming, and a coach who said nothing; or none at all."""
    rule = make.rule("asked", "quorum", members="60%", coach=True)
    asked = session(1, GOOD_FRIDAY, coming=("ana", "ben"))
    said = {"ana": {(asked.starts, asked.ends): Answer.IF_NEEDED}}

    texts = ["1 of 2 can come, 2 are needed", "its coach did not say they can come"]

    assert texts == [text for _, text in faults(world(make, asked, said=said), rule)]
    assert texts[1:] == [text for _, text in faults(world(make, asked, coachings=()), rule)]


def test_sessions_of_a_coach_are_counted_on_the_coachs_own_day(make: Any) -> None:
    """R9: what is agreed to elsewhere counts; for a coach in Perth the evening in London is the next day."""
    late = session(1, GOOD_FRIDAY + timedelta(hours=8))
    elsewhere = GOOD_FRIDAY - timedelta(hours=1)
    rule = make.rule("asked", "coach-load", max_sessions_per_day=1)
    busy = {"c@x": [(late.starts, late.ends, "lead/one/1"), (elsewhere, elsewhere + timedelta(hours=1), "")]}
    text = "its coach has 2 sessions that day, at most 1"
    perth = make.register({"c@x": {}}, zones={"c@x": "Australia/Perth"})

    assert [("lead/one/1", text)] == faults(world(make, late, busy=busy), rule)
    assert [] == faults(world(make, late, busy=busy, register=perth), rule)
    assert [] == faults(world(make, late, busy=busy, coachings=()), rule)
    assert [] == faults(world(make, late, busy=busy), make.rule("asked", "coach-load", max_pods=1))


def test_further_calendars_and_those_of_people_count(make: Any) -> None:
    """R10: Saint Patrick's day is free by the rule's own further calendar, or where a member keeps the Irish one."""
    seen = world(make, session(1, datetime(2027, 3, 17, 10, tzinfo=UTC), coming=("ana", "ben")))
    ana = replace(seen.register.people["ana"], holidays="IE")
    irish = replace(seen, register=replace(seen.register, people={**seen.register.people, "ana": ana}))
    plain, also = make.rule("asked", "holidays"), make.rule("asked", "holidays", also=("IE",))

    assert [False, True, True] == [bool(faults(*each)) for each in ((seen, plain), (seen, also), (irish, plain))]


@pytest.mark.parametrize(
    ("statuses", "judged"), [("proposed proposed", 1), ("held proposed", 1), ("confirmed held", 0)]
)
def test_neighbours_are_judged_unless_both_keep_their_dates(make: Any, statuses: str, judged: int) -> None:
    """R10: gap and pattern between a Friday at ten and a Monday at eleven of another week."""
    one, other = statuses.split()
    sessions = session(1, GOOD_FRIDAY, status=one), session(2, GOOD_FRIDAY + timedelta(days=10), status=other)
    gap = make.rule("gap", "session-gap", min="11 days", max="20 days")
    pattern = make.rule("pattern", "session-pattern", same=("week-of-month", "weekday", "time"))
    pair = world(make, *sessions)

    assert [("lead/one/2", "10 days after the session before, not 11 days to 20 days")] * judged == faults(pair, gap)
    assert [("lead/one/2", "another week-of-month and weekday and time than the session before")] * judged == faults(
        pair, pattern
    )
    assert [] == faults(world(make, sessions[0]), gap)


windows = st.fixed_dictionaries(
    {
        "days": st.lists(st.sampled_from(WEEK), min_size=3, max_size=7, unique=True),
        "between": st.sampled_from([("09:00", "17:00"), ("00:00", "23:00"), ("10:00", "12:00")]),
        "zone": st.sampled_from(["programme", "member"]),
    }
)
quorums = st.fixed_dictionaries({"members": st.sampled_from([1, 2, 3, "50%", "67%", "100%"]), "coach": st.booleans()})
gaps = st.tuples(st.integers(1, 9), st.integers(9, 30))
aspects = st.lists(st.sampled_from(["week-of-month", "weekday", "time"]), min_size=1, unique=True)
OF_ONE: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "session-window": windows,
    "quorum": quorums,
    "blackout": st.just({"dates": ("2027-03-20..2027-03-27", "2027-05-01..2027-05-31")}),
    "holidays": st.sampled_from([{}, {"also": ("IE",)}]),
    "notice": st.integers(1500, 3500).map(lambda hours: {"min": f"{hours} hours"}),
}
OF_TWO: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "session-gap": gaps.map(lambda gap: {"min": f"{gap[0]} days", "max": f"{gap[1]} days"}),
    "session-pattern": aspects.map(lambda same: {"same": tuple(same)}),
}
beginnings = st.lists(
    st.tuples(st.one_of(st.sampled_from(SPECIAL), st.dates(date(2027, 3, 8), date(2027, 5, 27))), st.integers(0, 23)),
    min_size=2,
    max_size=6,
    unique=True,
).map(sorted)
"""Dates and hours of slots, some on holidays and on days when clocks change."""
drawing = settings(
    max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""`make` gives functions without state, so that one serves every example."""


@st.composite
def polls(draw: st.DrawFn) -> dict[str, Any]:
    """Draw slots around Easter and the change of clocks, answers, zones, calendars, and when ben and a coach leave."""
    starts = [datetime.combine(day, time(hour), UTC) for day, hour in draw(beginnings)]
    slots = [Slot(starts=at, ends=at + timedelta(hours=draw(st.integers(1, 5)))) for at in starts]
    answers = st.tuples(*[st.sampled_from(Answer)] * len(slots))
    return {
        "slots": tuple(slots),
        "answers": {who: draw(answers) for who in ("ana", "ben", "cy", "c@x") if draw(st.booleans())},
        "zones": {who: draw(st.sampled_from(ZONES)) for who in ("ana", "ben", "cy")},
        "calendars": {who: draw(st.sampled_from(["", "IE", "US-NY"])) for who in ("ana", "ben", "cy")},
        "change": draw(st.dates(date(2027, 3, 1), date(2027, 6, 1))),
    }


def both_views(make: Any, poll: dict[str, Any], rule: Any) -> tuple[Any, World]:
    """Return a poll as the planner asks it, and as the checks see it when each slot is a session."""
    names, since = ("ana", "ben", "cy"), date(2026, 1, 1)
    bare = make.register({who: {} for who in names}, zones=poll["zones"])
    people = {who: replace(person, holidays=poll["calendars"][who]) for who, person in bare.people.items()}
    register = replace(make.pods(replace(bare, people=people), {"one": list(names)}), coachings=())
    ends = {"ben": poll["change"]}
    register = replace(
        register,
        memberships=tuple(Membership(person=w, pod="lead/one", since=since, until=ends.get(w)) for w in names),
        coachings=(Coaching(pod="lead/one", coach="c@x", since=since, until=poll["change"]),),
    )
    rules = make.ruleset(rule)
    question = pose(rules, register, Availability(slots=poll["slots"], answers=poll["answers"]), NOW)
    [pod] = question.pods
    sessions = tuple(
        replace(session(number, slot.starts), ends=slot.ends, absent=tuple(pod.members(question.day(slot.starts))))
        for number, slot in enumerate(question.slots, 1)
    )
    said = {
        person: {(slot.starts, slot.ends): answer for slot, answer in zip(poll["slots"], given, strict=True)}
        for person, given in poll["answers"].items()
    }
    seen = World(rules, register, "lead/one", register.memberships, register.coachings, sessions, said, NOW, {})
    return question, seen


@pytest.mark.parametrize("kind", sorted(OF_ONE))
@drawing
@given(poll=polls(), drawn=st.data())
def test_checks_of_a_session_agree_with_the_planner(
    make: SimpleNamespace, kind: str, poll: dict[str, Any], drawn: st.DataObject
) -> None:
    """R10: two counts that share no code find fault with the same slots, whatever clocks, calendars and answers."""
    rule = make.rule("asked", kind, **drawn.draw(OF_ONE[kind]))
    question, seen = both_views(make, poll, rule)
    judged = judge(Grid(question), question.pods[0])

    units = UNITS[type(rule.terms)](judged.party, rule.terms).tolist()

    assert [f"lead/one/{number}" for number, short in enumerate(units, 1) if short] == list(
        dict.fromkeys(subject for subject, _ in faults(seen, rule))
    )


@pytest.mark.parametrize("kind", sorted(OF_TWO))
@drawing
@given(poll=polls(), drawn=st.data())
def test_checks_of_neighbours_agree_with_the_planner(
    make: SimpleNamespace, kind: str, poll: dict[str, Any], drawn: st.DataObject
) -> None:
    """R10: two counts that share no code find fault with the same steps, also where the clocks change between."""
    rule = make.rule("asked", kind, **drawn.draw(OF_TWO[kind]))
    question, seen = both_views(make, poll, rule)
    clock = Grid(question).clock(question.ruleset.zone)
    unlike = clock.form[:, 1:] != clock.form[:, :-1]

    units = Steps.read({"asked": rule}, None).units(np.diff(clock.day), unlike)["asked"].tolist()

    assert len(units) == len(list(pairwise(seen.sessions)))
    assert [f"lead/one/{number}" for number, short in enumerate(units, 2) if short] == [
        subject for subject, _ in faults(seen, rule)
    ]
