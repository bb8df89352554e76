"""`pods`: propose, show, compare, change by hand, accept and freeze (R6 to R9)."""

from convener.operations.pods.accepting import accept, accepted, freeze
from convener.operations.pods.by_hand import ByHand, move, swap
from convener.operations.pods.comparing import PodsDifference, RuleShift, Shift, between, diff, relabelled
from convener.operations.pods.picture import write_picture
from convener.operations.pods.proposing import Shown, previous, propose, show
from convener.operations.pods.reasons import why

__all__ = [
    "ByHand",
    "PodsDifference",
    "RuleShift",
    "Shift",
    "Shown",
    "accept",
    "accepted",
    "between",
    "diff",
    "freeze",
    "move",
    "previous",
    "propose",
    "relabelled",
    "show",
    "swap",
    "why",
    "write_picture",
]
