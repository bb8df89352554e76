"""Pictures as pages: one file, whole or not at all, that any browser shows and prints."""

from collections.abc import Mapping
from pathlib import Path

from convener.durable import write_whole
from convener.errors import UsageError
from convener.operations.workspace import Workspace
from convener.rulesets.ruleset import Ruleset

ENDINGS = (".html", ".htm")


def refuse_ending(path: Path) -> None:
    """Raise UsageError unless *path* ends as a page does."""
    if path.suffix not in ENDINGS:
        raise UsageError(f"{path.name!r} is no page", hint=f"let it end in {ENDINGS[0]}")


def write_page(workspace: Workspace, path: Path, ruleset: Ruleset, name: str, context: Mapping[str, object]) -> None:
    """Write the report page *name* with *context* to *path*; raise UsageError for an ending that is no page's."""
    refuse_ending(path)
    text = workspace.renderer.page(name, context, zone=ruleset.zone, locale=ruleset.locale)
    write_whole(path, text.strip().encode() + b"\n")
