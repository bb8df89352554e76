"""The JSON Schemas of the files people write, with what the installed plugins add to them."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, TypeAdapter

from convener.decide.moments.triggers import FIELDS, ORDINALS, WEEKDAYS
from convener.documents.schemas import Schema, plain, schema_of
from convener.errors import PluginError
from convener.expressions import CATALOGUE, FUNCTIONS
from convener.model import EVENT_NAMES, Unit
from convener.ports import Extensions
from convener.registry import discover, extend
from convener.registry.loading import load_connector
from convener.rulesets.kinds import KINDS
from convener.rulesets.schema import DIALECT, formats, rule_file_schema
from convener.settings import Settings
from convener.settings.tables import ConfigFile

_SECRET: Schema = {
    "type": "object",
    "description": "A secret that stands elsewhere.",
    "properties": {
        "env": {"type": "string", "description": "Variable of the environment."},
        "file": {"type": "string", "description": "File, relative to the workspace."},
    },
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
_MOMENT: Schema = {
    "type": "string",
    "pattern": r"^([A-Za-z]{3} )?\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$",
    "examples": ["Fri 2027-01-15 09:00"],
}
_SENDER = frozenset({"sender_name", "sender_email"})
"""Options that a connector takes from `[sender]` when its table leaves them out."""


class Written(StrEnum):
    """A kind of file that has a schema."""

    RULES = "rules"
    CONFIG = "config"
    TESTS = "tests"


def schemas(settings: Settings | None, tests: type[BaseModel]) -> Mapping[Written, Schema]:
    """Return the schema of each kind of file; *tests* is the model of a test file.

    *settings* say which plugins add facts and kinds of rules; without them there are the shipped ones alone.
    """
    named = settings.plugins if settings else ()
    added = extend(named, facts=CATALOGUE, kinds=KINDS).extensions
    return {
        Written.RULES: rules_schema(added),
        Written.CONFIG: config_schema(),
        Written.TESTS: _titled(schema_of(tests, {**formats(), "date-time": _MOMENT}), "Convener test file"),
    }


def rules_schema(added: Extensions) -> Schema:
    """Return the schema of rule files with the facts and kinds that plugins have *added*."""
    kinds = {**KINDS, **{name: kind.terms for name, kind in added.kinds.items()}}
    facts = [*CATALOGUE.values(), *(each.fact for each in added.facts.values())]
    functions = {
        signature.shown(function.name): function.meaning
        for function in FUNCTIONS.values()
        for signature in function.signatures
    }
    return rule_file_schema(kinds, facts, functions, moments=moment_pattern(), lates=late_pattern())


def moment_pattern() -> str:
    """Return the pattern of a moment, `on = "…"`."""
    units, days, places = "|".join(Unit), "|".join(WEEKDAYS), "|".join(ORDINALS)
    fields, names = "|".join(FIELDS), "|".join(sorted({*FIELDS, *EVENT_NAMES}))
    span = rf"\d{{1,4}} ({units})s?"
    weekly = rf"(\d{{1,2}} )?weeks? on ({days})"
    monthly = rf"(\d{{1,2}} )?months? on (the )?({places}) ({days})"
    rhythm = rf"every (day|working day|{days}|{weekly}|{monthly})"
    moment = rf"({span} after )?({names})|{span} before ({fields})|{rhythm}"
    return _spaced(rf"({moment})(,? at \d{{1,2}}:\d{{2}})?")


def late_pattern() -> str:
    """Return the pattern of `late = "…"`."""
    return _spaced(rf"(|skip|ask|send until ({'|'.join(FIELDS)}))")


def _spaced(pattern: str) -> str:
    """Return the whole *pattern*, in which one space stands for any, with its points taken as they are."""
    spaced = pattern.replace(".", r"\.").replace(" ", r"\s+")
    return rf"^\s*{spaced}\s*$"


def config_schema() -> Schema:
    """Return the schema of `config.toml`, with the options of every plugin that is installed and works."""
    made = _titled(schema_of(ConfigFile), "Convener settings")
    options = {name: table for name in discover() if (table := _options(name)) is not None}
    made["properties"]["connectors"] = {
        **made["properties"]["connectors"],
        "additionalProperties": {
            "type": "object",
            "properties": {"plugin": {"type": "string", "examples": sorted(options)}},
            "required": ["plugin"],
            "allOf": [
                {"if": {"properties": {"plugin": {"const": name}}, "required": ["plugin"]}, "then": table}
                for name, table in options.items()
            ],
        },
    }
    made["properties"] = {key: _or_secret(part) for key, part in made["properties"].items()}
    return made


def _options(plugin: str) -> Schema | None:
    """Return the schema of the options of *plugin*, None for one that has none or cannot be loaded."""
    try:
        settings: Any = load_connector(plugin, discover()).settings
    except PluginError:
        return None
    made = plain(TypeAdapter(settings).json_schema(), {})
    for field in dataclasses.fields(settings):
        part = made["properties"][field.name]
        made["properties"][field.name] = _or_secret({**part, "description": str(field.metadata.get("help", ""))})
    return {
        "title": plugin,
        "description": f"A connector of plugin {plugin}.",
        "properties": {"plugin": {}, **made["properties"]},
        "required": [key for key in made.get("required", []) if key not in _SENDER],
        "additionalProperties": False,
    }


def _or_secret(part: Schema) -> Schema:
    """Let a text stand elsewhere, as every text of a configuration may."""
    if part.get("type") != "string":
        return part
    told: Schema = {key: part[key] for key in ("description", "default") if key in part}
    return {**told, "anyOf": [{key: each for key, each in part.items() if key not in told}, _SECRET]}


def _titled(schema: Schema, title: str) -> Schema:
    return {"$schema": DIALECT, "title": title, **schema}
