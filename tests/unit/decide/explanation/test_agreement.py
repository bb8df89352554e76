"""Explanations and plans agree: the same code decides and explains (P16, N1)."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide import Prepared, forecast
from convener.decide.audiences import pairs
from convener.decide.explanation import Explanation, explain_automation, explain_dispatch
from convener.decide.index import Index
from convener.decide.occurrences import occurrences
from convener.decide.setting import Setting, Window
from convener.model import Enrolment, ParticipantStatus, Register, SessionStatus

SINCE = datetime(2026, 12, 14, 9, tzinfo=UTC)
UNTIL = datetime(2027, 3, 20, 9, tzinfo=UTC)
OUT = ("fire", "suppressed(quiet)")
"""What an explanation says of something that a plan has."""


def prepared(world: Any) -> Prepared:
    """Return rules with every kind of moment, audience and clause."""
    made: Prepared = world.prepared(
        world.automation(
            "2 working days before session.starts, at 09:00",
            when=["participant.active", "!attendance.excused", "session.status == 'confirmed'"],
            id="remind",
            late="send until session.starts",
        ),
        world.automation("1 day before session.starts, at 21:30", id="late-hour", for_each="member"),
        world.automation("every monday at 08:00", id="weekly", for_each="manager", when=["attendance.missed >= 1"]),
        world.automation("session.held", id="toolkit", for_each="manager", when=["attendance.present"]),
        world.automation("attendance.recorded", id="recorded", when=["attendance.rate < 0.5"]),
        world.automation("every wednesday at 12:00", id="sometimes", for_each="coach", when=["pod.size > 2"]),
        world.automation("1 week after programme.ends, at 09:00", world.step("poll", "engagement"), id="evaluate"),
        rules=(world.rule("quiet-hours", inflexible=False, **{"from": "20:00", "to": "07:30"}),),
    )
    return made


def registers(world: Any, seed: int) -> Register:
    """Return a register in which chance has come and gone."""
    chance = random.Random(seed)  # noqa: S311 - makes examples, not secrets
    register: Register = world.register()
    statuses = {
        (s, p): chance.choice(["attended", "missed", "apologies", ""]) for s in (1, 2) for p in ("ann", "ben", "cat")
    }
    seen: dict[Any, Any] = {}
    for (number, person), status in statuses.items():
        seen |= world.attended(f"lead/north/{number}", **{person: status}) if status else {}
    first = register.sessions["lead/north/1"]
    held = chance.random() < 0.5
    events = [world.event("session.held", first.id, first.ends)] if held else []
    events += [
        world.event("attendance.recorded", s, datetime(2027, 1, 20, tzinfo=UTC), p) for s, p in seen if s == first.id
    ]
    zones = {name: chance.choice(["", "Asia/Singapore", "America/Lima"]) for name in register.people}
    gone = chance.choice(["ann", "ben", "nobody"])
    day = date(2027, 1, 10)
    return replace(
        register,
        attendance=seen,
        events=(*register.events, *events),
        people={name: replace(person, zone=zones[name]) for name, person in register.people.items()},
        sessions={**register.sessions, first.id: replace(first, status=SessionStatus.HELD if held else first.status)},
        managements=tuple(row for row in register.managements if row.person != chance.choice(["ann", "cat"])),
        enrolments=(
            *(replace(row, until=day) if row.person == gone else row for row in register.enrolments),
            *((Enrolment(person=gone, status=ParticipantStatus.WITHDRAWN, since=day),) if gone != "nobody" else ()),
        ),
    )


def asked(made: Prepared, register: Register, window: Window) -> Iterator[tuple[str, str, datetime, Explanation]]:
    """Yield for each pair of each occurrence the automation, the recipient, the time and what is said of it."""
    setting = Setting(made, Index.of(made, register), window)
    for automation in made.automations:
        for occurrence in occurrences(setting, automation):
            for recipient in sorted({pair.recipient for pair in pairs(setting, automation, occurrence)}):
                at = occurrence.as_of if window.rehearsal else window.now
                near = explain_automation(made, register, automation.automation.id, recipient, occurrence.as_of)
                yield automation.automation.id, recipient, at, near


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_has_what_an_explanation_says_goes_out_and_nothing_else(world: Any, seed: int) -> None:
    """P16: for each pair of a plan the answer is fire, or quiet with its time; for every other it is something else."""
    made, register = prepared(world), registers(world, seed)
    plan = forecast(made, register, SINCE, UNTIL)
    keys = {dispatch.key: dispatch for dispatch in plan.dispatches}
    wrong: list[tuple[str, str, str]] = []
    seen = set[str]()
    for automation, recipient, _, told in asked(made, register, Window(SINCE, UNTIL, rehearsal=True)):
        out = [each for each in told.outcomes if each.key in keys and each.said in OUT]
        seen.update(each.key for each in out)
        if (told.said in OUT) != bool(out) or any(each.due != keys[each.key].due for each in out):
            wrong.append((automation, recipient, told.sentence))

    assert [] == wrong
    assert set(keys) == seen


def test_a_dispatch_is_explained_by_the_occurrence_it_is_of(world: Any) -> None:
    """P16: whoever asks about a key hears of that key, however long quiet hours held it."""
    made, register = prepared(world), registers(world, 1)
    plan = forecast(made, register, SINCE, UNTIL)
    told = {each.key: explain_dispatch(made, register, each, SINCE) for each in plan.dispatches}

    assert told
    assert [] == [key for key, each in told.items() if key not in {outcome.key for outcome in each.outcomes}]
    assert {*OUT} >= {each.said for each in told.values()}
