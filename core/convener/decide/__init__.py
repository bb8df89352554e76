"""The decision function: rules, a register and a stretch of time in, a plan out; pure."""

from convener.decide.changes import Changed, apply_change
from convener.decide.decision import decide, forecast, next_due
from convener.decide.prepared import Prepared, prepare
from convener.decide.watch.requirements import unmet

__all__ = ["Changed", "Prepared", "apply_change", "decide", "forecast", "next_due", "prepare", "unmet"]
