"""The calendar as it is drawn."""

from datetime import date

from convener.reporting.calendar import calendar_of
from convener.reporting.calendar_panel import GAP, HIGH, LEFT, TOP, WIDE, panel_of

CHRISTMAS = date(2026, 12, 25)
COUNTS = {date(2026, 12, 24): 445, CHRISTMAS: 3, date(2027, 1, 18): 12}
PANEL = panel_of(
    calendar_of((date(2026, 12, 7), date(2027, 1, 31)), COUNTS, {date(2027, 1, 18): 2}, {CHRISTMAS}),
    {CHRISTMAS: "Christmas Day"},
)
SQUARES = {square.title.partition(":")[0]: square for row in PANEL.rows for square in row.squares}


def test_a_day_stands_in_its_column_and_a_month_in_its_line() -> None:
    """Cells stand side by side and months one below the other."""
    square = SQUARES["Monday 18 January 2027"]

    assert (LEFT + 17 * (WIDE + GAP), TOP + HIGH + GAP) == (square.x, square.y)
    assert ["Dec 2026", "Jan 2027"] == [row.label for row in PANEL.rows]
    assert 31 == len(PANEL.heads)


def test_every_cell_says_in_words_what_it_shows() -> None:
    """Nothing is told by shade alone: date, count, sessions and the holiday's name are there to be read."""
    christmas = SQUARES["Friday 25 December 2026 (Christmas Day)"]

    assert "Friday 25 December 2026 (Christmas Day): 3 messages" == christmas.title
    assert "Monday 18 January 2027: 12 messages, 2 sessions" == SQUARES["Monday 18 January 2027"].title
    assert "Tuesday 19 January 2027: nothing goes out" == SQUARES["Tuesday 19 January 2027"].title
    assert (True, False) == (christmas.is_holiday, christmas.has_session)


def test_figures_stay_readable_on_dark_shades() -> None:
    """The darkest shades carry light figures; a quiet day is of its kind."""
    assert "level-5 dark" == SQUARES["Thursday 24 December 2026"].shade
    assert ["weekend", "working"] == [SQUARES[f"{day} December 2026"].shade for day in ("Saturday 26", "Monday 28")]


def test_months_are_summed_and_empty_sums_left_out() -> None:
    """Beside each month stand its messages and sessions."""
    assert [("448", ""), ("12", "2")] == [(row.count, row.sessions) for row in PANEL.rows]


def test_the_legend_explains_everything_a_cell_can_say() -> None:
    """Every shade by its counts, and sessions, weekends and holidays."""
    assert ["1-3", "4-11", "12-39", "40-131", "132-445", "session", "weekend", "holiday"] == [
        entry.label for entry in PANEL.legend
    ]
    assert PANEL.width > max(entry.x for entry in PANEL.legend)
