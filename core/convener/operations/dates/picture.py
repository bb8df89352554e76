"""The picture of proposed dates, as one page that people can discuss."""

from collections.abc import Sequence
from pathlib import Path

from convener.model import DateProposal
from convener.operations.dates.proposing import with_pods
from convener.operations.pages import write_page
from convener.operations.workspace import Scope, Workspace
from convener.reporting.proposals import dates_page


def write_picture(
    workspace: Workspace, path: Path, scope: str, proposal: DateProposal, notices: Sequence[str] = ()
) -> None:
    """Write *proposal* as a page to *path*, whole or not at all; raise UsageError for an ending other than .html."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = with_pods(tx, ruleset)
    write_page(workspace, path, ruleset, "dates", dates_page(ruleset, register, proposal, notices))
