"""Sessions on everybody's own clock."""

from dataclasses import replace

from convener.model import DateProposal, Register
from convener.reporting.proposals.clocks import clocks_of, place_of, span


def test_every_other_zone_has_its_own_hours(register: Register, dates: DateProposal) -> None:
    """Members and the coach are named by where they are; the programme's own zone goes without saying (R11)."""
    clocks = clocks_of(dates.sessions[:2], register, "cora@coaches.example", "Europe/London")

    assert [("New York", "1 member"), ("Tokyo", "the coach")] == [(clock.place, clock.who) for clock in clocks]
    assert ["06:00\N{EN DASH}08:00", "05:00\N{EN DASH}07:00"] == [hours.text for hours in clocks[0].hours]


def test_a_change_of_the_clock_is_marked(register: Register, dates: DateProposal) -> None:
    """At ten in London before and after 28 March, the hour elsewhere is another one (R11)."""
    clocks = clocks_of(dates.sessions[:2], register, "cora@coaches.example", "Europe/London")

    assert [[False, True], [False, True]] == [[hours.shifted for hours in clock.hours] for clock in clocks]


def test_another_day_is_named(register: Register, dates: DateProposal) -> None:
    """What is Monday in Honolulu is Tuesday in Tokyo."""
    late = replace(dates.sessions[0], starts=dates.sessions[0].starts.replace(hour=2))
    clocks = clocks_of([late], register, "cora@coaches.example", "Pacific/Honolulu")

    assert ["", "Tue"] == [clock.hours[0].text.partition(" ")[2] for clock in clocks]


def test_places_and_spans() -> None:
    """A zone is called by its place."""
    assert ("Buenos Aires", "UTC") == (place_of("America/Argentina/Buenos_Aires"), place_of("UTC"))


def test_a_pod_of_one_zone_needs_no_other_clock(register: Register, dates: DateProposal) -> None:
    """Without coach and with everybody at home there is no column more."""
    assert () == clocks_of(dates.sessions[2:], register, None, "Europe/London")
    assert "10:00\N{EN DASH}12:00" == span(dates.sessions[0].starts, dates.sessions[0].ends, "Europe/London")
