"""The calendar on the terminal."""

import io
from datetime import date

import pytest
from rich.console import Console

from convener.cli.heatmap import heatmap
from convener.reporting.calendar import calendar_of

CHRISTMAS = date(2026, 12, 25)
COUNTS = {date(2026, 12, 24): 2445, date(2027, 1, 18): 12, date(2027, 1, 19): 3}
CALENDAR = calendar_of((date(2026, 12, 7), date(2027, 1, 31)), COUNTS, {date(2027, 1, 19): 1}, {CHRISTMAS})


def drawn(width: int, *, plain: bool = True) -> list[str]:
    """Return the lines of the map as a terminal of that many columns shows them."""
    system = None if plain else "truecolor"
    console = Console(file=io.StringIO(), width=width, no_color=plain, force_terminal=not plain, color_system=system)
    with console.capture() as shown:
        for line in heatmap(CALENDAR, console):
            console.print(line, soft_wrap=True)
    return shown.get().splitlines()


def test_a_wide_terminal_shows_counts_and_a_narrow_one_signs() -> None:
    """Both mark sessions and holidays, and sum each month."""
    wide, narrow = drawn(140), drawn(80)

    assert "2k" in wide[1]
    assert " 12  3•" in wide[2]
    assert "▒ ░•" in narrow[2]
    sums = [[line.split()[-1] for line in lines[1:3]] for lines in (wide, narrow)]
    assert [["2445", "15"]] * 2 == sums
    assert "=" in narrow[1]


@pytest.mark.parametrize("width", [80, 140])
def test_every_line_fits_its_terminal(width: int) -> None:
    """Nothing wraps at eighty columns nor at a hundred and forty, and columns stand below their day."""
    lines = drawn(width)

    assert width >= max(map(len, lines))
    assert len(lines[1]) == len(lines[2]) == len(lines[0])


def test_colours_shade_the_cells_and_are_left_out_when_not_wanted() -> None:
    """NO_COLOR shows signs instead, and the legend explains either."""
    coloured, plain = "\n".join(drawn(80, plain=False)), "\n".join(drawn(80))

    assert "\x1b[" in coloured
    assert "\x1b[3" not in plain
    assert "█" in plain
    assert all("session" in text and "holiday" in text for text in (coloured, plain))
