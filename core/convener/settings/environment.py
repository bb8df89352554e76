"""What the environment says instead of the file: `CONVENER_DATABASE`, `CONVENER_DAEMON_TICK` and their like."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from convener.documents import Document, keys_of
from convener.errors import Place
from convener.settings.tables import ConfigFile, DaemonTable, RetentionTable, SenderTable

PREFIX = "CONVENER"
ALSO = {"CONVENER_DATABASE_URL": ("database",)}
"""Other names that hosts give to a variable; the name made of the key counts where both are set."""
_TABLES: dict[str, type[BaseModel]] = {"sender": SenderTable, "daemon": DaemonTable, "retention": RetentionTable}


class _Variables(ConfigFile, BaseSettings):
    """The keys of `config.toml` as variables; read from a mapping that is given, and checked with the file."""

    model_config = SettingsConfigDict(
        env_prefix=f"{PREFIX}_", env_nested_delimiter="_", env_nested_max_split=1, enable_decoding=False
    )


def variables() -> dict[str, tuple[str, ...]]:
    """Return each variable that is read, and the path of the key it stands in for."""
    paths = [path for path in _paths() if path[0] not in {"connectors", "plugins", *_TABLES} or len(path) > 1]
    return {**{_name(path): path for path in paths}, **ALSO}


def _name(path: tuple[str, ...]) -> str:
    return "_".join((PREFIX, *path)).upper()


def _paths() -> Iterator[tuple[str, ...]]:
    for key in keys_of(ConfigFile):
        yield (key,)
        yield from ((key, inner) for inner in keys_of(_TABLES[key])) if key in _TABLES else ()


def overlay(data: Mapping[str, Any], environ: Mapping[str, str]) -> tuple[dict[str, Any], dict[tuple[str, ...], str]]:
    """Return *data* with what *environ* says laid over it, and the variable that each such key came from.

    An empty variable is one that is not set.
    """
    said: dict[tuple[str, ...], str] = {}
    for name, path in variables().items():
        if environ.get(name):
            said.setdefault(path, name)
    reader = EnvSettingsSource(_Variables)
    reader.env_vars = {_name(path).lower(): environ[name] for path, name in said.items()}
    laid = dict(data)
    for key, value in reader().items():
        inner = data.get(key)
        laid[key] = {**(inner if isinstance(inner, Mapping) else {}), **value} if isinstance(value, dict) else value
    return laid, said


class Sources:
    """Knows where each key came from: the file, or a variable of the environment."""

    def __init__(self, document: Document, variables: Mapping[tuple[str, ...], str]) -> None:
        self._document = document
        self._variables = variables

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path* stands; a variable is called `$NAME`."""
        return self._variable(path) or self._document.place(*path)

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path* begins; a variable is called `$NAME`."""
        return self._variable(path) or self._document.value_place(*path)

    def _variable(self, path: tuple[str | int, ...]) -> Place | None:
        name = next((name for known, name in self._variables.items() if known == path), "")
        return Place(f"${name}") if name else None
