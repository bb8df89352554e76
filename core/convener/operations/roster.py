"""Understanding a roster: from rows of text to people, each row judged on its own (R3)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from convener.errors import DataError
from convener.model import Coach, DateRange, Person
from convener.ports import Table, TableRow

ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "staff no", "staff number", "person id", "employee id", "employee number", "payroll number"),
    "name": ("name", "full name", "participant"),
    "email": ("email", "e-mail", "e-mail address", "email address", "mail"),
    "mobile": ("mobile", "mobile number", "phone", "telephone"),
    "zone": ("timezone", "time zone", "zone", "tz"),
    "holidays": ("holidays", "holiday calendar"),
    "manager": ("manager", "manager name", "line manager", "line manager name"),
    "manager_email": ("manager email", "manager e-mail", "line manager e-mail", "line manager email"),
}
"""Our fields and the headers they are known by, letter case, `_` and `-` aside."""

REQUIRED = ("id", "name", "email")
_EMAIL = re.compile(r"^[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """One good row of a roster."""

    line: int
    person: Person
    manager: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One row that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A roster as understood."""

    nominees: tuple[Nominee, ...]
    refused: tuple[Refusal, ...]


def read_roster(table: Table, columns: Mapping[str, str]) -> Reading:
    """Understand *table*; *columns* gives our field → its header where the aliases do not fit.

    Raise DataError when a required column is missing or two columns claim one field.
    """
    fields = map_header(table, columns)
    nominees: list[Nominee] = []
    refused: list[Refusal] = []
    ids: dict[str, int] = {}
    emails: dict[str, int] = {}
    for row in table.rows:
        values = {field: row.values.get(header, "") for field, header in fields.items()}
        reason = _fault(values) or _repeat(values, ids, emails)
        if reason:
            refused.append(Refusal(line=row.line, reason=reason))
            continue
        ids[values["id"]] = emails[values["email"].casefold()] = row.line
        nominees.append(_nominee(row, values, set(fields.values())))
    return Reading(nominees=tuple(nominees), refused=tuple(refused))


def map_header(table: Table, columns: Mapping[str, str], required: Iterable[str] = REQUIRED) -> dict[str, str]:
    """Return our field → the header that carries it; raise DataError when a required one is missing."""
    by_name = {_plain(header): header for header in table.header}
    fields: dict[str, str] = {}
    for field, header in columns.items():
        if header not in table.header:
            raise DataError(
                f"{table.source} has no column {header!r}, which `columns` names for {field}",
                hint=f"its columns are: {', '.join(table.header)}",
            )
        fields[field] = header
    for field, names in ALIASES.items():
        found = next((by_name[name] for name in map(_plain, names) if name in by_name), None)
        if field not in fields and found and found not in fields.values():
            fields[field] = found
    missing = [field for field in required if field not in fields]
    if missing:
        raise DataError(
            f"{table.source} has no column for {' and '.join(missing)}; its columns are: {', '.join(table.header)}",
            hint=f'name the column in the programme: roster = {{ …, columns = {{ {missing[0]} = "Header" }} }}',
        )
    return fields


def read_coaches(table: Table) -> tuple[dict[str, Person], dict[str, Coach], tuple[Refusal, ...]]:
    """Understand a list of coaches: people by id (their address), what planning must know, rows refused."""
    map_header(table, {}, required=("name", "email"))
    people: dict[str, Person] = {}
    coaches: dict[str, Coach] = {}
    refused: list[Refusal] = []
    for row in table.rows:
        values = {_plain(header).replace(" ", "_"): value for header, value in row.values.items()}
        email = values.get("email", "")
        try:
            coach = _coach(email, values)
        except ValueError as error:
            refused.append(Refusal(line=row.line, reason=str(error)))
            continue
        coaches[email] = coach
        people[email] = Person(id=email, name=values["name"], email=email, zone=values.get("timezone", ""))
    return people, coaches, tuple(refused)


def _coach(email: str, values: Mapping[str, str]) -> Coach:
    fault = _fault({"id": email, "name": values.get("name", ""), "email": email, "zone": values.get("timezone", "")})
    if fault:
        raise ValueError(fault)
    for field in ("max_pods", "years"):
        if values.get(field) and not values[field].isdigit():
            raise ValueError(f"{field} is {values[field]!r}, not a whole number")
    away = tuple(DateRange.parse(part) for part in values.get("away", "").split(";") if part.strip())
    accredited = frozenset(part.strip() for part in values.get("accredited", "").split(";") if part.strip())
    pods = int(values["max_pods"]) if values.get("max_pods") else None
    return Coach(id=email, max_pods=pods, accredited=accredited, years=int(values.get("years") or 0), away=away)


def _plain(header: str) -> str:
    return re.sub(r"[\s_\-]+", " ", header).strip().casefold()


def _fault(values: Mapping[str, str]) -> str:
    """Say what is wrong with one row by itself, or nothing."""
    missing = [field for field in REQUIRED if not values.get(field)]
    manager, zone = values.get("manager_email", ""), values.get("zone", "")
    faults = {
        f"no {' and no '.join(missing)}": bool(missing),
        f"{values.get('email', '')!r} is not an address": not missing and not _EMAIL.match(values["email"]),
        f"{manager!r} is not an address of a line manager": bool(manager) and not _EMAIL.match(manager),
        f"{values.get('email', '')} is named as their own line manager": bool(manager)
        and manager.casefold() == values.get("email", "").casefold(),
        f"{zone!r} is not an IANA time zone, for example 'Europe/London'": bool(zone)
        and zone not in available_timezones(),
    }
    return next((text for text, wrong in faults.items() if wrong), "")


def _repeat(values: Mapping[str, str], ids: Mapping[str, int], emails: Mapping[str, int]) -> str:
    """Say which earlier row has the same id or address, or nothing."""
    if values["id"] in ids:
        return f"id {values['id']} stands on line {ids[values['id']]} already"
    email = values["email"].casefold()
    return f"address {values['email']} belongs to line {emails[email]} already" if email in emails else ""


def _nominee(row: TableRow, values: Mapping[str, str], mapped: set[str]) -> Nominee:
    rest = {_plain(h).replace(" ", "_"): value for h, value in row.values.items() if h not in mapped}
    person = Person(
        id=values["id"],
        name=values["name"],
        email=values["email"],
        mobile=values.get("mobile", ""),
        zone=values.get("zone", ""),
        holidays=values.get("holidays", ""),
        attributes=rest,
    )
    address = values.get("manager_email", "")
    name = values.get("manager", "") or address
    manager = Person(id=address.casefold(), name=name, email=address) if address else None
    return Nominee(line=row.line, person=person, manager=manager)
