"""Attendance, counted again from the files themselves."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from convener.model import Attendance, Register
from convener.reporting import Report, client_report
from convener.reporting.attendance import floor_of, standings
from convener.reporting.figures import ratio
from convener.reporting.snapshot import take
from convener.rulesets.ruleset import Ruleset

RowsOf = Callable[[str], list[dict[str, str]]]
THERE = {"attended", "partly", "made-up"}


def _rates(report: Report, table: str, *keys: str) -> dict[tuple[object, ...], tuple[object, object, object]]:
    return {
        tuple(row[key] for key in keys): (row["numerator"], row["denominator"], row["value"])
        for row in report.records(table)
        if row["denominator"]
    }


def _recount(rows: list[tuple[tuple[object, ...], bool]]) -> dict[tuple[object, ...], tuple[object, object, object]]:
    present, total = Counter(key for key, there in rows if there), Counter(key for key, _ in rows)
    return {key: (present[key], count, ratio(present[key], count)) for key, count in total.items()}


def test_every_total_agrees_with_a_recount_of_the_files(
    ruleset: Ruleset, register: Register, as_of: date, rows_of: RowsOf
) -> None:
    """R19: totals by set, session, both and person are those of the CSV files, and so is the total."""
    roster = {row["E-mail"]: (row["Region"].lower(), row["Name"]) for row in rows_of("northern-health.csv")}
    marks = [
        (*roster[row["email"]], int(row["session"]), row["status"] in THERE)
        for row in rows_of("northern-health-attendance.csv")
    ]
    report = client_report(ruleset, register, as_of=as_of)
    figure = report.figure("attendance")

    assert figure is not None
    assert (sum(mark[3] for mark in marks), len(marks)) == (figure.numerator, figure.denominator)
    assert _recount([((pod,), there) for pod, _, _, there in marks]) == _rates(report, "attendance-by-pod", "pod")
    assert _recount([((number,), there) for _, _, number, there in marks]) == _rates(
        report, "attendance-by-session", "session"
    )
    assert _recount([((pod, number), there) for pod, _, number, there in marks]) == _rates(
        report, "attendance-by-pod-and-session", "pod", "session"
    )
    assert _recount([((name,), there) for _, name, _, there in marks]) == _rates(
        report, "attendance-by-person", "participant"
    )


def test_every_mark_is_the_one_in_the_file(ruleset: Ruleset, register: Register, as_of: date, rows_of: RowsOf) -> None:
    """The table of persons and sessions holds the register row by row."""
    names = {row["E-mail"]: row["Name"] for row in rows_of("northern-health.csv")}
    wanted = {
        (names[row["email"]], int(row["session"]), row["status"]) for row in rows_of("northern-health-attendance.csv")
    }
    records = client_report(ruleset, register, as_of=as_of).records("attendance-marks")

    assert wanted == {
        (row["participant"], row["session"], row["status"]) for row in records if row["status"] != "planned"
    }


def test_a_status_that_does_not_count_is_in_no_denominator(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """`not-applicable` leaves numerator and denominator alone."""
    key = next(key for key, row in register.attendance.items() if row.status == "attended")
    excused = Attendance(session=key[0], person=key[1], status="not-applicable")
    report = client_report(ruleset, replace(register, attendance={**register.attendance, key: excused}), as_of=as_of)
    figure = report.figure("attendance")

    assert figure is not None
    assert (107, 119) == (figure.numerator, figure.denominator)


def test_those_below_the_floor_are_named_lowest_first(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Two of three is below 70 %, and six more sessions can mend it."""
    report = client_report(ruleset, register, as_of=as_of)
    rows = report.records("below-floor")
    figure = report.figure("below-floor")

    assert figure is not None
    assert (len(rows), 40) == (figure.numerator, figure.denominator)
    assert {("yes", 2, 3)} == {(row["reachable"], row["numerator"], row["denominator"]) for row in rows}


def test_a_floor_can_go_out_of_reach(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Whoever missed all three of nine sessions ends at two thirds at best."""
    person = next(iter(register.people))
    missed = {
        key: replace(row, status="missed") if key[1] == person else row for key, row in register.attendance.items()
    }
    snapshot = take(ruleset, replace(register, attendance=missed), as_of)
    standing = next(each for each in standings(snapshot) if each.person == person)

    assert floor_of(snapshot) == Fraction(7, 10)
    assert (0, 3, 6) == (standing.present, standing.counted, standing.ahead)
    assert standing.out_of_reach(Fraction(7, 10))


def test_namesakes_keep_their_own_lines(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Two people of one name in one set are two people."""
    pod = "primary-care/durham"
    one, two = sorted(row.person for row in register.memberships if row.pod == pod)[:2]
    people = {**register.people, two: replace(register.people[two], name=register.people[one].name)}
    records = client_report(ruleset, replace(register, people=people), as_of=as_of).records("attendance-marks")
    lines = {row["line"] for row in records if row["participant"] == register.people[one].name}

    assert 2 == len(lines)
