"""`demo`: a whole programme played on a virtual clock through the real operations."""

from convener.operations.demo.play import DemoStep, DemoSummary, play
from convener.operations.demo.script import CLIENT, OPENING, SCOPE

__all__ = ["CLIENT", "OPENING", "SCOPE", "DemoStep", "DemoSummary", "play"]
