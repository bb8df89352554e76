"""How the page writes values."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from convener.reporting.manner import NOTHING, Manner

BRITISH = Manner("en-GB", "Europe/London", {"pod": "set", "coach": "set adviser"})
Write = Callable[[], str]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (BRITISH.share(0.9), "90%"),
        (BRITISH.share(None), NOTHING),
        (BRITISH.number(1234), "1,234"),
        (BRITISH.number(4, 1), "4.0"),
        (BRITISH.number(None), NOTHING),
        (BRITISH.out_of(36, 40), "36 of 40"),
        (BRITISH.day(date(2027, 5, 3)), "Monday 3 May 2027"),
        (BRITISH.short(date(2027, 5, 3)), "Mon 3 May"),
        (BRITISH.brief(date(2027, 5, 3)), "3 May"),
        (BRITISH.brief(None), ""),
        (BRITISH.pod("pod-03"), "Set 3"),
        (BRITISH.many("coach"), "set advisers"),
        (BRITISH.title("pod"), "Set"),
    ],
)
def test_values_are_written_in_the_clients_manner(written: str, expected: str) -> None:
    """Locale and words of the client."""
    assert expected == written


def test_a_session_is_told_on_its_own_clock() -> None:
    """Summer time and the name of the zone are in the text."""
    starts, ends = datetime(2027, 6, 1, 8, tzinfo=UTC), datetime(2027, 6, 1, 16, tzinfo=UTC)

    assert "Tuesday 1 June 2027" == BRITISH.day_of(starts, "Europe/London")
    assert "09:00\N{EN DASH}17:00 (London time, BST)" == BRITISH.hours(starts, ends, "Europe/London")


def test_the_language_of_the_page_is_the_one_it_is_written_in() -> None:
    """A German locale formats numbers; the words stay English and say so."""
    assert ("en-GB", "en") == (BRITISH.language, Manner("de-DE", "Europe/Berlin", {}).language)
