"""Loads the configuration of a workspace."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from convener.documents import Spot, read_document, validate
from convener.errors import InvalidError, Problem, UsageError
from convener.model import Span
from convener.settings.environment import Sources, overlay
from convener.settings.secrets import Secrets
from convener.settings.settings import ConnectorConfig, Settings
from convener.settings.tables import ConfigFile, ConnectorTable

_OURS = frozenset(ConnectorTable.model_fields)
FILES = ("config.toml", "config.example.toml")
"""The files a configuration may stand in; the first there is counts."""


def load_settings(workspace: Path, environ: Mapping[str, str]) -> Settings:
    """Return the configuration of *workspace*, with what *environ* says laid over it.

    Raises UsageError when the folder is no workspace, and InvalidError with every problem of the file.
    """
    name = next((name for name in FILES if (workspace / name).is_file()), "")
    if not name:
        message = f"{workspace} is not a workspace: it has neither {' nor '.join(FILES)}"
        raise UsageError(message, hint="make one with convener init DIR, or go to one with cd")
    document = read_document(workspace / name, name=name)
    secrets = Secrets(workspace, environ)
    data, variables = overlay(secrets.fill(document.data, Spot(document)), environ)
    sources = Sources(document, variables)
    config, problems = validate(ConfigFile, data, sources)
    connectors, more = _read_connectors(data.get("connectors"), Spot(document, ("connectors",)))
    found = [*problems, *secrets.problems, *more, *_unfit(config, sources)]
    if config is None or found:
        raise InvalidError(tuple(sorted(found, key=lambda problem: (problem.place, problem.code))))
    return Settings(
        file=name,
        database=config.database,
        engine=config.engine,
        sender_name=config.sender.name,
        sender_email=config.sender.email,
        redirect_all=config.redirect_all or "",
        tick=config.daemon.tick,
        sync=config.daemon.sync,
        deliver=config.daemon.deliver,
        housekeeping=config.daemon.housekeeping,
        lease=_seconds(config.daemon.lease),
        rules=config.daemon.rules,
        longest_job=_seconds(config.daemon.longest_job),
        listen=config.daemon.listen,
        ping=config.daemon.ping,
        ping_every=_seconds(config.daemon.ping_every),
        bodies=config.retention.bodies,
        comments=config.retention.comments,
        connectors=connectors,
        plugins={name: sources.value_place("plugins", index) for index, name in enumerate(config.plugins)},
    )


def _unfit(config: ConfigFile | None, sources: Sources) -> list[Problem]:
    """Refuse workers on a database that lets one process write at a time."""
    if config is None or config.engine == "embedded" or not config.database.startswith("sqlite"):
        return []
    message = "the engine 'procrastinate' needs a PostgreSQL database, and this one is SQLite"
    hint = 'database = "postgresql://host/convener", or engine = "embedded"'
    return [Problem(code="bad-engine", message=message, place=sources.value_place("engine"), hint=hint)]


def _seconds(span: Span) -> float:
    return span.as_timedelta().total_seconds()


def _read_connectors(written: Any, at: Spot) -> tuple[dict[str, ConnectorConfig], list[Problem]]:
    connectors: dict[str, ConnectorConfig] = {}
    problems: list[Problem] = []
    tables = written if isinstance(written, dict) else {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            continue
        ours = {key: value for key, value in table.items() if key in _OURS}
        head, found = validate(ConnectorTable, ours, at / name)
        problems += found
        if head:
            options = {key: value for key, value in table.items() if key not in _OURS}
            connectors[name] = ConnectorConfig(name=name, **dict(head), options=options, place=at.place(name))
    return connectors, problems
