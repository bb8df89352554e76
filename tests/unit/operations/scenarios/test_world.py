"""The register of a test."""

import pytest

from convener.decide.moments.timing import local
from convener.model import ParticipantStatus, ProgrammeState, SessionStatus, Span
from convener.operations.scenarios.world import length_of


def test_the_register_is_as_given(bench) -> None:
    """People with their pod, manager and coach, sessions with their times, live since before all of it."""
    register = bench.scenario(bench.reminded).register

    assert (ProgrammeState.LIVE, ["ann", "ben", "cat"]) == (register.state, [row.person for row in register.enrolments])
    assert ("mia@client.example", "first/north") == (register.managements[0].manager, register.memberships[0].pod)
    assert (SessionStatus.CONFIRMED, "Topic") == (
        register.sessions["first/north/1"].status,
        register.sessions["first/north/1"].topic,
    )
    assert register.live_since is not None
    assert register.live_since < min(session.starts for session in register.sessions.values() if session.starts)


def test_topics_are_those_of_the_rules(bench) -> None:
    """A client's programme names the topics of its sessions."""
    sessions = bench.scenario(bench.reminded, "acme").register.sessions

    assert ["Contracting", "Access"] == [session.topic for session in sessions.values()]


def test_a_draft_is_not_live(bench) -> None:
    """Nothing has been decided of it."""
    register = bench.scenario(bench.reminded.replace("until", 'given.state = "draft"\nuntil')).register

    assert (ProgrammeState.DRAFT, None, None) == (register.state, register.cursor, register.live_since)


def test_what_differs_is_given(bench) -> None:
    """Status, mobile number, time zone, columns, nobody as manager, no pod."""
    more = 'given.participants.dan = { status = "seconded", mobile = false, timezone = "Asia/Dubai" }\n'
    more += 'given.participants.eve = { manager = "", pod = "" }\n'
    register = bench.scenario(bench.reminded.replace("until", f"{more}until")).register
    dan = register.people["dan"]

    assert (ParticipantStatus.SECONDED, "", "Asia/Dubai") == (register.enrolments[-2].status, dan.mobile, dan.zone)
    assert "eve" not in {row.person for row in (*register.managements, *register.memberships)}


def test_a_session_with_attendance_was_held(bench) -> None:
    """Its register came in at its end."""
    more = 'given.sessions.1 = { starts = "Tue 2027-01-26 09:00", attendance = { ann = "missed" } }\n'
    register = bench.scenario(bench.reminded.replace("until", f"{more}until")).register
    held = [event for event in register.events if event.name == "session.held"]

    assert ["first/north/1"] == [event.subject for event in held]
    assert "missed" == register.attendance["first/north/1", "ann"].status


def test_who_joins_later_has_an_event_then(bench) -> None:
    """At nine on their first day; all others joined before the programme went live."""
    more = "given.participants.dan = { joined = 2027-02-03 }\n"
    register = bench.scenario(bench.reminded.replace("until", f"{more}until")).register
    joined = {event.person: event.at for event in register.events if event.name == "participant.joined"}

    assert "2027-02-03 09:00" == f"{local(joined['dan'], 'Europe/London'):%Y-%m-%d %H:%M}"
    assert joined["ann"] < register.live_since


def test_open_polls_close_as_their_rule_says(bench) -> None:
    """Unless the test says when."""
    pack = (bench.folder / "rulesets" / "house.toml").read_text(encoding="utf-8")
    bench.write("house.toml", pack + '\n[polls.dates]\nkind = "dates"\ncloses = "10 days"\n')
    more = 'given.polls = [{ poll = "dates", who = "ann", opened = "Mon 2027-01-25 09:00" }]\n'
    register = bench.scenario(bench.reminded.replace("until", f"{more}until")).register

    assert "2027-02-04" == f"{register.polls['dates', 'first', 'ann'].closes:%Y-%m-%d}"


@pytest.mark.parametrize(("span", "hours"), [("2 hours", 2), ("1 day", 8), ("2 days", 32)])
def test_a_day_of_a_session_has_eight_hours(span: str, hours: int) -> None:
    """Sessions are as long as the rules say."""
    assert hours * 3600 == length_of(Span.parse(span)).total_seconds()
