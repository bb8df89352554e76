"""A plan in the making."""

from collections.abc import Callable
from typing import Any

from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.plan import new_plan, spread
from convener.planning.pods.local.search import roam
from convener.planning.pods.local.seats import first_seats, seats_of


def test_a_plan_goes_back_to_its_best(world: Callable[..., Any]) -> None:
    """R8: what heat has spoiled is forgotten, and what a restart loses is kept."""
    question, frames = world(7)
    cells = encode(question, frames)
    plan = new_plan(cells, frames, first_seats(question, frames, None, cells), 1)
    begun = plan.now()
    plan.cut(1)
    for heat in (0, 1 << 20):
        roam(plan.cells, plan.pieces[0].notes, plan.pieces[0].lane, heat, 400)
        plan.gather(heat, 400)
        plan.keep()
    best, seats = plan.now(), seats_of(plan.cells)
    plan.restart()
    again = plan.now()
    plan.keep()

    assert best == min(best, begun)
    assert begun == min(begun, again)
    assert (best, seats) == (plan.now(), seats_of(plan.cells))


def test_courses_start_far_apart() -> None:
    """N6: every seed and number gives another start of chance."""
    starts = {spread(seed, number) for seed in range(10) for number in range(4)}

    assert 40 == len(starts)
    assert max(starts) - min(starts) > 1 << 29
