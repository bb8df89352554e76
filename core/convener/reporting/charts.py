"""The geometry of the few charts of a report; the template draws it as SVG.

Coordinates are those of the SVG's own view box: x grows to the right, y grows downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A plotting area within a view box, with the values at its lower and upper edge."""

    width: int = 300
    height: int = 150
    left: int = 36
    right: int = 14
    top: int = 16
    bottom: int = 24
    low: float
    high: float

    def x(self, index: int, count: int) -> float:
        """Return where the point *index* of *count* stands, the ends at the edges; a lone one in the middle."""
        span = self.width - self.left - self.right
        return round(self.left + (span * index / (count - 1) if count > 1 else span / 2), 1)

    def y(self, value: float) -> float:
        """Return the height of *value*; what lies outside the frame is put at its edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.height - self.bottom - share * (self.height - self.top - self.bottom), 1)


@dataclass(frozen=True, slots=True)
class Point:
    """A point with what it stands for."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A line with its points; a gap in the values is a gap in the line."""

    path: str
    points: tuple[Point, ...]


def curve(values: Values, labels: Sequence[str], frame: Frame) -> Curve:
    """Return the line through *values*, evenly spaced; None leaves a gap."""
    steps: list[str] = []
    points: list[Point] = []
    pen_down = False
    for index, value in enumerate(values):
        if value is not None:
            point = Point(frame.x(index, len(values)), frame.y(value), labels[index])
            steps.append(f"{'L' if pen_down else 'M'}{point.x:g} {point.y:g}")
            points.append(point)
        pen_down = value is not None
    return Curve(" ".join(steps), tuple(points))


def floor_of_axis(values: Values) -> float:
    """Return where a share axis begins: at one half while everything lies above it, otherwise at nothing."""
    known = [value for value in values if value is not None]
    half = 0.5
    return half if known and min(known) >= half else 0.0
