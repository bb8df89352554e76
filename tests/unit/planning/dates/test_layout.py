"""The question on arrays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from convener.model import Session, SessionStatus
from convener.planning.dates.layout import lay_out
from convener.planning.dates.posing import pose
from convener.planning.dates.series import FAR
from convener.planning.dates.solver import again

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=5 * number) for number in range(8)]


def test_a_session_that_keeps_its_date_has_one_node(make: Any) -> None:
    """R10: no other session may take it, and it takes nothing else."""
    at = datetime(2027, 2, 3, 10, tzinfo=UTC)
    held = Session(pod="lead/one", number=2, topic="", status=SessionStatus.HELD, starts=at, ends=at)
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]}).with_session(held)

    [plot] = lay_out([pose(make.ruleset(), known, make.availability(DAYS, {"ana": "y" * 8}), EARLIEST)]).plots

    assert [0, -1, 1, 2] == plot.series.slots.tolist()[:4]
    assert [1] == [node for node, cost in enumerate(plot.series.cost[1].tolist()) if cost < FAR]
    assert [FAR, FAR] == plot.series.cost[[0, 2], 1].tolist()


def test_moving_costs_more_than_all_else(make: Any) -> None:
    """R10: a plan that keeps a confirmed date is cheaper than any that does not, whatever that costs."""
    at = datetime(2027, 2, 6, 10, tzinfo=UTC)
    kept = Session(
        pod="lead/one", number=1, topic="", status=SessionStatus.CONFIRMED, starts=at, ends=at + timedelta(hours=2)
    )
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]}).with_session(kept)
    answers = make.availability(DAYS, {"ana": "ynyyyyyy"})

    layout = lay_out([pose(make.ruleset(), known, answers, EARLIEST, replan=True)])
    found = again(layout.plots[0].series, ())

    assert found is not None
    assert [] == layout.plots[0].moved(found[1])
    assert [1] == layout.plots[0].moved((0, 2, 3))
    assert layout.moving > found[0] == 3


def test_steps_are_shared_by_pods_with_the_same_slots(make: Any) -> None:
    """N6: one matrix for all pods that may use the same slots under the same rules."""
    known = make.pods(
        make.register({"ana": {}, "ben": {}, "cy": {}}), {"one": ["ana"], "two": ["ben"], "three": ["cy"]}
    )
    own = make.rule("black", "blackout", dates=("2027-02-06",))
    rules = make.ruleset(pod_rules={"three": {"black": own}})

    layout = lay_out([pose(rules, known, make.availability(DAYS, {}), EARLIEST)])
    one, three, two = (plot.series.between for plot in layout.plots)

    assert one is two
    assert (8, 7) == (len(two), len(three))


def test_a_pod_without_sessions_is_left_out(make: Any) -> None:
    """R10: where every session is cancelled there is nothing to plan, and its view stays."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    off = {
        f"lead/one/{n}": Session(pod="lead/one", number=n, topic="", status=SessionStatus.CANCELLED) for n in (1, 2, 3)
    }

    layout = lay_out([pose(make.ruleset(), replace(known, sessions=off), make.availability(DAYS, {}), EARLIEST)])

    assert ((), 1) == (layout.plots, len(layout.judged))
