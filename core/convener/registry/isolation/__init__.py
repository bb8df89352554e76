"""Connectors in processes of their own, which can be ended when they hang; a thread cannot (fault 19)."""

from convener.registry.isolation.isolated import Isolated
from convener.registry.isolation.speech import Recipe
from convener.registry.isolation.worker import STARTING

__all__ = ["STARTING", "Isolated", "Recipe"]
