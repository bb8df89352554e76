"""Why no dates exist, and ways out that were proved by planning with them."""

from convener.planning.dates.conflicts.conflict import explain

__all__ = ["explain"]
