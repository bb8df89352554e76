"""How far the programme has come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from convener.model import Enrolment, ParticipantStatus, PollRequest, Register
from convener.reporting import client_report
from convener.rulesets.ruleset import Ruleset

PersonOf = Callable[[str], str]


def _counts(ruleset: Ruleset, register: Register, as_of: date) -> dict[str, tuple[int, int]]:
    figures = client_report(ruleset, register, as_of=as_of).figures
    return {figure.id: (figure.numerator, figure.denominator) for figure in figures}


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("sessions-held", (15, 45)),
        ("sessions-moved", (1, 45)),
        ("sessions-cancelled", (0, 45)),
        ("registers-complete", (15, 15)),
        ("active", (40, 40)),
    ],
)
def test_counts_of_the_third_round(
    ruleset: Ruleset, register: Register, as_of: date, figure: str, expected: tuple[int, int]
) -> None:
    """R19: each count stands beside its whole."""
    assert expected == _counts(ruleset, register, as_of)[figure]


def test_people_are_what_they_are_on_the_day(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """One withdrawn, one seconded and one who joined in March, of forty in all."""
    gone, away, late = sorted(register.people)[:3]
    kept = tuple(row for row in register.enrolments if row.person not in {gone, away, late})
    start = date(2027, 1, 4)
    changed = (
        Enrolment(person=gone, status=ParticipantStatus.ACTIVE, since=start, until=date(2027, 3, 1)),
        Enrolment(person=gone, status=ParticipantStatus.WITHDRAWN, since=date(2027, 3, 1)),
        Enrolment(person=away, status=ParticipantStatus.ACTIVE, since=start, until=date(2027, 4, 1)),
        Enrolment(person=away, status=ParticipantStatus.SECONDED, since=date(2027, 4, 1)),
        Enrolment(person=late, status=ParticipantStatus.ACTIVE, since=date(2027, 3, 1)),
    )
    counts = _counts(ruleset, replace(register, enrolments=(*kept, *changed)), as_of)

    assert [(38, 40), (1, 40), (1, 40), (1, 40)] == [
        counts[name] for name in ("active", "withdrawn", "seconded", "joined")
    ]


def test_the_next_date_of_each_pod_comes_in_its_own_zone(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Five sets, five fourth sessions, summer time and all."""
    rows = client_report(ruleset, register, as_of=as_of).records("next-dates")

    assert ["cumbria", "durham", "lancashire", "northumberland", "tyneside"] == [row["pod"] for row in rows]
    assert "2027-05-25T09:00:00+01:00" == getattr(rows[0]["starts"], "isoformat", str)()


def test_a_past_session_without_register_is_listed(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """What the coach has not sent yet is said, not guessed."""
    kept = {key: row for key, row in register.attendance.items() if key[0] != "primary-care/durham/3"}
    without = replace(register, attendance=kept)
    rows = client_report(ruleset, without, as_of=as_of).records("registers-missing")

    assert [("durham", 3, 0, 8)] == [(row["pod"], row["session"], row["numerator"], row["denominator"]) for row in rows]
    assert (14, 15) == _counts(ruleset, without, as_of)["registers-complete"]


def test_answers_are_counted_out_of_those_asked(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """An answer after the day of the report is not known yet."""
    asked = datetime(2027, 4, 20, 10, tzinfo=UTC)
    requests = {
        ("engagement", "primary-care/durham/3", str(person)): PollRequest(
            poll="engagement", subject="primary-care/durham/3", person=str(person), opened=asked, closes=asked,
            answered=answered,
        )
        for person, answered in enumerate((None, asked, datetime(2027, 6, 1, tzinfo=UTC)))
    }  # fmt: skip

    assert (1, 3) == _counts(ruleset, replace(register, polls=requests), as_of)["answered.engagement"]


def test_the_register_adds_up(ruleset: Ruleset, register: Register, as_of: date, person_of: PersonOf) -> None:
    """R19: rows in the register = present + absent + not counting + outside + later, whatever the day."""
    jonah = person_of("jonah.quinn@northern.example")
    left = tuple(replace(row, until=date(2027, 3, 1)) if row.person == jonah else row for row in register.enrolments)
    for day in (date(2027, 1, 1), date(2027, 3, 5), as_of):
        rows = client_report(ruleset, replace(register, enrolments=left), as_of=day).records("reconciliation")
        total, *parts = [int(str(row["numerator"])) for row in rows]

        assert 120 == total == sum(parts[:5])
