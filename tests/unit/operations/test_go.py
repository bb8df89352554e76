"""Going live."""

import pytest

from convener.errors import UsageError
from convener.model import ProgrammeState
from convener.operations.go import go
from convener.operations.sync import sync

SCOPE = "northern-health/primary-care"


def test_a_programme_without_pods_stays_a_draft(draft) -> None:
    """`go` names what comes first (R30)."""
    sync(draft.workspace, "northern-health")
    with pytest.raises(UsageError, match="has no pods yet"):
        go(draft.workspace, SCOPE)

    assert ProgrammeState.DRAFT is draft.register.state


def test_a_live_programme_does_not_go_live_again(live) -> None:
    """A second `go` is refused and changes nothing."""
    before = live.register
    with pytest.raises(UsageError, match="is live already"):
        go(live.workspace, SCOPE)

    assert before == live.register


def test_the_moment_of_go_is_an_event(live) -> None:
    """The register knows since when it is live."""
    register = live.register

    assert (ProgrammeState.LIVE, live.clock.now()) == (register.state, register.live_since)
