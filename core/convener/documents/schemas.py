"""JSON Schema of the tables of a file, from the models that check them, for editors that help people write.

A schema says no more than a model can say of one value on its own: what depends on another key, on another file or on
a list that only the machine has is left to the loader.
"""

import inspect
from collections.abc import Mapping
from datetime import time
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from convener.documents.docstrings import attribute_docs
from convener.documents.fields import Frozen

Schema = dict[str, Any]
_PLAIN = (str, int, float, bool)


class _Generator(GenerateJsonSchema):
    """Pydantic's own, which takes what models say of themselves and writes defaults as people do."""

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012 - pydantic's own name and type

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Return the schema of one model with the meaning of each of its keys."""
        made = super().model_schema(schema)
        kind: type[BaseModel] = schema["cls"]
        made["description"] = " ".join((inspect.getdoc(kind) or "").split())
        told = _told(kind)
        for name, info in kind.model_fields.items():
            key = info.alias or name
            if name in told and key in made.get("properties", {}):
                made["properties"][key]["description"] = told[name]
        return made

    def encode_default(self, dft: Any) -> Any:
        """Return a default as people write it; nothing for a table, which says its own."""
        if isinstance(dft, tuple | list):
            return [self.encode_default(each) for each in dft]
        if isinstance(dft, time):
            return dft.isoformat("minutes")
        return dft if dft is None or isinstance(dft, (*_PLAIN, Mapping)) else str(dft)


def schema_of(model: type[BaseModel], formats: Mapping[str, Schema] | None = None) -> Schema:
    """Return the schema of a table of *model*, every inner table written out.

    *formats* says what stands for a field type whose values only the machine knows, by its format: `zone`.
    """
    return plain(model.model_json_schema(by_alias=True, schema_generator=_Generator), formats or {})


def plain(made: Schema, formats: Mapping[str, Schema]) -> Schema:
    """Return the schema *made* by pydantic without what says nothing to a person who writes TOML."""
    cleared: Schema = _plain(made, made.get("$defs", {}), formats)
    return cleared


def _told(kind: type[BaseModel]) -> dict[str, str]:
    """Return what *kind*, and the models it is made of, say of their keys."""
    told: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if issubclass(each, BaseModel) and each not in (BaseModel, Frozen):
            try:
                told |= attribute_docs(each)
            except (OSError, TypeError):  # a class that was made while running has no source
                continue
    return told


def _plain(value: Any, inner: Mapping[str, Any], formats: Mapping[str, Schema]) -> Any:
    """Return a part of a schema without references, titles, absent values and formats of our own."""
    if isinstance(value, list):
        return [_plain(each, inner, formats) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        target = inner[value["$ref"].rpartition("/")[2]]
        return _plain({**target, **{key: each for key, each in value.items() if key != "$ref"}}, inner, formats)
    kept = {
        key: {name: _plain(each, inner, formats) for name, each in part.items()}
        if key in {"properties", "patternProperties"}
        else _verbatim(key, part, inner, formats)
        for key, part in value.items()
        if key not in {"$defs", "title"} and not (key == "default" and part is None)
    }
    if value.get("format") in formats:
        kept = {key: each for key, each in kept.items() if key != "format"} | formats[value["format"]]
    return _named(_without_null(kept))


def _verbatim(key: str, part: Any, inner: Mapping[str, Any], formats: Mapping[str, Schema]) -> Any:
    return part if key in {"default", "examples", "enum", "const"} else _plain(part, inner, formats)


def _named(schema: Schema) -> Schema:
    """Let every key of a table by id be an id; pydantic lets a key that is none pass."""
    patterns = schema.pop("patternProperties", {})
    for pattern, part in patterns.items():
        schema |= {"additionalProperties": part, "propertyNames": {"pattern": pattern}}
    return schema


def _without_null(schema: Schema) -> Schema:
    """Take out `null`, which TOML does not have."""
    choices = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(choices) == 1:
        return {**choices[0], **{key: each for key, each in schema.items() if key != "anyOf"}}
    return {**schema, "anyOf": choices} if choices else schema
