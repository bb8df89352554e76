"""Automations that can never do anything, told when the rules are read and not after a year of silence."""

from convener.decide.reachability.domains import World
from convener.decide.reachability.search import impossible, unreachable

__all__ = ["World", "impossible", "unreachable"]
