"""The JSON Schema of rule files, packs and clients alike, with the kinds and facts that are installed.

Layers may say part of a table and leave the rest to the layer below, so that no key of a rule, an automation or a poll
is demanded; which keys there are, and what each may be, is known all the same.
"""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel

from convener.documents.schemas import Schema, schema_of
from convener.model import Verb
from convener.model.facts import Fact
from convener.rulesets.automations import CHANNELS
from convener.rulesets.calendars import calendar_codes
from convener.rulesets.fields import locales, zones
from convener.rulesets.kinds import Kinds, Require
from convener.rulesets.tables import (
    AutomationTable,
    ClientFile,
    PackFile,
    PollTable,
    QuestionTable,
    RuleHead,
    StepTable,
    SubjectTable,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LAID = {"rules": "rule", "automations": "automation", "polls": "poll"}
"""Tables by id that are checked once every layer has been laid, and what one of them is."""
_EXAMPLES = ("session.number > 1", "participant.active && !attendance.excused", "attendance.missed_in_row >= 2")


def rule_file_schema(
    kinds: Kinds, facts: Iterable[Fact], functions: Mapping[str, str], *, moments: str, lates: str
) -> Schema:
    """Return the schema of a rule file.

    *functions* are those of clauses, by how they are written, with their meaning; *moments* and *lates* are the
    patterns of `on` and `late`.
    """
    pack, client = schema_of(PackFile, formats()), schema_of(ClientFile, formats())
    of_clients = [key for key in client["properties"] if key not in pack["properties"]]
    made: Schema = {
        "$schema": DIALECT,
        "title": "Convener rule file",
        "description": "The file of a client, or of a pack that clients and other packs extend.",
        "type": "object",
        "properties": {**pack["properties"], **client["properties"]},
        "required": ["schema"],
        "additionalProperties": False,
        "if": {"required": ["pack"]},
        "then": {"properties": dict.fromkeys(of_clients, False)},
        "else": {"required": [key for key in client["required"] if key != "schema"]},
    }
    made["properties"]["extends"]["items"] |= {
        "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}@\d{1,6}$",
        "examples": ["small-group-coaching@1"],
    }
    _refer(made)
    subject = made["properties"]["waivers"]["additionalProperties"]["properties"]["subject"]
    subject["oneOf"] = [{"required": [key]} for key in SubjectTable.model_fields]
    made["$defs"] = {
        "clause": _clause(facts, functions),
        "rule": _rule(kinds),
        "automation": _automation(moments, lates),
        "step": _step(),
        "poll": _poll(),
    }
    return made


def formats() -> dict[str, Schema]:
    """Return what stands for the field types whose values only the machine knows."""
    countries = "|".join(sorted(calendar_codes()))
    return {
        "zone": {"enum": sorted(zones())},
        "locale": {"enum": sorted(locales())},
        "calendar": {"pattern": rf"^({countries})(-[A-Za-z0-9-]+)?$", "examples": ["GB-ENG", "AU-VIC", "IE"]},
    }


def _refer(table: Schema) -> None:
    """Let the tables by id anywhere inside *table* be rules, automations and polls."""
    for key, part in table.get("properties", {}).items():
        if key in _LAID and isinstance(part.get("additionalProperties"), dict):
            part["additionalProperties"] = {"$ref": f"#/$defs/{_LAID[key]}"}
            part["propertyNames"] = {"pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}
        elif isinstance(part, dict):
            _refer(part)
    if isinstance(table.get("additionalProperties"), dict):
        _refer(table["additionalProperties"])


def _clause(facts: Iterable[Fact], functions: Mapping[str, str]) -> Schema:
    told = [f"{fact.name} ({fact.type}{', or unknown' if fact.nullable else ''}): {fact.meaning}" for fact in facts]
    called = [f"{name}: {meaning}" for name, meaning in functions.items()]
    text = "\n".join(["A condition over facts.", "", "Facts:", *told, "", "Functions:", *called])
    return {"type": "string", "minLength": 1, "maxLength": 2_000, "description": text, "examples": list(_EXAMPLES)}


def _rule(kinds: Kinds) -> Schema:
    head = schema_of(RuleHead)["properties"]
    head["kind"] |= {"enum": sorted(kinds)}
    terms = {name: schema_of(kind, formats()) for name, kind in kinds.items()}
    for name, kind in kinds.items():
        if issubclass(kind, Require):
            terms[name]["properties"] |= _conditions(terms[name]["properties"])
    anything = {key: dict[str, object]() for key in head}
    of_kind = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {
                "title": name,
                "description": made.get("description", ""),
                "properties": {**anything, **made.get("properties", {})},
                "additionalProperties": made.get("additionalProperties", False),
            },
        }
        for name, made in terms.items()
    ]
    several, others = _any_kind(terms.values())
    of_none = {
        "if": {"not": {"required": ["kind"]}},
        "then": {"properties": {**anything, **several}, "additionalProperties": {"anyOf": others} if others else False},
    }
    trial = {
        "if": {"properties": {"flexibility": {"const": "flexible"}}, "required": ["flexibility"]},
        "then": {"properties": {"stage": {"const": ""}}},
    }
    return {
        "type": "object",
        "description": "A named constraint. A layer above may say some of its keys anew, with a reason.",
        "properties": {**{key: dict[str, object]() for key in several}, **head},
        "allOf": [*of_kind, of_none, trial],
    }


