"""The kinds of rule that pods are judged by, and what a unit of each is called."""

from convener.rulesets.kinds import (
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
from convener.rulesets.ruleset import Rule

NOUNS: dict[type, tuple[str, str]] = {
    PodSize: ("person beyond the sizes", "people beyond the sizes"),
    Same: ("member unlike the rest of their pod", "members unlike the rest of their pod"),
    Mix: ("pair that shares a value", "pairs that share a value"),
    Similar: ("step between members", "steps between members"),
    Apart: ("pair together that should be apart", "pairs together that should be apart"),
    Together: ("pair apart that should be together", "pairs apart that should be together"),
    TimezoneOverlap: ("pair of zones with too few hours in common", "pairs of zones with too few hours in common"),
    CoachLoad: ("pod too many for its coach", "pods too many for their coaches"),
    CoachAccredited: ("pod whose coach lacks an accreditation", "pods whose coach lacks an accreditation"),
}
"""One unit, and several."""
JUDGED = tuple(NOUNS)
"""Kinds of rule that pods are judged by."""


def counted(rule: Rule, count: int) -> str:
    """Return the noun for *count* units of *rule*, without the number."""
    one, several = NOUNS[type(rule.terms)]
    return one if count == 1 else several
