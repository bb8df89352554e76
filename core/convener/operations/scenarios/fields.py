"""Field types of test files: moments on a wall clock, and names in ones and several."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from convener.documents import as_text, quoted, refuse

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOMENT = re.compile(r"(?:(?P<day>[A-Za-z]{3}) )?(?P<date>\d{4}-\d{2}-\d{2})[ T](?P<time>\d{2}:\d{2})")
_CURE = "write it as '2027-01-15 09:00' or 'Fri 2027-01-15 09:00'"


def _moment(value: object) -> datetime:
    """Read a moment on a wall clock; a day of the week before it must be the right one."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value
    found = _MOMENT.fullmatch(as_text(value)) if isinstance(value, str) else None
    try:
        read = datetime.fromisoformat(f"{found['date']}T{found['time']}") if found else None
    except ValueError:
        read = None
    if found is None or read is None:
        text = quoted(value) if isinstance(value, str) else f"'{value}'"
        raise refuse("bad-moment", f"{text} is not a moment on a wall clock", _CURE)
    right = f"{read:%a}"
    if found["day"] and found["day"].casefold() != right.casefold():
        raise refuse("wrong-weekday", f"{read:%Y-%m-%d} is a {right}, not a {found['day']}", f"write {right}")
    return read


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(as_text(value))
    except ValueError:
        raise refuse("bad-moment", f"'{value}' is not a date", "write it as 2027-01-15") from None


def _one(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _names(value: object) -> object:
    return tuple(map(_one, value)) if isinstance(value, tuple | list) else (_one(value),)


MomentText = Annotated[datetime, BeforeValidator(_moment)]
"""`"Fri 2027-01-15 09:00"`: a wall clock without a zone; whose it is says the key."""
DayText = Annotated[date, BeforeValidator(_day)]
"""`2027-01-15`."""
_NAME = {"type": ["string", "integer"]}
Names = Annotated[
    tuple[str, ...], BeforeValidator(_names), WithJsonSchema({"anyOf": [_NAME, {"type": "array", "items": _NAME}]})
]
"""`"ann"` or `["ann", "ben"]`; a number is the name of a session."""
SessionName = Annotated[str, BeforeValidator(_one), Field(min_length=1), WithJsonSchema(_NAME)]
"""`1` where there is one pod, else `"north/1"`."""