def _any_kind(terms: Iterable[Schema]) -> tuple[dict[str, Schema], list[Schema]]:
    """Return what each key may be where no kind is said, and what a key may be that some kind lets anybody choose."""
    keys: dict[str, list[Schema]] = {}
    others: list[Schema] = []
    for made in terms:
        for key, part in made.get("properties", {}).items():
            if part not in keys.setdefault(key, []):
                keys[key].append(part)
        if isinstance(made.get("additionalProperties"), dict):
            others.append(made["additionalProperties"])
    return {key: parts[0] if len(parts) == 1 else {"anyOf": parts} for key, parts in keys.items()}, others


def _conditions(properties: Schema) -> Schema:
    clause = {"$ref": "#/$defs/clause"}
    return {
        "when": {**properties["when"], "items": clause},
        "require": {
            "description": properties["require"]["description"],
            "anyOf": [clause, {"type": "array", "items": clause, "minItems": 1}],
        },
    }


def _automation(moments: str, lates: str) -> Schema:
    made = _partial(AutomationTable)
    step = {"$ref": "#/$defs/step"}
    properties = made["properties"]
    examples = ("2 working days before session.starts, at 09:00", "session.held", "every monday at 08:00")
    properties["on"] |= {"pattern": moments, "examples": list(examples)}
    properties["when"]["items"] = {"$ref": "#/$defs/clause"}
    properties["late"] |= {"pattern": lates, "examples": ["send until session.starts", "skip", "ask"]}
    properties["do"] = {
        "description": properties["do"]["description"],
        "anyOf": [step, {"type": "array", "items": step, "minItems": 1}],
    }
    return made


def _step() -> Schema:
    made = schema_of(StepTable)
    made["oneOf"] = [{"required": [verb]} for verb in Verb]
    made["properties"]["via"]["items"] = {"enum": list(CHANNELS)}
    silent = [{"required": [verb]} for verb in (Verb.FLAG, Verb.CALL)]
    made |= {"if": {"not": {"anyOf": silent}}, "then": {"required": ["via"], "properties": {"via": {"minItems": 1}}}}
    return made


def _poll() -> Schema:
    made = _partial(PollTable)
    answers: Sequence[str] = [key for key in QuestionTable.model_fields if key in {"scale", "choices", "text"}]
    made["properties"]["questions"]["items"]["oneOf"] = [{"required": [key]} for key in answers]
    return made


def _partial(model: type[BaseModel]) -> Schema:
    """Return the schema of a table whose keys may stand in different layers."""
    return {key: part for key, part in schema_of(model, formats()).items() if key != "required"}
