"""Which pod of today each pod goes on as, and who moves."""

from collections import Counter
from collections.abc import Sequence

from ortools.graph.python import min_cost_flow

from convener.planning.pods.carriers import KeptPod
from convener.planning.pods.question import PodQuestion


def standing_pods(question: PodQuestion, members: Sequence[Sequence[str]]) -> list[KeptPod | None]:
    """Return the pod of today that each pod goes on as, None for a new one: as many people as possible stay."""
    place = {pod.id: at for at, pod in enumerate(question.standing)}
    stay = Counter((at, place[question.today[p]]) for at, pod in enumerate(members) for p in pod if p in question.today)
    flow = min_cost_flow.SimpleMinCostFlow()
    first, sink = len(members), len(members) + len(place)
    for (at, pod), count in sorted(stay.items()):
        flow.add_arc_with_capacity_and_unit_cost(at, first + pod, 1, -count)
    for pod in range(len(place)):
        flow.add_arc_with_capacity_and_unit_cost(first + pod, sink, 1, 0)
    for at in range(len(members)):
        flow.add_arc_with_capacity_and_unit_cost(at, sink, 1, 0)
        flow.set_node_supply(at, 1)
    flow.set_node_supply(sink, -len(members))
    flow.solve()
    found: list[KeptPod | None] = [None] * len(members)
    for arc in range(len(stay)):
        if flow.flow(arc):
            found[flow.tail(arc)] = question.standing[flow.head(arc) - first]
    return found


def moves_of(question: PodQuestion, members: Sequence[Sequence[str]]) -> int:
    """Return how many people sit in another pod than today."""
    homes = standing_pods(question, members)
    stay = sum(
        home is not None and question.today.get(p) == home.id
        for home, pod in zip(homes, members, strict=True)
        for p in pod
    )
    return len(question.today) - stay
