"""The question on arrays: a series for each pod over the slots it may use, and what pods cannot use at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convener.model import Session
from convener.planning.dates.judging import Judged, judge
from convener.planning.dates.limits import Sharing, limits
from convener.planning.dates.question import DatesQuestion, PodDates, Stretch, sitting_twice, stretch
from convener.planning.dates.series import FAR, IntArray, Series
from convener.planning.dates.slots import Grid, clock
from convener.planning.dates.steps import DRIFT, Steps

MOST = FAR // 1_000
"""The most that moving one confirmed session may cost."""


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """One pod's nodes, by time, with what is known of each."""

    judged: Judged
    steps: Steps
    series: Series
    local: IntArray
    """(m,) for each node its slot of the pod's own question, -1 for a session that keeps its date."""
    stretches: tuple[Stretch, ...]
    days: IntArray
    form: IntArray
    late: IntArray
    """(m,) what each node costs as the first session, for coming late."""
    homes: dict[int, int]
    """For each layer of a confirmed session that may move, the node of its date, -1 when no rule allows it."""

    @property
    def pod(self) -> PodDates:
        """The pod."""
        return self.judged.pod

    @property
    def question(self) -> DatesQuestion:
        """The question it belongs to."""
        return self.judged.party.grid.question

    def moved(self, path: Sequence[int]) -> list[int]:
        """Return the numbers of the confirmed sessions that *path* moves."""
        return [self.pod.numbers[layer] for layer, home in sorted(self.homes.items()) if path[layer] != home]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Everything a solver needs, and the way back."""

    plots: tuple[Plot, ...]
    sharing: Sharing
    moving: int
    """What moving one confirmed session costs: more than all else together."""
    bare: tuple[Judged, ...]
    """Pods that have no session to plan nor to keep."""

    @property
    def judged(self) -> list[Judged]:
        """Every pod's view of the slots."""
        return [*(plot.judged for plot in self.plots), *self.bare]


def lay_out(questions: Sequence[DatesQuestion]) -> Layout:
    """Lay out every pod of *questions*; programmes asked together share coaches and people."""
    places = sorted({(slot.starts, slot.ends) for question in questions for slot in question.slots})
    index = {place: at for at, place in enumerate(places)}
    judged: list[tuple[Judged, IntArray]] = []
    for question in questions:
        grid = Grid(question)
        where = np.array([index[slot.starts, slot.ends] for slot in question.slots], dtype=np.int64)
        judged += [(judge(grid, pod), where) for pod in question.pods]
    doubled = sitting_twice(pod for question in questions for pod in question.pods)
    memo: Memo = {}
    drafts = [_draft(each, where, doubled, memo) for each, where in judged if each.pod.numbers]
    moving = _moving(drafts)
    plots = tuple(_priced(plot, moving) for plot in drafts)
    bare = tuple(each for each, _ in judged if not each.pod.numbers)
    series = [plot.series for plot in plots]
    return Layout(plots, Sharing.of(limits(questions, series, places), series), moving, bare)


Memo = dict[tuple[Steps, bytes, bytes, bytes], IntArray]
"""Matrices of steps, by what they follow from."""


def _draft(judged: Judged, where: IntArray, doubled: set[str], memo: Memo) -> Plot:
    pod, grid = judged.pod, judged.party.grid
    free = np.flatnonzero(judged.allowed).tolist()
    nodes: list[tuple[Stretch, int, int]] = [
        ((grid.question.slots[at].starts, grid.question.slots[at].ends), at, 0) for at in free
    ]
    nodes += [(stretch(session), -1, number) for number, session in pod.settled.items() if number in pod.numbers]
    nodes.sort()
    local = np.array([at for _, at, _ in nodes], dtype=np.int64)
    seen = clock([span for span, _, _ in nodes], grid.question.ruleset.zone)
    steps, form, kept = Steps.of(grid.question, pod), seen.form, local < 0
    key = (steps, seen.day.tobytes(), form.tobytes(), kept.tobytes())
    if key not in memo:
        memo[key] = steps.between(seen.day, form, kept)
    homes = {pod.numbers.index(n): _home(nodes, s) for n, s in pod.movable.items() if n in pod.numbers}
    late = _lateness(grid.question, seen.day)
    numbers = [number for _, _, number in nodes]
    series = Series(
        pod=pod.id,
        slots=np.where(kept, -1, where[local] if len(where) else -1),
        cost=_costs(judged, local, numbers, homes, late),
        between=memo[key],
        uses=(*judged.party.coaches, *(person for person in judged.party.members if person in doubled)),
    )
    return Plot(judged, steps, series, local, tuple(span for span, _, _ in nodes), seen.day, form, late, homes)


def _home(nodes: Sequence[tuple[Stretch, int, int]], session: Session) -> int:
    own = stretch(session)
    return next((at for at, (span, slot, _) in enumerate(nodes) if span == own and slot >= 0), -1)


def _lateness(question: DatesQuestion, days: IntArray) -> IntArray:
    if question.ruleset.sessions.every is None:
        return np.zeros(len(days), dtype=np.int64)
    return np.maximum(days - question.first_day.toordinal(), 0) // DRIFT


def _costs(judged: Judged, local: IntArray, numbers: Sequence[int], homes: dict[int, int], late: IntArray) -> IntArray:
    """(layers, nodes) costs by answers, flexible rules and start; the price of moving comes on top."""
    pod = judged.pod
    asked = judged.party.grid.asked()
    kept = local < 0
    common = np.where(kept, FAR, judged.cost[local] if len(judged.cost) else FAR)
    common[~kept & ~asked[local]] = FAR
    cost = np.tile(common, (len(pod.numbers), 1))
    for layer, number in enumerate(pod.numbers):
        if number in pod.settled:
            cost[layer] = FAR
            cost[layer, list(numbers).index(number)] = 0
    for layer, home in homes.items():
        if home >= 0:
            cost[layer, home] = judged.cost[local[home]] - judged.hurry[local[home]]
    if pod.numbers[0] not in pod.settled:
        cost[0] = np.minimum(cost[0] + late, FAR)
    return cost


def _moving(drafts: Sequence[Plot]) -> int:
    """Return a price above the dearest and the cheapest plan's difference, where any session may move."""
    if not any(plot.homes for plot in drafts):
        return 0
    worst = 1
    for plot in drafts:
        cost, between = plot.series.cost, plot.series.between
        worst += int(np.where(cost < FAR, cost, 0).max(axis=1, initial=0).sum())
        worst += (plot.series.layers - 1) * int(between[between < FAR].max(initial=0))
    return min(worst, MOST)


def _priced(plot: Plot, moving: int) -> Plot:
    """Add the price of moving to every node that is not a confirmed session's own."""
    for layer, home in plot.homes.items():
        row = plot.series.cost[layer]
        others = np.arange(len(row)) != home
        row[others & (row < FAR)] += moving
    return plot
