"""Typed, dated changes of the register: pure, checked against the rules, with the events they cause."""

from convener.decide.changes.application import apply_change
from convener.decide.changes.draft import Changed

__all__ = ["Changed", "apply_change"]
