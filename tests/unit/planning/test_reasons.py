"""The face of explanations."""

from datetime import UTC, date, datetime
from typing import Any

from convener.planning import explain_seat, explain_session


def test_a_seat_is_explained_through_the_face(planned_northern: Any) -> None:
    """Every other pod is told, whatever it costs (R7)."""
    found = planned_northern
    person = found.pods.pods[0].seats[0].person
    others = explain_seat(found.ruleset, found.before, found.pods, person, day=date(2026, 12, 1))

    assert {pod.id for pod in found.pods.pods[1:]} == {other.what for other in others}


def test_a_session_is_explained_through_the_face(planned_northern: Any) -> None:
    """Other slots of a session, the cheapest first (R11)."""
    found = planned_northern
    others = explain_session(
        found.ruleset,
        found.register,
        found.dates,
        "primary-care/durham/3",
        found.availability,
        earliest=datetime(2026, 12, 20, tzinfo=UTC),
    )
    costs = [other.cost for other in others if other.cost is not None]

    assert costs == sorted(costs) != []
