"""Pods and dates: who sits with whom, and when they meet. Pure; OR-Tools lives here only."""

from convener.planning.availability import read_availability
from convener.planning.measure import Measured, measure_pods
from convener.planning.propose import propose_dates, propose_pods
from convener.planning.reasons import explain_seat, explain_session
from convener.planning.recurrence import availability_from_pattern, pattern_slots
from convener.planning.together import ProgrammeDates, propose_dates_together
from convener.planning.verification.dates import verify_dates
from convener.planning.verification.pods import verify_pods

__all__ = [
    "Measured",
    "ProgrammeDates",
    "availability_from_pattern",
    "explain_seat",
    "explain_session",
    "measure_pods",
    "pattern_slots",
    "propose_dates",
    "propose_dates_together",
    "propose_pods",
    "read_availability",
    "verify_dates",
    "verify_pods",
]
