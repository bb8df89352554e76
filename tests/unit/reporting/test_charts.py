"""The geometry of lines."""

import pytest

from convener.reporting.charts import Frame, curve, floor_of_axis

FRAME = Frame(width=120, height=100, left=10, right=10, top=0, bottom=0, low=0.0, high=1.0)


def test_a_line_runs_from_edge_to_edge() -> None:
    """The first point stands at the left edge, the last at the right, one at the top, nothing at the bottom."""
    line = curve([0.0, 0.5, 1.0], ["a", "b", "c"], FRAME)

    assert "M10 100 L60 50 L110 0" == line.path
    assert ["a", "b", "c"] == [point.label for point in line.points]


def test_a_gap_in_the_values_is_a_gap_in_the_line() -> None:
    """A session that was not held is not drawn through."""
    line = curve([0.0, None, 1.0], ["a", "b", "c"], FRAME)

    assert "M10 100 M110 0" == line.path
    assert 2 == len(line.points)


def test_values_outside_the_frame_stay_at_its_edge() -> None:
    """Nothing is drawn over the labels."""
    assert (0.0, 100.0) == (FRAME.y(1.4), FRAME.y(-0.4))


def test_a_lone_point_stands_in_the_middle() -> None:
    """One session has no span to divide."""
    assert 60.0 == FRAME.x(0, 1)


@pytest.mark.parametrize(("values", "low"), [([0.5, 0.9], 0.5), ([0.4, None], 0.0), ([None], 0.0)])
def test_the_axis_begins_at_one_half_only_when_all_lies_above(values: list[float | None], low: float) -> None:
    """A zoomed axis never cuts a value off."""
    assert low == floor_of_axis(values)
