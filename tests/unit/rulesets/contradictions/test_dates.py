"""Rules about when a pod meets."""

from collections.abc import Callable

import pytest

from convener.errors import Problem

Say = Callable[..., list[Problem]]


def gap(low: str, high: str, name: str = "gap") -> tuple[str, str, str, str]:
    """Return a rule about the gap between sessions."""
    return name, "session-gap", "inflexible", f'min = "{low}"\nmax = "{high}"'


def window(name: str, keys: str, flexibility: str = "inflexible") -> tuple[str, str, str, str]:
    """Return a rule about days and hours."""
    return name, "session-window", flexibility, keys


def pattern(same: str) -> tuple[str, str, str, str]:
    """Return a rule about what sessions have alike."""
    return "alike", "session-pattern", "inflexible", f"same = [{same}]"


@pytest.mark.parametrize(
    ("rules", "severities"),
    [
        ([gap("10 days", "30 days"), gap("28 days", "60 days", "other")], []),
        ([gap("10 days", "30 days"), gap("40 days", "60 days", "other")], ["error", "warning"]),
        ([gap("10 days", "20 days")], ["warning"]),
        ([window("a", 'days = ["mon"]'), window("b", 'days = ["tue", "mon"]')], []),
        ([window("a", 'days = ["mon"]'), window("b", 'days = ["tue"]')], ["error"]),
        ([window("a", 'days = ["mon"]'), window("b", 'days = ["tue"]', "flexible")], ["warning"]),
        ([window("a", 'days = ["mon"]'), window("b", 'days = ["tue"]\nzone = "member"')], []),
        ([window("a", 'between = ["08:00", "12:00"]'), window("b", 'between = ["12:00", "16:00"]')], ["error"]),
        ([window("a", 'between = ["08:00", "12:00"]'), window("b", 'between = ["11:00", "16:00"]')], ["error"]),
        ([window("a", 'between = ["08:00", "12:00"]'), window("b", 'between = ["10:00", "16:00"]')], []),
        ([window("a", 'between = ["08:00", "09:30"]')], ["error"]),
        ([gap("8 days", "13 days"), pattern('"weekday"')], ["warning", "error"]),
        ([gap("8 days", "14 days"), pattern('"weekday"')], ["warning"]),
        ([gap("10 days", "21 days"), pattern('"week-of-month"')], ["warning", "error"]),
        ([gap("10 days", "28 days"), pattern('"week-of-month", "weekday"')], []),
        ([gap("10 days", "28 days"), pattern('"time"')], []),
        ([("o", "timezone-overlap", "inflexible", 'min = "9 hours"')], ["error"]),
        ([("o", "timezone-overlap", "inflexible", 'min = "8 hours"')], []),
        ([("o", "timezone-overlap", "flexible", 'min = "9 hours"')], ["warning"]),
        ([window("w", 'between = ["10:00", "15:00"]\nzone = "member"', "flexible"),
          ("o", "timezone-overlap", "inflexible", 'min = "6 hours"')], ["error"]),
        ([("b", "blackout", "inflexible", 'dates = ["2027-01-11..2027-01-20"]')], ["warning"]),
        ([("b", "blackout", "inflexible", 'dates = ["2027-02-11"]')], []),
    ],
)  # fmt: skip
def test_what_no_calendar_could_keep(say: Say, rules: list[tuple[str, str, str, str]], severities: list[str]) -> None:
    """R27: inflexible against inflexible is an error, what is only never kept a warning."""
    found = say(*rules)

    assert severities == [str(problem.severity) for problem in found]
    assert {"contradiction"} >= {problem.code for problem in found}


def test_a_day_is_as_long_as_its_window(say: Say) -> None:
    """A programme with sessions of a day fits into any hours."""
    day = '[programmes.days]\ntitle = "Days"\nstarts = 2027-01-18\nsessions = { count = 2, length = "1 day" }\n'
    rules = [window("short", 'between = ["10:00", "12:30"]')]

    assert [] == say(*rules, more=f'{day}roster = {{ path = "days.csv" }}\n')


def test_the_cadence_of_months_is_no_certain_number_of_days(say: Say) -> None:
    """Nothing is said of what depends on the month."""
    month = '[programmes.m]\ntitle = "M"\nstarts = 2027-01-18\nroster = { path = "m.csv" }\n'
    more = month + 'sessions = { count = 2, length = "2 hours", every = "1 month" }\n'

    assert [] == say(gap("20 days", "40 days"), more=more)
