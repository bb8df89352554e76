"""The calendar heat map."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from convener.reporting.calendar import Off, calendar_of, shades_for

CHRISTMAS = date(2026, 12, 25)
SPAN = (date(2026, 12, 7), date(2027, 2, 3))


def test_a_line_for_each_month_and_a_cell_for_each_day_of_the_span() -> None:
    """Days outside of the month or of the span have no cell."""
    found = calendar_of(SPAN, {}, {}, ())

    assert [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)] == [month.first for month in found.months]
    assert [25, 31, 3] == [sum(cell is not None for cell in month.cells) for month in found.months]
    assert {31} == {len(month.cells) for month in found.months}
    assert () == found.shades


def test_a_day_says_how_much_goes_out_and_whether_anybody_meets() -> None:
    """Counts and sessions stand in their cell and are summed by month."""
    found = calendar_of(SPAN, {date(2027, 1, 18): 48, date(2027, 1, 19): 3}, {date(2027, 1, 19): 2}, ())
    january = found.months[1]

    assert [(48, 0), (3, 2)] == [(cell.count, cell.sessions) for cell in january.cells[17:19] if cell]
    assert (51, 2) == (january.count, january.sessions)
    assert 48 == found.shades[-1].most


def test_weekends_and_holidays_are_told_apart() -> None:
    """A holiday is a holiday, on whatever day of the week."""
    december = calendar_of(SPAN, {}, {}, {CHRISTMAS, date(2026, 12, 26)}).months[0]
    offs = {cell.day.day: cell.off for cell in december.cells if cell}

    assert (Off.WORKING, Off.HOLIDAY, Off.HOLIDAY, Off.WEEKEND) == tuple(offs[day] for day in (24, 25, 26, 27))


@given(st.integers(0, 100_000))
def test_every_count_has_exactly_one_shade(most: int) -> None:
    """Shades follow each other without a gap, from one to the most there is, the darkest last."""
    shades = shades_for(most)

    assert [1, *(shade.most + 1 for shade in shades)][: len(shades)] == [shade.least for shade in shades]
    assert 5 >= len(shades)
    assert (5, most) == (shades[-1].level, shades[-1].most) if most else not shades


def test_a_legend_names_the_counts_of_each_shade() -> None:
    """A shade of one count is named by it alone."""
    assert ["1-3", "4-12", "13-39", "40-133", "134-450"] == [shade.label for shade in shades_for(450)]
    assert ["1", "2"] == [shade.label for shade in shades_for(2)]
