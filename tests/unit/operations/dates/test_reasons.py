"""Why a session is when it is."""

import pytest

from convener.errors import UsageError
from convener.operations import dates, pods
from convener.operations.sync import sync

SCOPE = "northern-health/primary-care"


def test_other_slots_are_told_with_what_they_would_cost(draft) -> None:
    """Of one proposed session the runner-ups, the cheapest first (R11)."""
    sync(draft.workspace, "northern-health")
    for room in (pods, dates):
        room.propose(draft.workspace, SCOPE)
        if room is pods:
            pods.accept(draft.workspace, SCOPE)
    found = dates.why(draft.workspace, f"{SCOPE}/durham/4")
    costs = [other.cost for other in found.others if other.cost is not None]

    assert ("primary-care/durham", 4) == (found.session.pod, found.session.number)
    assert costs == sorted(costs)
    assert found.session.starts not in {found.starts(other) for other in found.others}


def test_an_unknown_session_is_refused(live) -> None:
    """There is no tenth session."""
    with pytest.raises(UsageError, match="no session primary-care/durham/10"):
        dates.why(live.workspace, f"{SCOPE}/durham/10")
