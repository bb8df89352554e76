"""The moments of fields and events."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from convener.decide.index import Index
from convener.decide.moments.timing import Life
from convener.decide.occurrences import dues
from convener.decide.reckoning import anchor_of, programme_of
from convener.decide.setting import Setting, Window
from convener.model import Register

LONDON = Life("Europe/London")


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def setting_of(world: Any, on: str, register: Register, *, since: str = "2027-01-01T00:00", **more: Any) -> Setting:
    """Ask about one automation until April."""
    prepared = world.prepared(world.automation(on, **more))
    return Setting(prepared, Index.of(prepared, register), Window(at(since), at("2027-04-01T00:00")))


def slots(setting: Setting, life: Life = LONDON) -> list[str]:
    """Return the slots of the automation in one life."""
    return [due.slot for due in dues(setting, setting.prepared.automations[0], life)]


def test_working_days_honour_the_clients_holidays_and_ones_own(world: Any) -> None:
    """P12: two working days before 19 March 2027 lie before Saint Patrick's for whoever keeps it."""
    register = world.register().with_session(world.session(1, at("2027-03-19T09:00")))
    setting = setting_of(world, "2 working days before session.starts, at 09:00", register)

    assert "2027-03-17T09:00" in slots(setting)
    assert "2027-03-16T09:00" in slots(setting, Life("Europe/London", "IE"))


def test_a_calendar_nobody_knows_adds_no_holidays(world: Any) -> None:
    """P14: one odd cell of a roster must not stop a programme."""
    setting = setting_of(world, "2 working days before session.starts, at 09:00", world.register())

    assert slots(setting) == slots(setting, Life("Europe/London", "Atlantis"))


def test_moments_of_fields_are_reckoned_once_as_long_as_sessions_stay(world: Any) -> None:
    """N6: another poll or event costs no reckoning of sessions."""
    setting = setting_of(world, "1 day before session.starts", world.register())
    register = replace(setting.index.register, events=(*setting.index.register.events,))
    again = replace(setting, index=Index.of(setting.prepared, replace(register, polls=dict(register.polls))))

    before = dues(setting, setting.prepared.automations[0], LONDON)

    assert again.index is not setting.index
    assert before is dues(again, again.prepared.automations[0], LONDON)


def test_registers_that_come_in_one_by_one_reopen_the_event_each_time(world: Any) -> None:
    """R17: the same slot, at the instant at which each was recorded."""
    held = world.event("session.held", "lead/north/1", at("2027-01-20T09:00"))
    records = [
        world.event("attendance.recorded", "lead/north/1", at(f"2027-01-2{day}T15:00"), who)
        for day, who in ((1, "ann"), (2, "ben"))
    ]
    setting = setting_of(
        world, "2 hours after session.held", world.register(held, *records),
        when=["attendance.present"], since="2027-01-20T10:00",
    )  # fmt: skip

    found = dues(setting, setting.prepared.automations[0], LONDON)

    assert [at("2027-01-20T11:00"), at("2027-01-21T15:00"), at("2027-01-22T15:00")] == [due.instant for due in found]
    assert {held.id} == {due.slot for due in found}


def test_the_programme_starts_at_midnight_of_each_ones_own_clock(world: Any) -> None:
    """P6: wall-clock in the recipient's zone."""
    setting = setting_of(world, "1 day before programme.starts", world.register())

    starts = anchor_of(setting, "programme.starts", programme_of(setting), Life("Asia/Singapore"))

    assert at("2027-01-17T16:00") == starts
