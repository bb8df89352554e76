"""What leaves the house, and what never can."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from convener.model import Register
from convener.reporting import client_report, report_csv, report_json
from convener.reporting.visibility import Whitelist, bare, whitelist_for
from convener.rulesets.kinds import Visibility
from convener.rulesets.ruleset import Ruleset
from convener.rulesets.visible import known

Without = Callable[[str], Ruleset]


def _narrowed(ruleset: Ruleset, *fields: str) -> Ruleset:
    rule = replace(ruleset.rules["sponsor-sees"], terms=Visibility(audience="sponsor", fields=fields))
    return replace(ruleset, rules={**ruleset.rules, "sponsor-sees": rule})


def test_without_the_rule_nothing_leaves(without: Without, register: Register, as_of: date) -> None:
    """R20: no whitelist, no figures and no tables."""
    report = client_report(without("sponsor-sees"), register, as_of=as_of)

    assert ((), ()) == (report.figures, report.tables)


def test_a_second_rule_narrows_and_never_widens(ruleset: Ruleset) -> None:
    """A client cannot get round the pack's whitelist by adding one of its own."""
    wide = replace(ruleset.rules["sponsor-sees"], id="wide", terms=Visibility(audience="sponsor", fields=("*",)))
    whitelist = whitelist_for(replace(ruleset, rules={**ruleset.rules, "wide": wide}), "sponsor")

    assert (True, False) == (whitelist.allows("pod.name"), whitelist.allows("coach.name"))


def test_patterns_cover_a_family_of_fields() -> None:
    """`figures.*` lists every figure; an empty whitelist lists none."""
    assert Whitelist((("figures.*",),)).allows("figures.attendance", "figures.engagement")
    assert not Whitelist(()).allows("figures.attendance")


def test_without_names_nobody_can_be_told_apart(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Tables about persons go as a whole when names may not be seen."""
    report = client_report(_narrowed(ruleset, "pod.name", "attendance.status", "figures.*"), register, as_of=as_of)

    assert not {"attendance-marks", "attendance-by-person", "below-floor"} & {table.id for table in report.tables}
    assert "Chiara" not in json.dumps(report_json(report)) + report_csv(report)


def test_hidden_columns_are_taken_out_of_the_tables_that_stay(
    ruleset: Ruleset, register: Register, as_of: date
) -> None:
    """Topics and dates have fields of their own."""
    report = client_report(_narrowed(ruleset, "pod.name", "figures.*"), register, as_of=as_of)
    columns = {column.id for table in report.tables for column in table.columns}

    assert not {"topic", "date", "first", "last", "starts"} & columns
    assert "Workforce" not in report_csv(report)


def test_without_names_small_groups_are_kept_from_attendance_too(ruleset: Ruleset, register: Register) -> None:
    """Where two people are left in a set, their attendance is in no sum."""
    kept = sorted(row.person for row in register.memberships if row.pod == "primary-care/durham")[:2]
    few = replace(register, memberships=tuple(row for row in register.memberships if row.person in kept))
    rows = {key: row for key, row in register.attendance.items() if key[1] in kept}
    report = client_report(
        _narrowed(ruleset, "pod.name", "figures.*"), replace(few, attendance=rows), as_of=date(2027, 5, 3)
    )
    figure = report.figure("attendance")

    assert figure is not None
    assert 0 == figure.denominator


def test_the_bare_register_holds_nothing_confidential(register: Register) -> None:
    """N8: notes, addresses, numbers and roster columns are gone before any figure is made."""
    noted = {key: replace(row, note="canary-note") for key, row in register.attendance.items()}
    stripped = bare(replace(register, attendance=noted))

    assert {""} == {row.note for row in stripped.attendance.values()}
    assert {("", "", ())} == {
        (person.email, person.mobile, tuple(person.attributes)) for person in stripped.people.values()
    }
    assert ((), {}) == (stripped.managements, stripped.invites)


def test_an_address_in_place_of_a_name_is_cut(register: Register) -> None:
    """A roster without names may have put the address there."""
    person = replace(next(iter(register.people.values())), name="a.canary@northern.example")
    stripped = bare(replace(register, people={person.id: person}))

    assert "a.canary" == stripped.people[person.id].name


def test_every_field_of_the_report_can_be_listed(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """R20: a rule may name whatever a report shows, and `check` refuses any other name."""
    report = client_report(_narrowed(ruleset, "*"), register, as_of=as_of)
    columns = {column.field for table in report.tables for column in table.columns}
    needed = {field for table in report.tables for field in table.needs}
    figures = {f"figures.{figure.id}" for figure in report.figures}

    assert set() == {field for field in columns | needed | figures if not known(field)}
