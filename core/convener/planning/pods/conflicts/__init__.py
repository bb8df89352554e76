"""Why no pods can be formed as asked: proofs, the smallest conflict, and ways out confirmed by solving."""

from convener.planning.pods.conflicts.case import Pose
from convener.planning.pods.conflicts.explain import explain
from convener.planning.pods.feasibility.proofs import proved

__all__ = ["Pose", "explain", "proved"]
