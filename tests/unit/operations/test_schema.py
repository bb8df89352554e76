"""The JSON Schemas of the files people write."""

import re
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from convener.bundled import bundled
from convener.decide.moments.lateness import parse_late
from convener.decide.moments.triggers import TriggerError, parse_trigger
from convener.operations.scenarios.tables import ScenarioFile
from convener.operations.schema import Written, config_schema, late_pattern, moment_pattern, schemas

MADE = schemas(None, ScenarioFile)
MOMENTS = [
    "session.held", "participant.joined", "session.starts", "2 working days before session.starts, at 09:00",
    "1 hour after session.ends", "1 week after programme.ends, at 9:00", "3 months before programme.starts",
    "1 day before poll.closes", "every monday", "every monday at 08:00", "every day", "every working day at 09:30",
    "every 2 weeks on tuesday at 14:00", "every month on the third thursday",
    "every 3 months on the last friday, at 16:00",
    "  every   monday  ", "two days before session.starts", "2 days before session.held", "session.stars",
    "every munday", "every third thursday", "2 fortnights after session.held", "every 2 weeks", "at 09:00", "",
    "sessionxheld", "2 days before session.starts, at nine",
]  # fmt: skip


def plain(value: Any) -> Any:
    """Return a value of TOML as an editor hands it to a schema."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


@pytest.mark.parametrize("kind", Written)
def test_each_is_a_schema_with_a_title(kind: Written) -> None:
    """By the schema of schemas."""
    Draft202012Validator.check_schema(MADE[kind])

    assert str(MADE[kind]["title"]).startswith("Convener ")


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_pattern_of_moments_knows_what_the_reader_knows(moment: str) -> None:
    """R29: an editor takes a moment exactly when `check` does."""
    try:
        parse_trigger(moment)
        can_be_read = True
    except TriggerError:
        can_be_read = False

    assert can_be_read is bool(re.search(moment_pattern(), moment))


@pytest.mark.parametrize("late", ["", "skip", "ask", "send until session.starts", "send until noon", "send", "skipp"])
def test_the_pattern_of_late_knows_what_the_reader_knows(late: str) -> None:
    """The same for what becomes of a moment that has passed."""
    try:
        parse_late(late)
        can_be_read = True
    except TriggerError:
        can_be_read = False

    assert can_be_read is bool(re.search(late_pattern(), late))


def test_the_configuration_that_ships_is_valid() -> None:
    """With the options of every plugin it names."""
    data = tomllib.loads(bundled("config.example.toml").read_text(encoding="utf-8"))

    assert [] == [error.message for error in Draft202012Validator(MADE[Written.CONFIG]).iter_errors(plain(data))]


def test_the_test_files_that_ship_are_valid() -> None:
    """Names in ones and several, moments as text or as a date-time."""
    files = sorted(Path(str(bundled("rulesets"))).glob("*.test.toml"))
    validator = Draft202012Validator(MADE[Written.TESTS])

    found = {
        path.name: [error.message for error in validator.iter_errors(plain(tomllib.loads(path.read_text("utf-8"))))]
        for path in files
    }

    assert {path.name: [] for path in files} == found
    assert files


@pytest.mark.parametrize(
    ("table", "fits"),
    [
        ({"plugin": "smtp", "host": "mail.client.example", "password": {"env": "SMTP_PASSWORD"}}, True),
        ({"plugin": "smtp", "host": "mail.client.example", "pasword": "x"}, False),
        ({"plugin": "smtp", "host": {"env": "HOST", "file": "host"}}, False),
        ({"plugin": "files", "folder": 3}, False),
        ({"plugin": "somebody-elses", "anything": True}, True),
        ({"folder": "data"}, False),
    ],
)
def test_a_connector_has_the_options_of_its_plugin(table: dict[str, Any], fits: bool) -> None:
    """An option is checked where the plugin is installed; a secret may stand elsewhere."""
    assert fits is Draft202012Validator(config_schema()).is_valid({"connectors": {"one": table}})


def test_clauses_are_told_what_they_may_speak_of() -> None:
    """Every fact with its meaning, and every function as it is written."""
    told = MADE[Written.RULES]["$defs"]["clause"]["description"]

    assert "participant.active (bool): enrolled and neither seconded nor withdrawn" in told
    assert "Functions:" in told
