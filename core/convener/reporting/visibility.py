"""The one door through which anything leaves in a report: first what is confidential is taken off, then the whitelist.

`bare` strips the register before any figure is made, so that notes, addresses, numbers and roster columns are not
there to be leaked by whatever is built later. `visible` then keeps only what the `visibility` rule lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

from convener.model import Person, Register
from convener.reporting.figures import Column, Report, Table
from convener.rulesets.kinds import Visibility
from convener.rulesets.ruleset import Ruleset

Audience = Literal["sponsor", "manager", "coach", "participant"]
"""Who reads the report."""
PERSONAL = ("participant.name", "attendance.status")
"""The fields that together tell who was where."""


@dataclass(frozen=True, slots=True)
class Whitelist:
    """Patterns of fields by rule; a field leaves only when every rule of the audience lists it."""

    rules: tuple[tuple[str, ...], ...]

    def allows(self, *fields: str) -> bool:
        """Tell whether all *fields* may leave; without any rule none may."""
        return bool(self.rules) and all(self._listed(field) for field in fields)

    def _listed(self, field: str) -> bool:
        return all(any(fnmatchcase(field, pattern) for pattern in patterns) for patterns in self.rules)


def whitelist_for(ruleset: Ruleset, audience: Audience) -> Whitelist:
    """Return what *audience* may see by the rules; several rules narrow each other."""
    terms = (terms for _, terms in ruleset.rules_of(Visibility))
    return Whitelist(tuple(each.fields for each in terms if each.audience == audience))


def bare(register: Register) -> Register:
    """Return *register* without notes, addresses, numbers, roster columns, reasons and origins."""
    people = {key: Person(id=key, name=_name_only(person), email="") for key, person in register.people.items()}
    attendance = {key: replace(row, note="", source="") for key, row in register.attendance.items()}
    enrolments = tuple(replace(row, reason="", origin="") for row in register.enrolments)
    return replace(register, people=people, attendance=attendance, enrolments=enrolments, managements=(), invites={})


def visible(report: Report, whitelist: Whitelist) -> Report:
    """Return *report* with what *whitelist* allows and nothing else."""
    return replace(
        report,
        figures=tuple(figure for figure in report.figures if whitelist.allows(f"figures.{figure.id}")),
        tables=tuple(_tables(report.tables, whitelist)),
        comments=report.comments if whitelist.allows("comments.released") else (),
    )


def _tables(tables: Iterable[Table], whitelist: Whitelist) -> Iterable[Table]:
    for table in tables:
        kept = [index for index, column in enumerate(table.columns) if _may(column, whitelist)]
        if kept and all(whitelist.allows(field) for field in table.needs):
            columns = tuple(table.columns[index] for index in kept)
            rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
            yield replace(table, columns=columns, rows=rows)


def _may(column: Column, whitelist: Whitelist) -> bool:
    return whitelist.allows(column.field)


def _name_only(person: Person) -> str:
    """Return the name; a roster without names may have put the address in its place."""
    return person.name.partition("@")[0]
