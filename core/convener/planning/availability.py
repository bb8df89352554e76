"""Answers to a dates poll, from a table whose rows are people and whose columns are slots."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from convener.errors import DataError
from convener.model import Answer, Availability, Register, Slot, Unit
from convener.planning.hours import OFFICE
from convener.ports import Table
from convener.rulesets.kinds import SessionWindow
from convener.rulesets.ruleset import Ruleset

WORDS: Mapping[str, Answer] = {
    "yes": Answer.YES,
    "y": Answer.YES,
    "if needed": Answer.IF_NEEDED,
    "if-needed": Answer.IF_NEEDED,
    "ifneeded": Answer.IF_NEEDED,
    "maybe": Answer.IF_NEEDED,
    "no": Answer.NO,
    "n": Answer.NO,
    "": Answer.NO,
}
"""Words understood in a cell, letter case aside."""
ADDRESS_HEADERS = frozenset({"email", "emailaddress", "address"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column that asks about a slot."""

    header: str
    slot: Slot


def read_availability(table: Table, register: Register, ruleset: Ruleset) -> tuple[Availability, tuple[str, ...]]:
    """Return everyone's answers and notices about what was left out or assumed.

    Dates become whole days in the hours of the session window, instants last as long as a session. Rows are matched
    to people by address. Raises DataError when there is no address column, no slot or no person known.
    """
    address = next((header for header in table.header if _plain(header) in ADDRESS_HEADERS), None)
    if address is None:
        raise DataError(
            f"{table.source}: no column of e-mail addresses", hint="name one 'email'; the others are dates or instants"
        )
    columns, notices = _columns(table, ruleset, address)
    answers: dict[str, tuple[Answer, ...]] = {}
    for row in table.rows:
        person = register.by_email(row.values.get(address, "").strip())
        if person is None:
            notices.append(f"{table.source}:{row.line}: nobody here has the address {row.values.get(address, '')!r}")
            continue
        if not any(row.values.get(column.header, "").strip() for column in columns):
            notices.append(f"{table.source}:{row.line}: {person.email} says nothing, which is no answer")
            continue
        if person.id in answers:
            notices.append(f"{table.source}:{row.line}: {person.email} answers again; this answer counts")
        given = [_answer(row.values.get(column.header, "")) for column in columns]
        notices += _odd_words(table.source, row.line, columns, given, row.values)
        answers[person.id] = tuple(answer or Answer.NO for answer in given)
    if not answers:
        raise DataError(
            f"{table.source}: no row belongs to anyone of {ruleset.scope} who has answered",
            hint="check the addresses, and whether the cells are filled in",
        )
    slots = tuple(column.slot for column in columns)
    return Availability(slots=slots, answers=answers, source=table.source), tuple(notices)


def _plain(header: str) -> str:
    return re.sub(r"[^a-z]", "", header.lower())


def _columns(table: Table, ruleset: Ruleset, address: str) -> tuple[list[Column], list[str]]:
    columns: list[Column] = []
    notices: list[str] = []
    seen: set[datetime] = set()
    for header in table.header:
        if header == address:
            continue
        slot = _slot(header, ruleset)
        if slot is None:
            notices.append(f"{table.source}: column {header!r} is neither a date nor an instant and is left out")
        elif slot.starts in seen:
            notices.append(f"{table.source}: column {header!r} asks about a slot again and is left out")
        else:
            seen.add(slot.starts)
            columns.append(Column(header, slot))
    if not columns:
        raise DataError(
            f"{table.source}: no column is a date or an instant",
            hint="write slots as 2027-01-19 or 2027-02-08T12:00:00+11:00",
        )
    return sorted(columns, key=lambda column: column.slot.starts), notices


def _slot(header: str, ruleset: Ruleset) -> Slot | None:
    text, zone = header.strip(), ZoneInfo(ruleset.zone)
    try:
        if len(text) == len("2027-01-19"):
            day = date.fromisoformat(text)
            hours = session_hours(ruleset)
            begin, end = (datetime.combine(day, at, zone) for at in hours)
            return Slot(starts=begin, ends=end, whole_day=True)
        starts = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = starts.replace(tzinfo=zone) if starts.tzinfo is None else starts
    return Slot(starts=aware, ends=aware + session_length(ruleset))


def session_hours(ruleset: Ruleset) -> tuple[time, time]:
    """Return begin and end of the hours sessions have on the programme's clock."""
    windows = ruleset.rules_of(SessionWindow)
    ours = [terms.between for rule, terms in windows if terms.zone == "programme" and rule.inflexible]
    return (ours or [terms.between for _, terms in windows if terms.zone == "programme"] or [OFFICE])[0]


def session_length(ruleset: Ruleset) -> timedelta:
    """Return how long a session lasts; a day lasts from begin to end of its hours."""
    span, hours = ruleset.sessions.length, session_hours(ruleset)
    if span.unit in {Unit.DAY, Unit.WORKING_DAY} and span.count == 1:
        day = date(2000, 1, 1)
        return datetime.combine(day, hours[1]) - datetime.combine(day, hours[0])
    return span.as_timedelta()


def _answer(text: str) -> Answer | None:
    return WORDS.get(" ".join(text.casefold().split()))


def _odd_words(
    source: str, line: int, columns: Sequence[Column], given: Sequence[Answer | None], values: Mapping[str, str]
) -> list[str]:
    odd = [column.header for column, answer in zip(columns, given, strict=True) if answer is None]
    if not odd:
        return []
    word = values.get(odd[0], "")
    more = f" and {len(odd) - 1} more" if len(odd) > 1 else ""
    return [f"{source}:{line}: {word!r} under {odd[0]}{more} is none of yes, if needed, no and counts as no"]
