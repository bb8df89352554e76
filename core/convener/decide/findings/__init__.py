"""What rules measure of a register, before anybody asks what follows from it."""

from convener.decide.findings.finding import Finding
from convener.decide.findings.ground import Ground, Meeting, ground_of

__all__ = ["Finding", "Ground", "Meeting", "ground_of"]
