"""What becomes of each step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from convener.decide.explanation import Explanation, explain_automation
from convener.model import DispatchState, Enrolment, ParticipantStatus
from convener.model.traffic import Traffic
from convener.rulesets.ruleset import Waiver

Ask = Callable[..., Explanation]
KEY = "acme/lead/remind/send.reminder.email/lead/north/1/{slot}/ann"
LATE = "2027-01-18T22:00"
"""The evening before the first session, when the evening's reminder is due."""


def evening(world: Any, **more: Any) -> Any:
    """Return an automation that is due at ten in the evening."""
    return world.automation("1 day before session.starts, at 22:00", **more)


def quiet(world: Any, *, inflexible: bool = False) -> Any:
    """Return quiet hours from eight to half past seven."""
    return world.rule("quiet-hours", inflexible=inflexible, **{"from": "20:00", "to": "07:30"})


def test_quiet_hours_name_their_rule_and_the_time_it_goes_out(world: Any, ask: Ask) -> None:
    """P16: suppressed is not lost."""
    told = ask(evening(world), "ann", LATE, rules=(quiet(world),))

    assert ("suppressed(quiet)", "2027-01-19T07:30:00+00:00") == (told.said, told.outcomes[0].due.isoformat())
    assert "rule quiet-hours keeps it until its quiet hours end (acme.toml:7:3)" == told.nearest_miss


def test_inflexible_quiet_that_outlasts_its_use_blocks(world: Any, ask: Ask) -> None:
    """R27: an inflexible rule is never broken, and the answer names it."""
    register = world.register()
    early = world.session(1, register.sessions["lead/north/1"].starts.replace(hour=7))
    told = ask(
        evening(world, late="send until session.starts"), "ann", LATE, register.with_session(early),
        rules=(quiet(world, inflexible=True),),
    )  # fmt: skip

    assert "blocked(quiet-hours)" == told.said


def test_a_waiver_lifts_quiet_hours_by_name(world: Any) -> None:
    """P17: what was excepted says by whom."""
    waiver = Waiver(
        id="W-1", rule="quiet-hours", subject={"participant": "ann@acme.example"}, reason="r", approved_by="ops",
        since=date(2027, 1, 1), until=date(2027, 6, 30), place=world.place,
    )  # fmt: skip
    prepared = world.prepared(evening(world), rules=(quiet(world),), waivers={"W-1": waiver})
    told = explain_automation(prepared, world.register(), "remind", "ann", datetime.fromisoformat(f"{LATE}+00:00"))

    assert ("fire", "waiver W-1 lifts the quiet hours (acme.toml:7:3)") == (told.said, told.nearest_miss)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (DispatchState.SENT, "fire"),
        (DispatchState.READY, "fire"),
        (DispatchState.FAILED, "fire"),
        (DispatchState.HELD, "suppressed(cap)"),
        (DispatchState.MISSED, "missed(late)"),
        (DispatchState.CANCELLED, "fire"),
    ],
)
def test_the_ledger_has_the_last_word(world: Any, ask: Ask, state: DispatchState, said: str) -> None:
    """P16: what went out went out, however things stand now."""
    key = KEY.format(slot="2027-01-18T09:00")
    told = ask(world.automation("1 day before session.starts, at 09:00"), "ann", "2027-01-18T10:00", known={key: state})

    assert (said, state) == (told.said, told.outcomes[0].state)


def test_a_volume_guard_holds_and_is_named(world: Any, ask: Ask) -> None:
    """N7: the daily cap, with what the ledger has for the day already."""
    guard = world.rule("volume-guard", inflexible=False, per_person_per_day=1)
    traffic = Traffic(per_day={("ann@acme.example", "2027-01-18"): 1})
    told = ask(
        world.automation("1 day before session.starts, at 09:00"), "ann", "2027-01-18T09:00",
        rules=(guard,), traffic=traffic,
    )  # fmt: skip

    assert "suppressed(cap)" == told.said
    assert "volume guard volume-guard waits for somebody to look at it (acme.toml:7:3)" == told.nearest_miss


def test_a_step_that_cannot_reach_says_why(world: Any, ask: Ask) -> None:
    """P16: no telephone number, no connector, no dates to ask for."""
    steps = (
        world.step("send", "reminder", "email", "text"),
        world.step("poll", "availability"),
        world.step("flag", "look at this"),
    )
    automation = world.automation("1 day before session.starts, at 09:00", *steps)
    register = world.register()
    people = {name: replace(person, mobile="") for name, person in register.people.items()}
    told = ask(automation, "ann", "2027-01-18T08:00", replace(register, people=people))

    assert [
        ("send.reminder.email", "fire"),
        ("send.reminder.text", "not_matched(no mobile number)"),
        ("poll.availability.email", "not_matched(their pod has all its dates)"),
        ("flag", "fire"),
    ] == [(each.step, each.said) for each in told.outcomes]


def test_too_late_is_missed_with_its_policy(world: Any, ask: Ask) -> None:
    """P7: what is skipped says why."""
    told = ask(world.automation("1 day before session.starts, at 09:00", late="skip"), "ann", "2027-01-18T23:00")

    assert ("missed(late)", "nobody decided it in time, and late = 'skip' lets it go no more") == (
        told.said,
        told.nearest_miss,
    )


def test_who_leaves_before_quiet_hours_end_is_told_so(world: Any, ask: Ask) -> None:
    """P16: it is missed because they are gone by the morning, and the quiet hours are not blamed for blocking it."""
    gone, register = date(2027, 1, 19), world.register()
    rows = tuple(replace(row, until=gone) if row.person == "ann" else row for row in register.enrolments)
    withdrawn = Enrolment(person="ann", status=ParticipantStatus.WITHDRAWN, since=gone)
    left = replace(register, enrolments=(*rows, withdrawn))
    daily = world.automation("every day at 22:00")
    told = ask(daily, "ann", LATE, left, rules=(quiet(world, inflexible=True),))

    assert "missed(no longer theirs)" == told.said
    assert "they have left by 2027-01-19 07:30, when quiet hours let it out (acme.toml:7:3)" == told.nearest_miss
