"""Dates for all pods at once, on arrays: exact for one pod, proved for many.

`schedule` plans all pods, `again` one pod around the others, `through` tells what each date would cost it.
"""

from convener.planning.dates.solver.paths import again, through
from convener.planning.dates.solver.solve import schedule

__all__ = ["again", "schedule", "through"]
