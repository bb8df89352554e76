"""The composition root: the one place that knows every room."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from convener.clock import Clock, SystemClock
from convener.errors import UsageError
from convener.operations.rules import RuleBook
from convener.operations.workspace import Workspace
from convener.registry import activate
from convener.settings import load_settings
from convener.store import Store


def open_workspace(folder: Path, *, clock: Clock | None = None, environ: Mapping[str, str] | None = None) -> Workspace:
    """Open the workspace in *folder*: settings, rules, templates, connectors and database.

    Raise UsageError when it is no workspace, InvalidError when its config is wrong, StoreError when its database
    cannot be used.
    """
    settings = load_settings(folder, os.environ if environ is None else environ)
    rules = RuleBook.of(folder, settings)
    connectors = activate(settings.connectors, folder, defaults=settings.sender)
    return Workspace(
        folder=folder,
        settings=settings,
        rules=rules,
        store=Store.open(settings.database, workspace=folder),
        connectors=connectors,
        clock=clock or SystemClock(),
    )


def reconfigured(workspace: Workspace, *, environ: Mapping[str, str] | None = None) -> Workspace:
    """Return *workspace* as `config.toml` has it now, on the same database; itself when that says the same.

    Raise InvalidError when the config is wrong, UsageError when it names another database or engine.
    """
    settings = load_settings(workspace.folder, os.environ if environ is None else environ)
    if settings == workspace.settings:
        return workspace
    if (settings.database, settings.engine) != (workspace.settings.database, workspace.settings.engine):
        message = "another database or engine cannot be taken while a process runs"
        raise UsageError(message, hint="stop it and start it again")
    return replace(
        workspace,
        settings=settings,
        rules=RuleBook.of(workspace.folder, settings),
        connectors=activate(settings.connectors, workspace.folder, defaults=settings.sender),
    )
