"""Answers to "why": for an automation, a rule or a setting, from the same code that decides (P16)."""

from convener.decide.explanation.answers import (
    ClauseShown,
    Explanation,
    FactShown,
    Impact,
    KeyShown,
    Outcome,
    RuleExplanation,
    Stretch,
    SubjectShown,
)
from convener.decide.explanation.automations import explain_automation, explain_dispatch
from convener.decide.explanation.impact import impact
from convener.decide.explanation.question import LedgerView
from convener.decide.explanation.rules import explain_rule

__all__ = [
    "ClauseShown",
    "Explanation",
    "FactShown",
    "Impact",
    "KeyShown",
    "LedgerView",
    "Outcome",
    "RuleExplanation",
    "Stretch",
    "SubjectShown",
    "explain_automation",
    "explain_dispatch",
    "explain_rule",
    "impact",
]
