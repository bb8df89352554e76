"""Which dates are others than before."""

from dataclasses import replace
from datetime import timedelta

from convener.operations import dates
from convener.operations.dates import redated

SCOPE = "northern-health/primary-care"


def test_only_sessions_that_start_at_another_moment_are_told(live) -> None:
    """One later session is one line, one that is gone another; equal proposals have none (R8)."""
    before, _ = dates.show(live.workspace, SCOPE)
    first, second, *rest = before.sessions
    later = replace(first, starts=first.starts + timedelta(days=1))
    found = redated(before, replace(before, sessions=(later, *rest)))

    assert () == redated(before, before)
    assert [(first.starts, later.starts), (second.starts, None)] == [(each.before, each.after) for each in found]
    assert f"{first.pod}/{first.number}" == found[0].session
