"""The small line charts of the page: attendance by pod and engagement, session after session."""

from collections.abc import Sequence
from dataclasses import dataclass

from convener.reporting.charts import Curve, Frame, Point, curve, floor_of_axis
from convener.reporting.engagement import SCORES
from convener.reporting.figures import Cell, Report
from convener.reporting.manner import NOTHING, Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One small line chart."""

    title: str
    now: str
    """The latest value, beside the title."""
    moment: str
    """Which session the latest value is of."""
    described: str
    """The values in words, for those who do not see the chart."""
    frame: Frame
    line: Curve
    beside: Curve | None
    """The line of the whole programme, for comparison."""
    across: tuple[Point, ...]
    """Lines across, with their labels."""
    below: tuple[Point, ...]
    """Labels under the chart."""
    floor: float | None
    """Height of the attendance floor."""


def trends(report: Report, manner: Manner) -> list[Panel]:
    """Return attendance over the sessions: of all pods, then of each beside it; none while nothing was held."""
    sessions = report.records("attendance-by-session")
    numbers = [int(str(row["session"])) for row in sessions]
    whole = [_float(row["value"]) for row in sessions]
    if not any(value is not None for value in whole):
        return []
    pods: dict[str, dict[int, float | None]] = {}
    for row in report.records("attendance-by-pod-and-session"):
        pods.setdefault(str(row["pod"]), {})[int(str(row["session"]))] = _float(row["value"])
    series = {manner.pod(pod): [found.get(number) for number in numbers] for pod, found in pods.items()}
    low = floor_of_axis([value for values in (whole, *series.values()) for value in values])
    frame = Frame(low=low, high=1.0)
    first = _panel(f"All {manner.many('pod')}", whole, numbers, frame, _Scale(manner, report.floor))
    beside = first.line
    rest = [
        _panel(name, values, numbers, frame, _Scale(manner, report.floor, beside)) for name, values in series.items()
    ]
    return [first, *rest]


def engagement_trend(report: Report, manner: Manner) -> Panel | None:
    """Return mean engagement over the sessions, None while there is nothing to show."""
    rows = report.records("engagement-by-session")
    values = [_float(row["value"]) for row in rows]
    if not any(value is not None for value in values):
        return None
    frame = Frame(low=float(SCORES[0]), high=float(SCORES[-1]), width=360, height=220)
    numbers = [int(str(row["session"])) for row in rows]
    return _panel(f"Mean by {manner.word('session')}", values, numbers, frame, _Scale(manner, mean=True))


@dataclass(frozen=True, slots=True)
class _Scale:
    """How a panel writes its values, and what it is compared with."""

    manner: Manner
    floor: float | None = None
    beside: Curve | None = None
    mean: bool = False

    def text(self, value: Cell) -> str:
        return self.manner.number(value, 1) if self.mean else self.manner.share(value)

    def ticks(self, frame: Frame) -> Sequence[float]:
        return SCORES if self.mean else (frame.low, (frame.low + frame.high) / 2, frame.high)

    def tick(self, value: float) -> str:
        return self.manner.number(value) if self.mean else self.manner.share(value)


def _panel(title: str, values: list[float | None], numbers: list[int], frame: Frame, scale: _Scale) -> Panel:
    labels = [scale.text(value) for value in values]
    word = scale.manner.word("session")
    known = [(number, label) for number, label, value in zip(numbers, labels, values, strict=True) if value is not None]
    return Panel(
        title=title,
        now=known[-1][1] if known else NOTHING,
        moment=f"in {word} {known[-1][0]}" if known else "",
        described=", ".join(f"{word} {number}: {label}" for number, label in known) or "nothing yet",
        frame=frame,
        line=curve(values, labels, frame),
        beside=scale.beside,
        across=tuple(Point(frame.left, frame.y(tick), scale.tick(tick)) for tick in scale.ticks(frame)),
        below=tuple(
            Point(frame.x(index, len(numbers)), frame.height - 8, str(number)) for index, number in enumerate(numbers)
        ),
        floor=frame.y(scale.floor) if scale.floor is not None and scale.floor >= frame.low else None,
    )


def _float(value: Cell) -> float | None:
    return float(value) if isinstance(value, int | float) else None
