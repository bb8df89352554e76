"""The beats of automations that come again."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from convener.decide.index import Index
from convener.decide.moments.timing import Life
from convener.decide.moments.triggers import Rhythm
from convener.decide.rhythms import next_due_beat, rhythm_dues
from convener.decide.setting import Setting, Window
from convener.model import PollRequest

LONDON, DUBLIN = Life("Europe/London"), Life("Europe/London", "IE")


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def setting_of(world: Any, on: str, span: tuple[str, str], **more: Any) -> tuple[Setting, Any, Rhythm]:
    """Ask about one rhythm over a span, two people of different calendars having an open poll."""
    polls = {
        ("engagement", "lead", who): PollRequest(
            poll="engagement", subject="lead", person=who, opened=at("2027-03-15T10:00"), closes=at("2027-03-22T10:00")
        )
        for who in ("ann", "ben")
    }
    register = world.register(polls=polls)
    people = {**register.people, "ben": world.person("ben", holidays="IE")}
    prepared = world.prepared(world.automation(on, **more))
    index = Index.of(prepared, replace(register, people=people))
    trigger = prepared.automations[0].trigger
    assert isinstance(trigger, Rhythm)
    return Setting(prepared, index, Window(at(span[0]), at(span[1]))), prepared.automations[0], trigger


def test_every_working_day_leaves_out_ones_own_holidays(world: Any) -> None:
    """P12: Saint Patrick's is a working day in England."""
    setting, automation, rhythm = setting_of(
        world, "every working day at 09:30", ("2027-03-15T00:00", "2027-03-19T00:00")
    )

    found = {
        life: [due.slot[8:10] for due in rhythm_dues(setting, automation, rhythm, life)] for life in (LONDON, DUBLIN)
    }

    assert {LONDON: ["15", "16", "17", "18"], DUBLIN: ["15", "16", "18"]} == found


def test_a_chase_is_for_the_polls_of_those_who_live_by_its_clock(world: Any) -> None:
    """P8: each open poll once, in the life of the person it was put to."""
    setting, automation, rhythm = setting_of(
        world, "every working day at 09:30", ("2027-03-16T00:00", "2027-03-16T12:00"), when=["poll.open"]
    )

    found = [
        [due.moment.poll.person for due in rhythm_dues(setting, automation, rhythm, life) if due.moment.poll]
        for life in (LONDON, DUBLIN)
    ]

    assert [["ann"], ["ben"]] == found


def test_the_next_beat_is_known_until_it_has_come(world: Any) -> None:
    """N6: whoever asks in between is told the same, whoever asks after it the next."""
    setting, automation, rhythm = setting_of(world, "every monday at 08:00", ("2027-03-15T00:00", "2027-03-16T00:00"))

    beats = [
        next_due_beat(replace(setting, window=Window(at(now), at(now))), automation, rhythm, LONDON)
        for now in ("2027-03-16T00:00", "2027-03-21T23:59", "2027-03-22T08:00", "2027-03-16T00:00")
    ]

    assert [at(f"2027-03-{day}T{hour}:00") for day, hour in ((22, "08"), (22, "08"), (29, "07"), (22, "08"))] == beats
