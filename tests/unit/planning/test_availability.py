"""Answers to a dates poll, read from a table."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from convener.errors import DataError
from convener.model import Answer, Span
from convener.planning import read_availability
from convener.ports import Table, TableRow
from convener.rulesets.ruleset import SessionPlan


def table(header: list[str], *rows: list[str]) -> Table:
    """Return a table of *rows* under *header*."""
    return Table(
        source="answers.csv",
        header=tuple(header),
        rows=tuple(
            TableRow(line=line, values=dict(zip(header, row, strict=True))) for line, row in enumerate(rows, start=2)
        ),
    )


def test_dates_are_whole_days_in_the_hours_of_the_window(
    ruleset: Callable[..., Any], rule: Callable[..., Any], register: Callable[..., Any]
) -> None:
    """R10: a date is a whole day on the programme's clock, summer time included."""
    rules = ruleset(
        rule("day", "session-window", between=("09:30", "16:30")),
        sessions=SessionPlan(count=1, length=Span.parse("1 day")),
    )

    found, notices = read_availability(
        table(["E-mail", "2027-07-06"], ["ana@acme.example", "If  Needed"]), register({"ana": {}}), rules
    )

    assert [datetime(2027, 7, 6, 8, 30, tzinfo=UTC)] == [slot.starts for slot in found.slots]
    assert [datetime(2027, 7, 6, 15, 30, tzinfo=UTC)] == [slot.ends for slot in found.slots]
    assert {"ana": (Answer.IF_NEEDED,)} == found.answers
    assert () == notices


def test_instants_last_as_long_as_a_session(ruleset: Callable[..., Any], register: Callable[..., Any]) -> None:
    """R10: an instant begins a slot of a session's length; columns are put in order of time."""
    header = ["email", "2027-02-09T12:00:00+11:00", "2027-02-08T12:00:00+11:00"]

    found, _ = read_availability(table(header, ["ana@acme.example", "yes", "no"]), register({"ana": {}}), ruleset())

    assert [datetime(2027, 2, 8, 1, tzinfo=UTC), datetime(2027, 2, 9, 1, tzinfo=UTC)] == [s.starts for s in found.slots]
    assert {timedelta(hours=2)} == {slot.ends - slot.starts for slot in found.slots}
    assert (Answer.NO, Answer.YES) == found.answers["ana"]


def test_what_is_odd_is_told(ruleset: Callable[..., Any], register: Callable[..., Any]) -> None:
    """Bad input: strangers, double answers, unknown words and odd columns are named by line."""
    found, notices = read_availability(
        table(
            ["email", "Name", "2027-02-09"],
            ["ana@acme.example", "Ana", "no"],
            ["who@acme.example", "Who", "yes"],
            ["ANA@acme.example", "Ana", "perhaps"],
        ),
        register({"ana": {}}),
        ruleset(),
    )

    assert {"ana": (Answer.NO,)} == found.answers
    assert [
        "answers.csv: column 'Name' is neither a date nor an instant and is left out",
        "answers.csv:3: nobody here has the address 'who@acme.example'",
        "answers.csv:4: ana@acme.example answers again; this answer counts",
        "answers.csv:4: 'perhaps' under 2027-02-09 is none of yes, if needed, no and counts as no",
    ] == list(notices)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        (["who", "2027-02-09"], ["ana@acme.example", "yes"], "no column of e-mail addresses"),
        (["email", "Tuesday"], ["ana@acme.example", "yes"], "no column is a date"),
        (["email", "2027-02-09"], ["who@acme.example", "yes"], "no row belongs to anyone"),
    ],
)
def test_an_unusable_table_is_refused(
    header: list[str], row: list[str], said: str, ruleset: Callable[..., Any], register: Callable[..., Any]
) -> None:
    """Bad input: nothing to go by is one message with its cure."""
    with pytest.raises(DataError, match=said) as raised:
        read_availability(table(header, row), register({"ana": {}}), ruleset())

    assert raised.value.hint
