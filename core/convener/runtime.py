"""The composition root: the one place that knows every room."""

import os
from collections.abc import Mapping
from pathlib import Path

from convener.bundled import bundled
from convener.clock import Clock, SystemClock
from convener.operations.rules import RuleBook
from convener.operations.workspace import Workspace
from convener.registry import activate
from convener.rendering import Renderer
from convener.settings import Settings, load_settings
from convener.store import Store


def open_workspace(folder: Path, *, clock: Clock | None = None, environ: Mapping[str, str] | None = None) -> Workspace:
    """Open the workspace in *folder*: settings, rules, templates, connectors and database.

    Raise UsageError when it is no workspace, InvalidError when its config is wrong, StoreError when its database
    cannot be used.
    """
    settings = load_settings(folder, os.environ if environ is None else environ)
    renderer = open_renderer(folder)
    connectors = activate(
        settings.connectors,
        folder,
        defaults={"sender_name": settings.sender_name, "sender_email": settings.sender_email},
    )
    return Workspace(
        folder=folder,
        settings=settings,
        rules=open_rules(folder, settings, renderer),
        store=Store.open(settings.database, workspace=folder),
        connectors=connectors,
        renderer=renderer,
        clock=clock or SystemClock(),
    )


def open_rules(folder: Path, settings: Settings, renderer: Renderer) -> RuleBook:
    """Return the rule files of *folder*; nothing but reading, so `check` needs no database."""
    return RuleBook(folder, frozenset(settings.connectors), renderer)


def open_renderer(folder: Path) -> Renderer:
    """Return a renderer that looks in the workspace's templates first, then in the shipped ones."""
    own = folder / "templates"
    return Renderer([own, bundled("templates")] if own.is_dir() else [bundled("templates")])
