"""The JSON Schema of rule files, against every example and against every broken file it can see (R29)."""

import runpy
import tomllib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from convener.documents import read_document
from convener.errors import InvalidError
from convener.operations.schema import rules_schema
from convener.ports import Extensions, RuleKind

CORPUS = Path(__file__).with_name("corpus")
UNREADABLE = frozenset(
    {
        "deep", "huge-number", "syntax-after-inline", "syntax-inline-lines", "syntax-quotes", "syntax-table",
        "syntax-twice", "syntax-value", "hostile-braces", "hostile-brackets", "hostile-dots", "hostile-escape",
        "hostile-hexadecimal", "hostile-latin-1", "hostile-nul", "hostile-number", "hostile-size", "hostile-tables",
        "hostile-text", "hostile-utf-16",
    }
)  # fmt: skip
"""Files that are no TOML we read; an editor tells of those without a schema."""
UNSEEN: Mapping[str, frozenset[str]] = {
    "another file: packs, and what a layer below says": frozenset(
        {
            "audit-from-below", "broken-pack", "circle", "inflexible-in-a-pod", "inflexible-override",
            "inflexible-softened",
            "inflexible-switched-off", "misnamed-pack", "mistyped-pack", "no-reason", "other-kind",
            "silent-switch-off", "unknown-pack", "unknown-version", "weight-of-inflexible", "wrong-version",
        }
    ),
    "another table of the file: rules against rules, waivers, polls, statuses": frozenset(
        {
            "contradiction-in-a-pod", "gaps-apart", "overlap-too-long", "pattern-never-comes", "quiet-all-day",
            "same-and-mix", "sizes-apart", "together-and-apart", "together-through-others", "too-many-together",
            "unknown-poll", "unknown-status", "waived-audited", "waived-inflexible", "waived-unknown",
            "window-too-short", "windows-at-other-hours", "windows-on-other-days", "windows-share-too-little",
        }
    ),
    "another key of the table: which is larger, earlier, or asked for": frozenset(
        {
            "always-late", "bad-dates", "empty-poll", "falling-sizes", "pair-of-one", "quiet-without-end",
            "texts-to-sponsors", "to-a-pod", "too-few-choices", "too-many-topics",
        }
    ),
    "the inside of a condition, which is text to a schema": frozenset(
        {
            "clause-not-a-condition", "clause-of-other-types", "clause-unfinished", "mistyped-attendance",
            "mistyped-poll", "mistyped-status", "never-known-attendance", "never-known-of-sponsors",
            "never-known-session", "never-true-at-all", "never-true-of-statuses", "never-true-together",
            "require-mistyped", "require-never-true", "unknown-fact",
        }
    ),
    "a type that JSON does not have: a date, or a text that looks like one": frozenset({"date-as-text"}),
    "the calendar of a country, of which only the two letters are known": frozenset({"unknown-region"}),
    "a length of time that is none": frozenset({"silence-of-nothing"}),
}  # fmt: skip
"""What a schema cannot see, by where one would have to look."""


def plain(value: Any) -> Any:
    """Return a value of TOML as an editor hands it to a schema: dates and times as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Give what validates a rule file."""
    return Draft202012Validator(rules_schema(Extensions()))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the corpus with its hostile files."""
    folder: Path = runpy.run_path(str(CORPUS / "write.py"))["build"](tmp_path_factory.mktemp("corpus") / "w")
    return folder


def test_it_is_a_schema(validator: Draft202012Validator) -> None:
    """By the schema of schemas, and readable: it has a title, and every table a description."""
    schema: Any = validator.schema

    Draft202012Validator.check_schema(schema)
    assert "Convener rule file" == schema["title"]
    assert all(part["description"] for part in schema["$defs"].values())
    assert all(part["description"] for part in schema["properties"].values())


def test_every_file_that_ships_is_valid(validator: Draft202012Validator, examples: Path) -> None:
    """Packs and clients alike."""
    files = [path for path in (examples / "rulesets").glob("*.toml") if not path.name.endswith(".test.toml")]

    found = {path.name: [error.message for error in validator.iter_errors(read(path))] for path in files}

    assert {path.name: [] for path in files} == found


def read(path: Path) -> Any:
    """Return what the file at *path* holds, as an editor hands it to a schema."""
    return plain(tomllib.loads(path.read_text(encoding="utf-8")))


GOLDEN = sorted(path.stem for path in (CORPUS / "golden").glob("*.txt"))


@pytest.mark.parametrize("client", GOLDEN)
def test_a_broken_file_is_underlined_unless_no_schema_could_know(
    validator: Draft202012Validator, workspace: Path, client: str
) -> None:
    """What a schema can see of a broken file it sees; the rest is listed above with the reason."""
    try:
        data = read_document(workspace / "rulesets" / f"{client}.toml").data
    except InvalidError:
        assert client in UNREADABLE
        return

    unseen = any(client in clients for clients in UNSEEN.values())

    assert unseen is validator.is_valid(plain(data))


def test_what_cannot_be_seen_is_in_the_corpus() -> None:
    """A file that is gone is not excused any more."""
    assert UNREADABLE | frozenset().union(*UNSEEN.values()) <= set(GOLDEN)


class Capacity(BaseModel):
    """How many people a room takes."""

    seats: int
    """Chairs."""


def test_a_plugins_kind_is_known() -> None:
    """R29: its keys are offered and checked like ours."""
    kind = RuleKind(
        name="room-capacity",
        terms=Capacity,
        breaches=lambda _terms, _register, _day: (),
        meaning="Rooms are large enough.",
    )
    schema = rules_schema(Extensions(kinds={"room-capacity": kind}))
    rule = {"kind": "room-capacity", "flexibility": "flexible"}
    client = {"schema": 1, "client": {"name": "A", "timezone": "Europe/London"}, "stack": {}}

    validator = Draft202012Validator(schema)

    assert validator.is_valid({**client, "rules": {"room": {**rule, "seats": 12}}})
    assert not validator.is_valid({**client, "rules": {"room": {**rule, "saets": 12}}})


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        ({"min": 3}, True),
        ({"membres": "75%"}, False),
        ({"missed": {"counts": True, "present": False}}, True),
        ({"enabled": False, "reason": "No."}, True),
        ({"kind": "quorum", "min": 3}, False),
        ({"kind": "quorum", "coach": True}, True),
        ({"kind": "quorom"}, False),
        ({"flexibility": "inflexible", "stage": "audit"}, True),
        ({"flexibility": "flexible", "stage": "audit"}, False),
    ],
)
def test_a_rule_may_say_part_of_what_a_layer_below_says(
    validator: Draft202012Validator, rule: dict[str, Any], fits: bool
) -> None:
    """No key is demanded, and none that no kind knows is taken."""
    client = {"schema": 1, "client": {"name": "A", "timezone": "Europe/London"}, "stack": {}}

    assert fits is validator.is_valid({**client, "rules": {"x": rule}})
