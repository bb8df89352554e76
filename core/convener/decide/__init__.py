"""The decision function: rules, a register and a stretch of time in, a plan out; pure."""

from convener.decide.decision import decide, forecast, next_due
from convener.decide.prepared import Prepared, prepare

__all__ = ["Prepared", "decide", "forecast", "next_due", "prepare"]
