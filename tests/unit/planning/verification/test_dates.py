"""The independent check of proposed dates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from convener.model import Commitment, ProposedSession
from convener.planning import verify_dates


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
