"""Ceilings."""

from convener_files.limits import LIMITS, too_many


def test_the_ceilings_leave_room_for_the_largest_programme() -> None:
    """R26: 350 pods of eight with answers for every working day of a year pass."""
    assert LIMITS.rows >= 350 * 8
    assert LIMITS.cells >= 350 * 8 * 260
    assert LIMITS.columns >= 2 * 260


def test_a_refusal_names_the_ceiling() -> None:
    """The number is readable, the cure is there."""
    error = too_many("a.csv", "rows", 50_000)

    assert "a.csv: more than 50,000 rows" == str(error)
    assert error.hint
