"""What a rehearsed year comes to."""

from dataclasses import replace

import pytest

from convener.decide.stage.happenings import Answered, Attended
from convener.decide.stage.play import Beat, Stage
from convener.model import Flag, Person, Withdraw
from convener.operations.simulate.digest import Simulation, days_of

FIRST = "lead/north/1"


def flag(since) -> Flag:
    """Make a flag."""
    return Flag(
        id="acme/lead/floor/1", severity="low", client="acme", programme="lead",
        subject="ann@acme.example", since=since, text="below the floor", settle="convener register acme/lead",
    )  # fmt: skip


@pytest.fixture
def span(at):
    """Return the first weeks of 2027."""
    return at("2027-01-04"), at("2027-02-01")


def test_a_day_is_one_of_the_programmes_wall_clock(register, at) -> None:
    """Half past eleven at night in UTC is the next day in London in summer."""
    beats = [Beat(at=at("2027-06-14T23:30"), settled=(flag(at("2027-06-01")),))]
    (day,) = days_of(beats, register, "Europe/London", (at("2027-06-01"), at("2027-07-01")))

    assert "2027-06-15" == day.date.isoformat()


def test_sessions_stand_on_the_day_they_took_place(register, span) -> None:
    """A day with nothing but a session is a day of the digest; sessions outside of the span are not."""
    days = days_of([], register, "Europe/London", span)

    assert [("2027-01-19", (FIRST,))] == [(day.date.isoformat(), day.sessions) for day in days]


def test_registers_and_answers_of_a_day_are_put_together(register, span, at) -> None:
    """Rows of one register are counted by status, answers by poll; changes are told each."""
    noon = at("2027-01-20T12:00")
    happenings = [
        Attended(session=FIRST, statuses={"1": "attended", "2": "missed"}),
        Attended(session=FIRST, statuses={"3": "attended"}),
        *(Answered(poll="pulse", subject=FIRST, person=who) for who in "12"),
        Answered(poll="agenda", subject=FIRST, person="1"),
        Withdraw(person="1", on=noon.date()),
    ]
    days = days_of([Beat(at=noon, happening=what) for what in happenings], register, "Europe/London", span)

    assert (
        "ann@acme.example withdraws from 20 Jan 2027", "register of north/1: 2 attended, 1 missed",
        "2 answers to pulse", "1 answer to agenda",
    ) == days[-1].happenings  # fmt: skip


def test_what_was_refused_is_told_and_did_not_happen(register, span, at) -> None:
    """A refusal stands with what was asked, if that is known."""
    noon = at("2027-01-20T12:00")
    beats = [
        Beat(at=noon, happening=Withdraw(person="1", on=noon.date()), refused="not enrolled (e.toml:3:1)"),
        Beat(at=noon, refused="no session numbered '9' (a.csv:2:1)"),
    ]
    day = days_of(beats, register, "Europe/London", span)[-1]

    assert ((), 2) == (day.happenings, len(day.refused))
    assert "ann@acme.example withdraws from 20 Jan 2027: not enrolled (e.toml:3:1)" == day.refused[0]


def test_a_flag_that_came_and_went_on_one_day_is_both(register, span, at) -> None:
    """Raised and settled are told each once, however often."""
    noon = at("2027-01-20T12:00")
    beats = [Beat(at=noon, flags=(flag(noon),)), Beat(at=noon, settled=(flag(noon),))] * 2
    day = days_of(beats, register, "Europe/London", span)[-1]

    assert (1, 1) == (len(day.flags), len(day.settled))


def test_messages_are_counted_by_automation_channel_and_person(stage: Stage, span, at) -> None:
    """Sponsors and others who are nobody's row in the register count when they are known."""
    list(stage.advance(at("2027-02-01")))
    days = days_of(stage.beats, stage.register, "Europe/London", span)
    found = Simulation(
        scope="acme/lead", title="Leading", since=span[0], until=span[1], zone="Europe/London", seed=1,
        days=days, people=stage.register.people, holidays={},
    )  # fmt: skip
    count = sum(len(day.dispatches) for day in days)
    busiest = found.busiest()

    assert count == found.by_automation().total() == found.by_channel().total()
    assert found.by_person()["ann@acme.example"] >= 1
    assert busiest is not None
    assert max(len(day.dispatches) for day in days) == len(busiest.dispatches)
    assert None is replace(found, days=()).busiest()
    boss = Person(id="nobody", name="No", email="no@acme.example")
    assert {"no@acme.example"}.isdisjoint(replace(found, people={"nobody": boss}).by_person())
