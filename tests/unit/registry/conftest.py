"""Strangers' plugins, installed for one test, and connector tables."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from convener.errors import Place

SOUND = '''
from dataclasses import dataclass, field
from convener import Settlement, hookimpl

@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Options."""

    loud: bool = field(default=False, metadata={"help": "in capitals"})
    sender_name: str = field(default="nobody", metadata={"help": "who says it"})
    token: str = field(default="", repr=False, metadata={"help": "a secret"})

class Sound:
    plugin = "NAME"
    settings = Settings
    settlement = Settlement.ASK
    deadline = 5.0

    def __init__(self, settings, workspace):
        self.settings_read = settings

    def send(self, parcel):
        return f"{self.settings_read.sender_name} says {parcel.text}"

@hookimpl
def convener_register_connectors():
    return [Sound]
'''
"""A plugin that works; NAME stands for its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One `[connectors.NAME]` table, as the settings room hands it over."""

    name: str
    plugin: str
    senders: int = 4
    per_minute: int = 0
    isolated: bool | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    place: Place = field(default_factory=lambda: Place("config.toml", 7))


@pytest.fixture
def table() -> type[Table]:
    """Make a connector table."""
    return Table


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Install a plugin *name* with module *module* and *source*, seen through its metadata like any other."""

    def place(name: str, module: str, source: str = SOUND, *, distribution: str = "") -> None:
        site = tmp_path / "site" / module
        site.mkdir(parents=True)
        (site / f"{module}.py").write_text(source.replace("NAME", name), encoding="utf-8")
        called = distribution or module.replace("_", "-")
        info = site / f"{called.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {called}\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[convener.plugins]\n{name} = {module}\n", encoding="utf-8")
        monkeypatch.syspath_prepend(site)

    return place


WHERE = """
import os
from dataclasses import dataclass
from convener import Settlement, hookimpl
@dataclass(frozen=True)
class Settings:
    pass
class Where:
    plugin, settings, settlement, deadline = "NAME", Settings, Settlement.ASK, 30.0
    def __init__(self, settings, workspace):
        pass
    def send(self, parcel):
        return str(os.getpid())
@hookimpl
def convener_register_connectors():
    return [Where]
"""
NUMBERS = itertools.count()


@pytest.fixture
def where(install: Callable[..., None]) -> str:
    """Install a messenger whose receipt is the number of the process it works in, and return its plugin's name."""
    number = next(NUMBERS)
    install(f"where-{number}", f"stranger_where_{number}", WHERE)
    return f"where-{number}"
