"""Lengths of time, shares and date ranges."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from convener.model import DateRange, Span, Unit, parse_share


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("21 days", Span(21, Unit.DAY)),
        ("1 working day", Span(1, Unit.WORKING_DAY)),
        ("6 weeks", Span(6, Unit.WEEK)),
        ("3 months", Span(3, Unit.MONTH)),
    ],
)
def test_a_span_reads_as_it_prints(text: str, span: Span) -> None:
    """What ops write is what Convener shows."""
    assert (span, text) == (Span.parse(text), str(span))


@pytest.mark.parametrize("text", ["", "soon", "1.5 days", "-1 days", "2 fortnights", "99999 days"])
def test_what_is_no_span_gives_an_example(text: str) -> None:
    """A bad span says how to write a good one."""
    with pytest.raises(ValueError, match="for example"):
        Span.parse(text)


def test_only_exact_units_have_a_length() -> None:
    """Months and working days depend on the calendar."""
    assert timedelta(hours=36) == Span(36, Unit.HOUR).as_timedelta()
    assert 2 == Span(36, Unit.HOUR).days
    with pytest.raises(ValueError, match="no fixed length"):
        Span.parse("2 working days").as_timedelta()


def test_shares_are_exact() -> None:
    """75 % is three quarters, not nearly."""
    assert (Fraction(3, 4), Fraction(1), Fraction(0)) == (parse_share("75%"), parse_share("100 %"), parse_share("0%"))


@pytest.mark.parametrize("text", ["75", "101%", "-1%", "half"])
def test_what_is_no_share_gives_an_example(text: str) -> None:
    """A bad share says how to write a good one."""
    with pytest.raises(ValueError, match="'75%'"):
        parse_share(text)


def test_a_range_includes_both_ends() -> None:
    """The last day counts."""
    range_ = DateRange.parse("2027-08-02..2027-08-27")

    assert date(2027, 8, 2) in range_
    assert date(2027, 8, 27) in range_
    assert date(2027, 8, 28) not in range_
    assert "2027-08-02..2027-08-27" == str(range_)


@pytest.mark.parametrize("text", ["2027-08-27..2027-08-02", "August", "2027-13-01"])
def test_what_is_no_range_is_refused(text: str) -> None:
    """A range that ends before it begins is an error too."""
    with pytest.raises(ValueError, match=r"2027|August"):
        DateRange.parse(text)
