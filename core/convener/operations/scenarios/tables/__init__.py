"""The tables of a test file, `rulesets/NAME.test.toml`, as they are written."""

from convener.operations.scenarios.tables.given import (
    GivenTable,
    ParticipantTable,
    PersonTable,
    PodTable,
    PollTable,
    PretendTable,
    SessionTable,
)
from convener.operations.scenarios.tables.happenings import HappeningTable
from convener.operations.scenarios.tables.tests import (
    EquivalentTable,
    Expectations,
    FlagTable,
    ScenarioFile,
    ScenarioTable,
    SentTable,
    StepTable,
)

__all__ = [
    "EquivalentTable", "Expectations", "FlagTable", "GivenTable", "HappeningTable", "ParticipantTable", "PersonTable",
    "PodTable", "PollTable", "PretendTable", "ScenarioFile", "ScenarioTable", "SentTable", "SessionTable", "StepTable",
]  # fmt: skip
