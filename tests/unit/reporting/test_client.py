"""The sponsor's report as a whole."""

import json
from dataclasses import replace
from datetime import date

from convener.model import Management, Register
from convener.reporting import client_report, report_csv, report_json
from convener.rulesets.ruleset import Ruleset

CANARIES = ("canary-note", "canary-reason", "canary-line", "canary@", "+44770", "ENTP", "primary-care-id-")


def _with_canaries(register: Register) -> Register:
    person = next(iter(register.people))
    return replace(
        register,
        people={
            key: replace(each, email=f"canary@{key}.example", attributes={"mbti": "ENTP"})
            for key, each in register.people.items()
        },
        attendance={
            key: replace(row, note="canary-note", source="canary-line") for key, row in register.attendance.items()
        },
        enrolments=tuple(replace(row, reason="canary-reason", origin="canary-line") for row in register.enrolments),
        managements=(Management(person=person, manager="canary@boss.example", since=date(2027, 1, 4)),),
    )


def test_nothing_confidential_is_in_any_export(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """R20, N8: canary notes, reasons, addresses, numbers and roster columns reach neither JSON nor CSV."""
    report = client_report(ruleset, _with_canaries(register), as_of=as_of)
    leaked = json.dumps(report_json(report)) + report_csv(report) + repr(report)

    assert [] == [canary for canary in CANARIES if canary in leaked]
    assert [] == [person for person in register.people if person in leaked]


def test_the_same_input_gives_the_same_report(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """The report is pure: register and day decide it, not the order of rows."""
    shuffled = replace(
        register,
        attendance=dict(reversed(register.attendance.items())),
        memberships=tuple(reversed(register.memberships)),
        enrolments=tuple(reversed(register.enrolments)),
    )

    assert client_report(ruleset, register, as_of=as_of) == client_report(ruleset, shuffled, as_of=as_of)


def test_a_programme_that_has_not_begun_has_a_report(ruleset: Ruleset) -> None:
    """An empty register gives figures without values, not an error."""
    empty = Register(client="northern-health", programme="primary-care")
    report = client_report(ruleset, empty, as_of=date(2027, 1, 1))
    figure = report.figure("attendance")

    assert figure is not None
    assert figure.value is None
