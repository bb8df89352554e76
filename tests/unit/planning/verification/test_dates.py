"""The independent check of proposed dates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.model import Commitment, DateProposal, ProposedSession, Session, SessionStatus
from convener.planning import propose_dates, verify_dates


def broken(planned: Any, change: Callable[[ProposedSession], ProposedSession], number: int = 3) -> set[str]:
    """Return the inflexible rules broken when session *number* of the first pod is changed."""
    target = next(session for session in planned.dates.sessions if session.number == number)
    sessions = tuple(change(session) if session == target else session for session in planned.dates.sessions)
    proposal = replace(planned.dates, sessions=sessions)
    found = verify_dates(planned.ruleset, planned.register, proposal, planned.availability)
    return {violation.rule for violation in found if violation.inflexible}


def moved(**by: float) -> Callable[[ProposedSession], ProposedSession]:
    """Return a change that moves a session."""
    return lambda session: replace(
        session, starts=session.starts + timedelta(**by), ends=session.ends + timedelta(**by)
    )


def test_what_is_proposed_passes(planned_northern: Any, planned_brightwater: Any) -> None:
    """R10: both examples pass unchanged."""
    assert set() == broken(planned_northern, lambda session: session)
    assert set() == broken(planned_brightwater, lambda session: session)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (moved(days=40), "gap"),
        (moved(days=-400), "series"),
        (moved(hours=2), "whole-day"),
        (moved(days=4), "quorum"),
        (lambda session: replace(session, number=4), "series"),
        (lambda session: replace(session, coming=session.coming[1:]), "series"),
        (lambda session: replace(session, starts=datetime(2027, 3, 26, 9, tzinfo=UTC)), "no-holidays"),
    ],
)
def test_a_changed_session_is_caught(
    planned_northern: Any, change: Callable[[ProposedSession], ProposedSession], rule: str
) -> None:
    """R10: each rule notices when a session leaves it."""
    assert rule in broken(planned_northern, change)


def test_a_coach_engaged_elsewhere_is_caught(planned_northern: Any) -> None:
    """R9: a session of another programme at the same time is a clash."""
    first = planned_northern.dates.sessions[0]
    coach = str(planned_northern.register.coach_of(first.pod, first.starts.date()))
    elsewhere = Commitment(coach=coach, pods=1, sessions=((first.starts, first.ends),))

    found = verify_dates(
        planned_northern.ruleset,
        planned_northern.register,
        planned_northern.dates,
        planned_northern.availability,
        commitments=[elsewhere],
    )

    assert {"coach-in-one-place"} == {violation.rule for violation in found if violation.inflexible}


def proposal_of(make: Any, *rules: Any) -> tuple[Any, Any, Any, DateProposal]:
    """Return rules, register, answers and dates of two pods that share a person."""
    people = make.register({name: {} for name in ("ana", "ben", "cy")})
    known = make.pods(people, {"one": ["ana", "ben"], "two": ["ben", "cy"]})
    days = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(7)]
    answers = make.availability(days, dict.fromkeys(("ana", "ben", "cy"), "y" * 7))
    found = propose_dates(make.ruleset(*rules), known, answers, earliest=datetime(2027, 1, 1, tzinfo=UTC))
    assert isinstance(found, DateProposal)
    return make.ruleset(*rules), known, answers, found


def test_a_person_in_two_places_is_caught(make: Any) -> None:
    """R10: two pods of one person at the same time, here and by what is known of elsewhere."""
    rules, known, answers, found = proposal_of(make)
    two = next(session for session in found.sessions if session.pod == "lead/two")
    first = next(session for session in found.sessions if session.pod == "lead/one")
    clash = replace(
        found,
        sessions=tuple(
            replace(session, starts=first.starts, ends=first.ends) if session is two else session
            for session in found.sessions
        ),
    )
    elsewhere = Commitment(coach="cy", pods=1, sessions=((two.starts, two.ends),))

    assert () == verify_dates(rules, known, found, answers)
    assert "member-in-one-place" in {each.rule for each in verify_dates(rules, known, clash, answers)}
    assert ["member-in-one-place"] == [
        each.rule for each in verify_dates(rules, known, found, answers, commitments=[elsewhere])
    ]


def test_notice_counts_from_now(make: Any) -> None:
    """R10: a session too soon, or in the past, is caught once the moment of planning is known."""
    rules, known, answers, found = proposal_of(make, make.rule("late", "notice", min="24 hours"))
    now = datetime(2027, 1, 31, 20, tzinfo=UTC)

    assert () == verify_dates(rules, known, found, answers)
    assert ["late"] == [each.rule for each in verify_dates(rules, known, found, answers, earliest=now)]
    assert {"late", "series"} == {
        each.rule for each in verify_dates(rules, known, found, answers, earliest=now + timedelta(days=3))
    }


def test_only_sessions_said_to_be_moved_may_move(make: Any) -> None:
    """R10: a confirmed date is another only where the proposal says so, a held one never."""
    rules, known, answers, found = proposal_of(make)
    session = found.sessions[0]
    outcomes: list[set[str]] = []
    for status, moved in (("confirmed", False), ("confirmed", True), ("held", True)):
        before = Session(
            pod=session.pod,
            number=1,
            topic="",
            status=SessionStatus(status),
            starts=session.starts - timedelta(days=2),
            ends=session.ends - timedelta(days=2),
        )
        proposal = replace(found, moved=(before.id,) if moved else ())
        outcomes.append({each.text for each in verify_dates(rules, known.with_session(before), proposal, answers)})

    assert [{"a confirmed session was moved"}, set(), {"a confirmed session was moved"}] == outcomes
