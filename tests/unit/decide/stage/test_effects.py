"""What a plan makes of the register."""

from datetime import UTC, datetime, timedelta
from typing import Any

from convener.decide import decide
from convener.decide.stage.effects import opened, told
from convener.model import InviteMethod

LIVE = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_polls_open_as_the_plan_says(world: Any) -> None:
    """Each opening becomes a request of that person, open until it closes and not answered."""
    ask = world.automation("every monday at 09:00", world.step("poll", "engagement"), id="pulse")
    plan = decide(world.prepared(ask), world.register(), LIVE, LIVE + timedelta(days=7))
    polls = opened(plan)

    assert {("engagement", "lead", who) for who in ("ann", "ben", "cat")} == set(polls)
    assert {(opening.opens, opening.closes, None) for opening in plan.openings} == {
        (poll.opened, poll.closes, poll.answered) for poll in polls.values()
    }


def test_calendars_show_what_they_were_told_last(world: Any) -> None:
    """Invites are kept with their terms; a cancellation is one too, and other dispatches tell calendars nothing."""
    invite = world.automation(
        "session.confirmed", world.step("invite", "session", "calendar"), id="invites", for_each="participant"
    )
    plan = decide(world.prepared(invite, world.automation("every monday at 09:00")), world.register(), LIVE, LIVE)
    known = told(plan.dispatches)
    terms = [dispatch.invite for dispatch in plan.dispatches if dispatch.invite]

    assert 6 == len(known) == len(terms)
    assert {(term.sequence, term.starts, term.method is InviteMethod.CANCEL) for term in terms} == {
        (each.sequence, each.starts, each.cancelled) for each in known.values()
    }
