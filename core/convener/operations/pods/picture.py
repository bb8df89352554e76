"""The picture of proposed pods, as one page that people can discuss."""

from pathlib import Path

from convener.operations.pages import write_page
from convener.operations.pods.proposing import Shown
from convener.operations.workspace import Scope, Workspace
from convener.reporting.proposals import pods_page


def write_picture(workspace: Workspace, path: Path, scope: str, shown: Shown) -> None:
    """Write the proposal *shown* as a page to *path*, whole or not at all; UsageError for another ending than .html."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    context = pods_page(ruleset, shown.register, shown.proposal, shown.costs)
    write_page(workspace, path, ruleset, "pods", context)
