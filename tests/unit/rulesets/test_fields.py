"""Field types of rule files."""

from datetime import date, time
from fractions import Fraction

import pytest
from pydantic import ValidationError

from convener.documents import Frozen
from convener.model import DateRange
from convener.rulesets.fields import CalendarText, LocaleText, RangeText, ShareText, TimeText, ZoneText


class Entry(Frozen):
    """A table with one key of each type."""

    share: ShareText | None = None
    days: RangeText | None = None
    at: TimeText | None = None
    zone: ZoneText | None = None
    locale: LocaleText | None = None
    holidays: CalendarText | None = None


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("share", "75%", Fraction(3, 4)),
        ("days", "2027-08-02..2027-08-27", DateRange(date(2027, 8, 2), date(2027, 8, 27))),
        ("at", "09:00", time(9)),
        ("zone", "Europe/London", "Europe/London"),
        ("locale", "en-AU", "en-AU"),
        ("holidays", "AU-VIC", "AU-VIC"),
        ("holidays", "IE", "IE"),
    ],
)
def test_text_becomes_a_value(key: str, text: str, expected: object) -> None:
    """What ops write is what the core uses."""
    assert expected == getattr(Entry.model_validate({key: text}), key)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("share", "101%"),
        ("share", 0.75),
        ("days", "2027-08-27..2027-08-02"),
        ("at", "25:00"),
        ("at", "9 am"),
        ("zone", "London"),
        ("zone", "../../etc/passwd"),
        ("zone", ""),
        ("locale", "english"),
        ("holidays", "GB-LONDON"),
        ("holidays", 7),
    ],
)
def test_what_is_no_value_is_refused(key: str, text: object) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValidationError):
        Entry.model_validate({key: text})


@pytest.mark.parametrize(
    ("key", "text", "hint"),
    [
        ("zone", "Europe/Lundon", "did you mean 'Europe/London'?"),
        ("locale", "en_gb", "did you mean 'en-GB'?"),
        ("holidays", "GB-EGN", "did you mean 'GB-ENG'?"),
    ],
)
def test_a_near_name_is_offered(key: str, text: str, hint: str) -> None:
    """The cure is the name that was meant."""
    with pytest.raises(ValidationError) as caught:
        Entry.model_validate({key: text})

    assert hint == caught.value.errors()[0]["ctx"]["hint"]
