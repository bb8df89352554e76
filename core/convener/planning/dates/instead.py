"""What one session might be instead: the best free slots with what they would cost, and those that are forbidden."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from convener.errors import UsageError
from convener.model import Availability, Commitment, DateProposal, Instead, Register
from convener.planning.dates.bill import Bill, bills
from convener.planning.dates.explanation import Chosen, extra
from convener.planning.dates.layout import Layout, Plot, lay_out
from convener.planning.dates.outcome import choose
from convener.planning.dates.posing import pose
from convener.planning.dates.series import FAR
from convener.planning.dates.solver import again
from convener.planning.dates.wording import absent, day_of, forbidding
from convener.planning.pods.question import joined
from convener.rulesets.ruleset import Ruleset

FREE = 5
"""Free slots that are told, cheapest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One session of a pod's chosen series, and the slots that other pods take."""

    chosen: Chosen
    layer: int
    taken: frozenset[int]


def explain_session(  # noqa: PLR0913 - it answers the public face
    ruleset: Ruleset,
    register: Register,
    proposal: DateProposal,
    session: str,
    availability: Availability,
    *,
    earliest: datetime,
    commitments: Sequence[Commitment] = (),
) -> tuple[Instead, ...]:
    """Return the five best slots that *session*, `programme/pod/number`, might take, and those it may not.

    Other pods stay as they are; other sessions of its pod may move, and are named. Forbidden slots are told between
    the sessions before and after. Raises UsageError for an unknown session and when the question has changed since.
    """
    question = pose(ruleset, register, availability, earliest, commitments, replan=bool(proposal.moved))
    layout = lay_out([question])
    paths = [_path(plot, proposal) for plot in layout.plots]
    at, layer = _find(layout, session)
    if layout.plots[at].pod.numbers[layer] in layout.plots[at].pod.settled:
        return ()
    seen = Seen(choose(layout, paths)[at], layer, layout.sharing.blocked(paths)[at])
    return (*_free(seen), *_forbidden(seen))


def _path(plot: Plot, proposal: DateProposal) -> tuple[int, ...]:
    """Return the nodes that *proposal* takes for a pod."""
    spans = {s.number: (s.starts, s.ends) for s in proposal.sessions if s.pod == plot.pod.id}
    path: list[int] = []
    for layer, number in enumerate(plot.pod.numbers):
        nodes = [at for at, span in enumerate(plot.stretches) if span == spans.get(number)]
        usable = [at for at in nodes if plot.series.cost[layer, at] < FAR]
        if not usable:
            raise UsageError(
                f"{plot.pod.id}/{number} can no longer be as proposed: answers, pods or rules have changed since",
                hint=f"run: convener dates propose {plot.question.ruleset.scope}",
            )
        path.append(usable[0])
    return tuple(path)


def _find(layout: Layout, session: str) -> tuple[int, int]:
    pod, _, number = session.rpartition("/")
    for at, plot in enumerate(layout.plots):
        if plot.pod.id == pod and number in {str(each) for each in plot.pod.numbers}:
            return at, [str(each) for each in plot.pod.numbers].index(number)
    raise UsageError(f"there is no session {session!r}", hint="write it as programme/pod/number")


def _free(seen: Seen) -> Iterable[Instead]:
    chosen, layer = seen.chosen, seen.layer
    row = chosen.through[layer].copy()
    row[chosen.path[layer]] = FAR
    for node in np.argsort(row, kind="stable")[:FREE].tolist():
        if row[node] < FAR:
            path = _with(seen, node)
            cost = extra(chosen, int(row[node]))[1]
            yield Instead(what=_start(chosen.plot, node), partner=None, cost=cost, rules=tuple(_otherwise(seen, path)))


def _with(seen: Seen, node: int) -> tuple[int, ...]:
    """Return the best series that takes *node* as this session; of equals the one that moves the fewest others."""
    series, path = seen.chosen.plot.series, seen.chosen.path
    scale = series.layers + 1
    cost = np.where(series.cost < FAR, series.cost * scale + 1, FAR)
    cost[np.arange(len(path)), path] -= 1
    others = np.arange(cost.shape[1]) != node
    cost[seen.layer, others] = FAR
    between = np.where(series.between < FAR, series.between * scale, FAR)
    found = again(replace(series, cost=cost, between=between), seen.taken)
    return found[1] if found else path


def _start(plot: Plot, node: int) -> str:
    return plot.question.local(plot.stretches[node][0]).isoformat()


def _otherwise(seen: Seen, path: Sequence[int]) -> Iterable[str]:
    """Say what counts differently on *path*: rules, who cannot come, which other sessions move."""
    chosen, plot = seen.chosen, seen.chosen.plot
    before, after = _sum(chosen.bills), _sum(bills(plot, path))
    for name in sorted({*before, *after}):
        more = after.get(name, 0) - before.get(name, 0)
        if more:
            yield f"{name} costs {abs(more)} {'more' if more > 0 else 'less'}"
    slot = plot.local[path[seen.layer]].item()
    away = [plot.question.name(person) for person in absent(plot.judged, slot)]
    if away:
        yield f"cannot: {joined(away)}"
    for layer, number in enumerate(plot.pod.numbers):
        if layer != seen.layer and path[layer] != chosen.path[layer]:
            yield f"{plot.pod.id}/{number} moves to {day_of(plot.question, plot.stretches[path[layer]][0])}"


def _sum(found: Sequence[Bill]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for bill in found:
        for name, item in bill.items():
            totals[name] = totals.get(name, 0) + item.cost
    return totals


def _forbidden(seen: Seen) -> Iterable[Instead]:
    chosen, plot, layer = seen.chosen, seen.chosen.plot, seen.layer
    first = plot.days[chosen.path[layer - 1]].item() if layer else 0
    last = plot.days[chosen.path[layer + 1]].item() if layer + 1 < len(chosen.path) else FAR
    nodes = {slot: node for node, slot in enumerate(plot.local.tolist()) if slot >= 0}
    grid = plot.judged.party.grid
    for slot, day in enumerate(grid.days.tolist()):
        node = nodes.get(slot)
        if not first < day < last or slot in plot.question.unasked or node == chosen.path[layer]:
            continue
        if node is None:
            reasons = list(forbidding(plot.judged, slot))
        elif chosen.through[layer, node] < FAR:
            continue
        else:
            reasons = list(_unreached(seen, node))
        start = plot.question.local(plot.question.slots[slot].starts).isoformat()
        yield Instead(what=start, partner=None, cost=None, rules=tuple(reasons))


def _unreached(seen: Seen, node: int) -> Iterable[str]:
    """Say why a slot that the pod could use by itself is no part of any series."""
    plot = seen.chosen.plot
    if int(plot.series.slots[node]) in seen.taken:
        shared = [plot.question.name(person) for person in plot.series.uses]
        yield f"another pod meets then, or too many do that day, with {joined(shared)}"
    else:
        hard = [name for name, inflexible, _, _ in (*plot.steps.gaps, *plot.steps.patterns) if inflexible]
        yield f"{joined(hard) or 'the order of sessions'}: no dates for the other sessions go with it"
