"""Field types of rule files: text as ops write it, a value as the core uses it."""

from datetime import time
from fractions import Fraction
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict

from convener.model import DateRange, Span, parse_share


class Frozen(BaseModel):
    """A table of a rule file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} must be written as text, in quotes")  # noqa: TRY004 - pydantic reports ValueError
    return value


def _span(value: object) -> Span:
    return value if isinstance(value, Span) else Span.parse(_text(value))


def _share(value: object) -> Fraction:
    return value if isinstance(value, Fraction) else parse_share(_text(value))


def _range(value: object) -> DateRange:
    return value if isinstance(value, DateRange) else DateRange.parse(_text(value))


def _time(value: object) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(_text(value))
    except ValueError:
        raise ValueError(f"{value!r} is not a time of day, for example '09:00'") from None


def _zone(value: object) -> str:
    name = _text(value)
    if name not in available_timezones():
        raise ValueError(f"{name!r} is not an IANA time zone, for example 'Europe/London'")
    return ZoneInfo(name).key


SpanText = Annotated[Span, BeforeValidator(_span)]
"""`"2 working days"`."""
ShareText = Annotated[Fraction, BeforeValidator(_share)]
"""`"75%"`."""
RangeText = Annotated[DateRange, BeforeValidator(_range)]
"""`"2027-08-02..2027-08-27"`."""
TimeText = Annotated[time, BeforeValidator(_time)]
"""`"09:00"`."""
ZoneText = Annotated[str, BeforeValidator(_zone)]
"""`"Europe/London"`."""
