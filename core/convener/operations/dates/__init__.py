"""`dates`: propose, show, explain, accept and move (R10 to R12)."""

from convener.operations.dates.accepting import accept, accepted, move
from convener.operations.dates.comparing import Redated, redated
from convener.operations.dates.picture import write_picture
from convener.operations.dates.proposing import Source, previous, propose, propose_together, show
from convener.operations.dates.reasons import Considered, why

__all__ = [
    "Considered",
    "Redated",
    "Source",
    "accept",
    "accepted",
    "move",
    "previous",
    "propose",
    "propose_together",
    "redated",
    "show",
    "why",
    "write_picture",
]
