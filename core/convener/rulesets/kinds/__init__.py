"""The kinds of rule that ship, each a typed model of its own keys."""

from collections.abc import Mapping

from pydantic import BaseModel

from convener.rulesets.kinds.oversight import (
    AttendanceFloor,
    AttendanceStatus,
    MinimumGroup,
    QuietHours,
    RegisterDeadline,
    Require,
    Retention,
    StatusMeaning,
    Visibility,
    VolumeGuard,
)
from convener.rulesets.kinds.pods import (
    Apart,
    CoachAccredited,
    CoachLoad,
    Mix,
    PodSize,
    Same,
    Similar,
    TimezoneOverlap,
    Together,
)
from convener.rulesets.kinds.sessions import (
    Blackout,
    Holidays,
    Notice,
    Quorum,
    SessionGap,
    SessionPattern,
    SessionWindow,
)

Kinds = Mapping[str, type[BaseModel]]
"""The models of kinds by the name used in `kind = "…"`: what a rule says beyond its id and flexibility."""

KINDS: Kinds = {
    "pod-size": PodSize,
    "same": Same,
    "mix": Mix,
    "similar": Similar,
    "apart": Apart,
    "together": Together,
    "timezone-overlap": TimezoneOverlap,
    "coach-load": CoachLoad,
    "coach-accredited": CoachAccredited,
    "session-gap": SessionGap,
    "session-window": SessionWindow,
    "session-pattern": SessionPattern,
    "blackout": Blackout,
    "holidays": Holidays,
    "quorum": Quorum,
    "notice": Notice,
    "attendance-floor": AttendanceFloor,
    "attendance-status": AttendanceStatus,
    "register-deadline": RegisterDeadline,
    "visibility": Visibility,
    "minimum-group": MinimumGroup,
    "retention": Retention,
    "quiet-hours": QuietHours,
    "volume-guard": VolumeGuard,
    "require": Require,
}
"""Every shipped kind."""

__all__ = [
    "KINDS", "Apart", "AttendanceFloor", "AttendanceStatus", "Blackout", "CoachAccredited", "CoachLoad",
    "Holidays", "Kinds", "MinimumGroup", "Mix", "Notice", "PodSize", "QuietHours", "Quorum", "RegisterDeadline",
    "Require", "Retention", "Same", "SessionGap", "SessionPattern", "SessionWindow", "Similar",
    "StatusMeaning", "TimezoneOverlap", "Together", "Visibility", "VolumeGuard",
]  # fmt: skip
