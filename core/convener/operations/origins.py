"""Where a setting was written: every layer that says it, lowest first, and what therefore holds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from convener.bundled import bundled
from convener.documents import Document, nearest, read_document
from convener.errors import Place, UsageError
from convener.operations.workspace import Workspace
from convener.rulesets.ruleset import Ruleset

LAYERED = ("rules", "automations", "polls")
"""Tables that packs, clients and programmes all may have."""
OF_CLIENT = ("client", "stack", "sponsors", "waivers")
OF_CONFIG = ("database", "redirect_all", "plugins", "sender", "daemon", "connectors")
STANDS_IN = {"programme.timezone": "client.timezone"}
"""Settings that another one stands in for while nobody writes them."""
_USUAL: Mapping[str, str] = {
    "redirect_all": "redirect_all",
    "sender.name": "sender_name",
    "sender.email": "sender_email",
    "daemon.tick": "tick",
    "daemon.sync": "sync",
    "daemon.deliver": "deliver",
    "daemon.housekeeping": "housekeeping",
    "daemon.rules": "rules",
}
"""Settings of the configuration that have a usual value, and the field that keeps it."""
_SECRET = re.compile(r"//[^@/]*@")
Written = tuple[object, Place]
"""A value and where its key stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The value of a setting, and where it comes from."""

    name: str
    value: object
    place: Place | None
    """None for a usual value, which nobody wrote."""
    below: tuple[Written, ...] = ()
    """What lower layers say, lowest first."""
    stands_in: str = ""
    """Name of the setting whose value it takes."""


def is_of_config(name: str) -> bool:
    """Tell whether *name* is a setting of `config.toml`, which needs no scope."""
    return name.partition(".")[0] in OF_CONFIG


def origin_in_config(workspace: Workspace, name: str) -> Origin:
    """Return where *name* of the configuration comes from; raise UsageError for one there is not."""
    file = workspace.settings.file
    document = read_document(workspace.folder / file, name=file)
    written = list(_written(document, _parts(document, name)))
    if written:
        value, place = written[0]
        shown = _SECRET.sub("//…@", value) if isinstance(value, str) else value
        return Origin(name=name, value=shown, place=place)
    if name in _USUAL:
        usual = getattr(workspace.settings, _USUAL[name])
        return Origin(name=name, value=str(usual), place=None)
    raise _unknown(name, _names(document, (), OF_CONFIG))


def origin_in_rules(workspace: Workspace, ruleset: Ruleset, name: str) -> Origin:
    """Return where *name* of the rules of a programme comes from; raise UsageError for one that nobody wrote."""
    documents = documents_of(workspace, ruleset)
    several = layers(documents, ruleset.programme, name)
    if several:
        *below, (value, place) = several
        return Origin(name=name, value=value, place=place, below=tuple(below))
    if name in STANDS_IN:
        other = origin_in_rules(workspace, ruleset, STANDS_IN[name])
        return Origin(name=name, value=other.value, place=other.place, stands_in=other.name)
    names = [each for document in documents for each in _names(document, (), (*LAYERED, *OF_CLIENT))]
    programme = ("programmes", ruleset.programme)
    names += [f"programme.{each}" for each in _names(documents[-1], programme, ())]
    raise _unknown(name, [*names, *OF_CONFIG, *_USUAL])


def documents_of(workspace: Workspace, ruleset: Ruleset) -> list[Document]:
    """Return the files the rules of a programme were read from, lowest layer first."""
    return [_document(workspace, file) for file in ruleset.files]


def layers(documents: list[Document], programme: str, name: str) -> list[Written]:
    """Return what each layer says of *name*, lowest first; nothing for a name that nobody wrote."""
    head, _, rest = name.partition(".")
    client = documents[-1]
    if head in LAYERED:
        found = [each for document in documents for each in _written(document, _parts(document, name))]
        own = ("programmes", programme, head)
        return [*found, *_written(client, (*own, *_parts(client, rest, own)))]
    if head == "programme":
        inside = ("programmes", programme)
        return list(_written(client, (*inside, *_parts(client, rest, inside))))
    return list(_written(client, _parts(client, name))) if head in OF_CLIENT else []


def _document(workspace: Workspace, file: str) -> Document:
    folder, _, name = file.rpartition("/")
    return read_document(bundled("rulesets") / name if folder == "shipped" else workspace.folder / file, name=file)


def _parts(document: Document, name: str, inside: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Take *name* apart at its full stops, those inside a key that is there aside."""
    table = _value(document.data, inside)
    parts, rest = [], name
    while rest:
        known = table if isinstance(table, dict) else {}
        fitting = [key for key in known if rest == key or rest.startswith(f"{key}.")]
        part = max(fitting, key=len, default=rest.partition(".")[0])
        parts.append(part)
        table, rest = known.get(part), rest[len(part) + 1 :]
    return tuple(parts)


def _value(data: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = data
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _written(document: Document, path: tuple[str, ...]) -> Iterator[Written]:
    value = _value(document.data, path)
    if value is not None and path:
        yield value, document.place(*path)


def _names(document: Document, inside: tuple[str, ...], heads: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of the settings written under *inside*, of tables in *heads* or of all."""
    table = _value(document.data, inside)
    for head, value in table.items() if isinstance(table, dict) else ():
        if heads and head not in heads:
            continue
        yield from _deep(head, value)


def _deep(name: str, value: Any) -> Iterator[str]:
    yield name
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from _deep(f"{name}.{key}", inner)


def _unknown(name: str, names: Iterator[str] | list[str]) -> UsageError:
    return UsageError(f"nobody has written a setting {name!r}", hint=nearest(name, sorted(set(names))))
