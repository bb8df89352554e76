"""The tables of a rule file other than the terms of a rule, as they are written."""

from convener.rulesets.tables.automations import AutomationTable, StepTable
from convener.rulesets.tables.files import (
    ClientFile,
    ClientTable,
    PackFile,
    PackTable,
    StackTable,
    SubjectTable,
    WaiverTable,
)
from convener.rulesets.tables.polls import PollTable, QuestionTable
from convener.rulesets.tables.programmes import (
    PodTable,
    ProgrammeTable,
    RosterTable,
    SessionsTable,
    TopicsTable,
)
from convener.rulesets.tables.rules import RuleHead

__all__ = [
    "AutomationTable", "ClientFile", "ClientTable", "PackFile", "PackTable", "PodTable", "PollTable", "ProgrammeTable",
    "QuestionTable", "RosterTable", "RuleHead", "SessionsTable", "StackTable", "StepTable", "SubjectTable",
    "TopicsTable", "WaiverTable",
]  # fmt: skip
