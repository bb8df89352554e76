"""Why each date: who can come, what it costs, and what would have been next best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from convener.planning.dates.bill import Bill
from convener.planning.dates.layout import Plot
from convener.planning.dates.series import FAR, IntArray
from convener.planning.dates.wording import absent, if_needed, when
from convener.planning.pods.question import joined
from convener.rulesets.kinds import Quorum


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A pod's series as chosen, and what every other node would make of it."""

    plot: Plot
    path: tuple[int, ...]
    bills: Sequence[Bill]
    through: IntArray
    """(layers, nodes) least cost of a series that takes the node there, with all other pods as they are."""
    moving: int
    """What moving a confirmed session is priced at."""

    @property
    def price(self) -> int:
        """What the series costs, moves included."""
        return self.plot.series.price(self.path)


def why(chosen: Chosen, layer: int) -> Iterable[str]:
    """Say of one session who can come, who cannot, how it stands to the session before, and what is next best."""
    plot, node = chosen.plot, chosen.path[layer]
    judged, question, slot = plot.judged, plot.question, plot.local[node].item()
    party = judged.party
    size, can = int(party.size[slot]), int(party.can[slot])
    yield f"{can} of {size} can come{_needed(plot, size)}"
    away = absent(judged, slot)
    if away:
        yield f"cannot: {joined([question.name(person) for person in away])}"
    mild = if_needed(question, present(plot, slot), slot)
    if mild:
        yield f"only if needed: {joined(mild)}"
    if layer:
        yield f"{int(plot.days[node] - plot.days[chosen.path[layer - 1]])} days after the session before"
    paid = [f"{name} {item.cost}" for name, item in sorted(chosen.bills[layer].items()) if item.cost]
    if paid:
        yield f"costs {joined(paid)}"
    yield from _next_best(chosen, layer)


def present(plot: Plot, slot: int) -> list[str]:
    """Return ids of the members and coach of a pod on the day of a slot."""
    party = plot.judged.party
    members = [person for at, person in enumerate(party.members) if party.here[at, slot]]
    return [*members, *(coach for at, coach in enumerate(party.coaches) if party.leads[at, slot])]


def _needed(plot: Plot, size: int) -> str:
    rules = [rule for rule, _ in plot.judged.units.values() if rule.inflexible]
    needed = [rule.terms.needed(size) for rule in rules if isinstance(rule.terms, Quorum)]
    return f", {max(needed)} are needed" if needed else ""


def _next_best(chosen: Chosen, layer: int) -> Iterable[str]:
    row = chosen.through[layer].copy()
    row[chosen.path[layer]] = FAR
    best = int(np.argmin(row)) if len(row) else 0
    if len(row) and row[best] < FAR:
        slot = chosen.plot.question.slots[chosen.plot.local[best].item()]
        yield f"next best: {when(chosen.plot.question, slot)}, {dearer(chosen, int(row[best]))}"


def dearer(chosen: Chosen, cost: int) -> str:
    """Say how much more than the chosen series one of *cost* would cost, and how many more sessions it would move."""
    moves, more = extra(chosen, cost)
    said = f"costs {more} more" if more > 0 else f"costs {-more} less" if more < 0 else "costs the same"
    return f"{said} and moves {moves} more" if moves else said


def extra(chosen: Chosen, cost: int) -> tuple[int, int]:
    """Return how many more confirmed sessions a series of *cost* moves, and what it costs more besides."""
    more = cost - chosen.price
    moves = (more + chosen.moving // 2) // chosen.moving if chosen.moving else 0
    return moves, more - moves * chosen.moving
