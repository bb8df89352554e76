"""Going live."""

import pytest

from convener.errors import RefusedError, UsageError
from convener.model import ProgrammeState
from convener.operations import pods
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


def test_an_inflexible_requirement_that_is_not_met_refuses_by_name(draft) -> None:
    """Nobody starts without a line manager where the rules say so (R27)."""
    rules = draft.workspace.folder / "rulesets" / "northern-health.toml"
    rule = (
        "\n[programmes.primary-care.rules.toolkit-complete]\nkind = 'require'\nflexibility = 'inflexible'\n"
        "each = 'participant'\nrequire = 'manager.known'\nwhy = 'Toolkits need a reader.'\n"
    )
    rules.write_text(rules.read_text(encoding="utf-8") + rule, encoding="utf-8")
    roster = draft.workspace.folder / "data" / "northern-health.csv"
    text = roster.read_text(encoding="utf-8")
    roster.write_text(text.replace("Mairead Rahman,mairead.rahman@northern.example", ",", 1), encoding="utf-8")
    sync(draft.workspace, "northern-health")
    pods.propose(draft.workspace, SCOPE)
    pods.accept(draft.workspace, SCOPE)
    with pytest.raises(RefusedError) as caught:
        go(draft.workspace, SCOPE)

    assert ("toolkit-complete",) == caught.value.rules
    assert "chiara.grant@northern.example" in str(caught.value)
    assert ProgrammeState.DRAFT is draft.register.state
