"""Dispatches of an occurrence."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.decide import decide, forecast
from convener.decide.index import Index
from convener.decide.occurrences import occurrences
from convener.decide.outgoing import channels_of, timed
from convener.decide.setting import Setting, Window
from convener.model import Enrolment, ParticipantStatus, PollOpening, SessionStatus
from convener.rulesets.ruleset import Waiver

REMIND = "2 working days before session.starts, at 09:00"


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_step_has_an_identity_for_each_channel_and_for_several_connectors(world: Any) -> None:
    """P2: the step is part of the unique key, and stays the same while the stack does."""
    prepared = world.prepared()
    setting = Setting(prepared, Index.of(prepared, world.register()), Window(world.live, world.live))
    step = world.step("report", "client", "reports", "email")

    assert [
        ("report.client.reports.pages", "reports", "pages"),
        ("report.client.reports.sheet", "reports", "sheet"),
        ("report.client.email", "email", "mail"),
    ] == list(channels_of(setting, step))


def test_text_goes_to_those_with_a_mobile(world: Any) -> None:
    """A person without a number gets the mail alone."""
    register = world.register()
    people = {**register.people, "ben": replace(register.people["ben"], mobile="")}
    automation = world.automation(REMIND, world.step("send", "reminder", "text"))

    plan = decide(
        world.prepared(automation), replace(register, people=people), at("2027-01-15T08:00"), at("2027-01-15T09:00")
    )

    assert ["ann", "cat"] == [dispatch.recipient for dispatch in plan.dispatches]


def test_the_key_is_made_of_words_people_know(world: Any) -> None:
    """P2: client, programme, automation, step, subject, slot, recipient."""
    plan = decide(
        world.prepared(world.automation(REMIND)), world.register(), at("2027-01-15T08:00"), at("2027-01-15T09:00")
    )

    assert "acme/lead/remind/send.reminder.email/lead/north/1/2027-01-15T09:00/ann" == plan.dispatches[0].key
    assert REMIND in plan.dispatches[0].reason


def test_a_poll_opens_with_its_dispatch(world: Any) -> None:
    """R18: when its moment came, however late that was seen; it closes the span after that, on the wall clock."""
    held = world.event("session.held", "lead/north/1", at("2027-03-26T16:00"), "ann")
    automation = world.automation("session.held", world.step("poll", "engagement"))

    plan = decide(world.prepared(automation), world.register(held), at("2027-03-26T15:00"), at("2027-03-26T16:30"))

    expected = PollOpening(
        poll="engagement",
        subject="lead/north/1",
        person="ann",
        opens=at("2027-03-26T16:00"),
        closes=at("2027-04-05T15:00"),
    )
    assert (expected,) == plan.openings
    assert ["engagement"] == [dispatch.poll for dispatch in plan.dispatches]


def test_dates_are_asked_of_those_whose_pod_lacks_some(world: Any) -> None:
    """R10: who has all dates is not asked for them."""
    automation = world.automation("5 weeks before programme.starts, at 09:00", world.step("poll", "availability"))
    register = world.register()
    open_ = register.with_session(
        replace(register.sessions["lead/north/2"], status=SessionStatus.UNSCHEDULED, starts=None, ends=None)
    )
    span = (at("2026-12-14T08:00"), at("2026-12-14T09:00"))

    assert () == decide(world.prepared(automation), register, *span).openings
    assert 3 == len(decide(world.prepared(automation), open_, *span).openings)


def test_quiet_hours_move_the_moment_and_not_the_slot(world: Any) -> None:
    """A message due on Saturday waits for Monday morning, under the same key."""
    quiet = world.rule("quiet-hours", inflexible=False, **{"from": "20:00", "to": "07:30", "weekends": True})
    joined = world.event("participant.joined", "lead", at("2027-01-16T12:00"), "ann")
    prepared = world.prepared(world.automation("participant.joined"), rules=(quiet,))

    (dispatch,) = decide(prepared, world.register(joined), at("2027-01-16T11:30"), at("2027-01-16T12:00")).dispatches

    assert (at("2027-01-18T07:30"), joined.id) == (dispatch.due, dispatch.slot)


def test_flexible_quiet_gives_way_when_the_message_would_be_useless_after_it(world: Any) -> None:
    """P7: a reminder at night beats a reminder after the session; an inflexible rule is kept."""
    automation = world.automation("1 hour before session.starts", late="send until session.starts")
    register = world.register().with_session(world.session(1, at("2027-01-19T07:00")))
    span = (at("2027-01-19T05:30"), at("2027-01-19T06:00"))
    terms = {"from": "20:00", "to": "07:30"}

    flexible = decide(
        world.prepared(automation, rules=(world.rule("quiet-hours", inflexible=False, **terms),)), register, *span
    )
    strict = decide(world.prepared(automation, rules=(world.rule("quiet-hours", **terms),)), register, *span)

    assert {at("2027-01-19T06:00")} == {dispatch.due for dispatch in flexible.dispatches}
    assert (0, 3) == (len(strict.dispatches), len(strict.missed))


def test_ask_records_and_flags_what_was_late(world: Any) -> None:
    """P7: a person decides; meanwhile nothing goes out."""
    prepared = world.prepared(world.automation(REMIND, late="ask"))

    plan = decide(prepared, world.register(), at("2027-01-15T08:00"), at("2027-01-15T12:00"))

    assert (0, 3, 1) == (len(plan.dispatches), len(plan.missed), len(plan.flags))


def test_a_waiver_lets_a_message_out_at_a_quiet_hour(world: Any) -> None:
    """R27: for one participant, with the waiver told; everybody else waits for the rule."""
    quiet = world.rule("quiet-hours", inflexible=False, **{"from": "20:00", "to": "07:30", "weekends": True})
    waiver = Waiver(
        id="W-1", rule=quiet.id, subject={"participant": "ann@acme.example"}, reason="works nights",
        approved_by="ops", since=date(2027, 1, 1), until=date(2027, 1, 31), place=world.place,
    )  # fmt: skip
    automation = world.automation("every day at 21:00")
    prepared = world.prepared(automation, rules=(quiet,), waivers={"W-1": waiver})
    span = Window(at("2027-01-12T20:30"), at("2027-01-12T21:00"))
    setting = Setting(prepared, Index.of(prepared, world.register()), span)
    (occurrence,) = occurrences(setting, prepared.automations[0])
    plan = decide(prepared, world.register(), span.since, span.now)
    dues = {dispatch.recipient: dispatch.due for dispatch in plan.dispatches}
    plain = replace(plan.dispatches[0], due=span.now)

    let_out = timed(setting, prepared.automations[0], occurrence, replace(plain, recipient="ann"))
    waits = timed(setting, prepared.automations[0], occurrence, replace(plain, recipient="ben"))

    morning = at("2027-01-13T07:30")
    assert {"ann": span.now, "ben": morning, "cat": morning} == dues
    assert (None, waiver) == (let_out.quiet, let_out.waiver)
    assert (quiet, None) == (waits.quiet, waits.waiver)


def leaving(world: Any, person: str) -> Any:
    """Return the register in which *person* has withdrawn from 13 January on."""
    gone, register = date(2027, 1, 13), world.register()
    rows = tuple(replace(row, until=gone) if row.person == person else row for row in register.enrolments)
    withdrawn = Enrolment(person=person, status=ParticipantStatus.WITHDRAWN, since=gone)
    return replace(register, enrolments=(*rows, withdrawn))


def test_who_has_left_when_quiet_hours_end_is_not_written_to(world: Any) -> None:
    """P3: state is read at the moment of sending; the plan made before says the same, and what was lost is recorded."""
    quiet = world.rule("quiet-hours", inflexible=False, **{"from": "20:00", "to": "07:30"})
    prepared = world.prepared(world.automation("every day at 21:00"), rules=(quiet,))
    register = leaving(world, "ann")

    lived = decide(prepared, register, at("2027-01-12T20:30"), at("2027-01-12T21:00"))
    foreseen = forecast(prepared, register, at("2027-01-12T12:00"), at("2027-01-12T21:00"))

    assert ["ben", "cat"] == [each.recipient for each in lived.dispatches]
    assert ["ann"] == [each.recipient for each in lived.missed]
    assert (lived.dispatches, lived.missed) == (foreseen.dispatches, foreseen.missed)


def test_a_manager_hears_after_quiet_hours_of_those_who_are_still_there(world: Any) -> None:
    """P3: mia's mail speaks of ben alone once ann has left; max, who has nobody else, hears nothing of cat."""
    quiet = world.rule("quiet-hours", inflexible=False, **{"from": "20:00", "to": "07:30"})
    prepared = world.prepared(world.automation("every day at 21:00", for_each="manager"), rules=(quiet,))
    span = (at("2027-01-12T20:30"), at("2027-01-12T21:00"))

    without_ann = decide(prepared, leaving(world, "ann"), *span).dispatches
    without_cat = decide(prepared, leaving(world, "cat"), *span).dispatches

    assert [("max@acme.example", ("cat",)), ("mia@acme.example", ("ben",))] == [
        (each.recipient, each.people) for each in without_ann
    ]
    assert [("mia@acme.example", ("ann", "ben"))] == [(each.recipient, each.people) for each in without_cat]
