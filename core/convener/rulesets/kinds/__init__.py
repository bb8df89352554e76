"""The kinds of rule that ship, each a typed model of its own keys."""

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

Terms = (
    PodSize | Same | Mix | Similar | Apart | Together | TimezoneOverlap | CoachLoad | CoachAccredited
    | SessionGap | SessionWindow | SessionPattern | Blackout | Holidays | Quorum | Notice
    | AttendanceFloor | AttendanceStatus | RegisterDeadline | Visibility | MinimumGroup
    | Retention | QuietHours | VolumeGuard | Require
)  # fmt: skip
"""What a rule of any kind says beyond its id and flexibility."""

KINDS: dict[str, type[Terms]] = {
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
"""Every shipped kind by the name used in `kind = "…"`."""

__all__ = [
    "KINDS", "Apart", "AttendanceFloor", "AttendanceStatus", "Blackout", "CoachAccredited", "CoachLoad",
    "Holidays", "MinimumGroup", "Mix", "Notice", "PodSize", "QuietHours", "Quorum", "RegisterDeadline",
    "Require", "Retention", "Same", "SessionGap", "SessionPattern", "SessionWindow", "Similar",
    "StatusMeaning", "Terms", "TimezoneOverlap", "Together", "Visibility", "VolumeGuard",
]  # fmt: skip
