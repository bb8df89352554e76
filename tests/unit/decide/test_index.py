"""The indexed register."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.decide.index import Index, current, current_or_next
from convener.decide.moments.timing import Life
from convener.decide.prepared import statuses_of
from convener.model import Enrolment, Membership, ParticipantStatus, PollRequest, Register

DAY = date(2027, 1, 10)


def index_of(world: Any, register: Register) -> Index:
    """Index *register* under a ruleset without rules."""
    ruleset = world.ruleset()
    return Index(register, ruleset, statuses_of(ruleset))


def test_rows_are_found_by_day_and_else_ahead() -> None:
    """R1: a row holds from its day to the day before its end."""
    rows = [
        Membership(person="a", pod="p", since=date(2027, 2, 1)),
        Membership(person="a", pod="q", since=DAY, until=date(2027, 1, 12)),
    ]

    assert rows[1] is current(rows, DAY)
    assert None is current(rows, date(2027, 1, 12))
    assert rows[0] is current_or_next(rows, date(2027, 1, 12))


def test_withdrawn_people_and_those_away_without_a_pod_are_not_reached(world: Any) -> None:
    """R2: nobody hears from us after leaving, or while pausing."""
    register = world.register()
    away = [
        Enrolment(person="ann", status=ParticipantStatus.WITHDRAWN, since=DAY),
        Enrolment(person="ben", status=ParticipantStatus.SECONDED, since=DAY),
    ]
    kept = tuple(row for row in register.enrolments if row.person == "cat")
    seats = tuple(row for row in register.memberships if row.person != "ben")

    index = index_of(world, replace(register, enrolments=(*kept, *away), memberships=seats))

    assert ["cat"] == index.reachable(DAY)
    assert ["cat"] == index.members(world.pod, DAY)


def test_history_counts_what_counts_in_order(world: Any) -> None:
    """R15: sessions that do not apply are left out, as are those still ahead."""
    later = world.attended("lead/north/2", ann="missed")
    first = world.attended("lead/north/1", ann="attended", ben="not-applicable")

    index = index_of(world, world.register(attendance={**later, **first}))

    until = datetime(2027, 6, 1, tzinfo=UTC)
    assert [True, False] == [meaning.present for _, meaning in index.history("ann", until)]
    assert [] == index.history("ben", until)
    assert [True] == [meaning.present for _, meaning in index.history("ann", datetime(2027, 2, 1, tzinfo=UTC))]


def test_the_programme_ends_with_its_last_session_once_all_are_known(world: Any) -> None:
    """A date still open leaves the end unknown."""
    register = world.register()
    open_ = replace(register.sessions["lead/north/2"], starts=None, ends=None)

    assert datetime(2027, 3, 2, 17, tzinfo=UTC) == index_of(world, register).ends_of_programme()
    assert None is index_of(world, register.with_session(open_)).ends_of_programme()


def test_the_register_of_a_session_lacks_those_who_were_not_away(world: Any) -> None:
    """R15: nobody is chased for the status of somebody on secondment."""
    register = world.register(attendance=world.attended("lead/north/1", ann="attended"))
    away = [replace(row, status=ParticipantStatus.SECONDED) for row in register.enrolments if row.person == "ben"]
    kept = [row for row in register.enrolments if row.person != "ben"]
    index = index_of(world, replace(register, enrolments=(*kept, *away)))
    session = register.sessions["lead/north/1"]

    assert ["ann", "cat"] == index.present_members(session)
    assert ["cat"] == index.unrecorded(session)


def test_an_index_is_kept_as_long_as_the_register_stays(world: Any) -> None:
    """N6: where the cursor stands makes no other register, anything else does."""
    prepared, register = world.prepared(), world.register()
    later = replace(register, cursor=datetime(2027, 1, 1, tzinfo=UTC))

    index = Index.of(prepared, register)

    assert index is Index.of(prepared, later)
    assert index is not Index.of(prepared, replace(register, polls={}))
    assert index is not Index.of(world.prepared(), register)


def test_an_index_with_more_polls_ranges_over_those_named(world: Any) -> None:
    """P8: what follows from a poll that opens now is looked for on its own; the index before is left alone."""
    opened, closes = datetime(2027, 1, 20, tzinfo=UTC), datetime(2027, 1, 30, tzinfo=UTC)
    known, fresh = (
        PollRequest(poll="engagement", subject="lead", person=who, opened=opened, closes=closes)
        for who in ("ann", "ben")
    )
    index = index_of(world, world.register(polls={("engagement", "lead", "ann"): known}))
    polls = {("engagement", "lead", "ben"): fresh}

    assert [known, fresh] == sorted(index.opening(polls).polls.after(opened), key=lambda poll: poll.person)
    assert [fresh] == index.opening(polls, alone=[fresh]).polls.after(opened)
    assert {"ann", "ben"} == {person for _, _, person in index.opening(polls).register.polls}
    assert [known] == index.polls.after(opened)
    assert [] == index.polls.after(closes)


def test_a_life_is_a_clock_and_ones_own_days_off(world: Any) -> None:
    """P12: the client's calendar is everybody's, so that naming it makes no other life."""
    register = world.register()
    people = {
        **register.people,
        "ann": world.person("ann", holidays="GB-ENG"),
        "ben": world.person("ben", zone="Europe/Dublin", holidays="IE"),
    }

    index = index_of(world, replace(register, people=people))

    assert [Life("Europe/London"), Life("Europe/Dublin", "IE")] == [index.life_of(who) for who in ("ann", "ben")]
    assert (Life("Europe/Dublin", "IE"), Life("Europe/London")) == index.lives_of("participant")
