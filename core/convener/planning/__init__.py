"""Pods and dates: who sits with whom, and when they meet. Pure; OR-Tools lives here only."""

from convener.planning.availability import read_availability
from convener.planning.propose import propose_dates, propose_pods
from convener.planning.verification.dates import verify_dates
from convener.planning.verification.pods import verify_pods

__all__ = ["propose_dates", "propose_pods", "read_availability", "verify_dates", "verify_pods"]
