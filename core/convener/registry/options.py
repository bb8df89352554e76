"""Read the table of one connector into the settings of its plugin, with problems a person can mend."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from convener.errors import InvalidError, Place, Problem


class ConnectorConfigLike(Protocol):
    """One `[connectors.NAME]` table, its secrets resolved."""

    @property
    def name(self) -> str:
        """Name of the table."""
        ...

    @property
    def plugin(self) -> str:
        """Plugin that the table names."""
        ...

    @property
    def senders(self) -> int:
        """How many messages it may have on the wire at once."""
        ...

    @property
    def per_minute(self) -> int:
        """How many messages a minute at most; 0 for as many as it takes."""
        ...

    @property
    def isolated(self) -> bool | None:
        """Whether it works in a process of its own; None for what is usual with its plugin."""
        ...

    @property
    def options(self) -> Mapping[str, Any]:
        """The other keys of the table."""
        ...

    @property
    def place(self) -> Place:
        """Where the table is written."""
        ...


def read_options(
    settings: type[Any],
    config: ConnectorConfigLike,
    defaults: Mapping[str, object],
) -> Any:
    """Return *settings* filled from the options of *config*, missing ones from *defaults* where the plugin has the key.

    Raises InvalidError with every unknown key, missing key and wrong value; no secret appears in it.
    """
    known = {field.name: field for field in dataclasses.fields(settings)}
    unknown = [_unknown(key, known, config) for key in config.options if key not in known]
    values = {key: value for key, value in defaults.items() if key in known}
    values |= {key: value for key, value in config.options.items() if key in known}
    try:
        filled = TypeAdapter(settings).validate_python(values)
    except ValidationError as cause:
        details = cause.errors(include_url=False, include_context=False)
        raise InvalidError((*unknown, *(_wrong(detail, known, config) for detail in details))) from None
    if unknown:
        raise InvalidError(tuple(unknown))
    return filled


def nearest_hint(key: str, allowed: Iterable[str]) -> str:
    """Return the nearest of *allowed*, or all of them."""
    names = sorted(allowed)
    close = get_close_matches(key, names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"allowed: {', '.join(names)}"


def _unknown(key: str, known: Iterable[str], config: ConnectorConfigLike) -> Problem:
    return Problem(
        code="unknown-key",
        message=f"connectors.{config.name}: plugin {config.plugin!r} has no option {key!r}",
        place=config.place,
        hint=nearest_hint(key, known),
    )


def _wrong(
    detail: ErrorDetails,
    known: Mapping[str, dataclasses.Field[Any]],
    config: ConnectorConfigLike,
) -> Problem:
    """Word one finding of pydantic; the value is shown only where it is no secret."""
    path = [str(part) for part in detail["loc"]]
    field = known.get(path[0]) if path else None
    message = detail["msg"].removeprefix("Value error, ")
    text = message[:1].lower() + message[1:]
    where = ".".join(("connectors", config.name, *path))
    if detail["type"] in {"missing", "missing_argument", "missing_keyword_only_argument"}:
        return Problem(
            code="missing-key",
            message=f"{where} is missing",
            place=config.place,
            hint=_help(field),
        )
    shown = f" = {detail['input']!r}" if field is not None and field.repr else ""
    return Problem(code="wrong-value", message=f"{where}{shown}: {text}", place=config.place, hint=_help(field))


def _help(field: "dataclasses.Field[Any] | None") -> str:
    return str(field.metadata.get("help", "")) if field is not None else ""


def settings_table(settings: type[Any]) -> str:
    """Return the Markdown table of a plugin's options: the same source that validates them."""
    lines = ["| option | default | meaning |", "| --- | --- | --- |"]
    for field in dataclasses.fields(settings):
        default = "required" if field.default is dataclasses.MISSING else _plain(field.default)
        lines.append(f"| `{field.name}` | {default} | {_help(field)} |")
    return "\n".join(lines)


def _plain(value: object) -> str:
    """Return *value* as TOML writes it."""
    return f"`{json.dumps(value, default=str)}`"
