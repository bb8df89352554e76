"""Quiet hours of several rules together: when the quiet of all of them is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from convener.decide.moments.timing import after_quiet
from convener.rulesets.kinds import QuietHours
from convener.rulesets.ruleset import Rule

LONGEST = timedelta(days=14)
"""Quiet that lasts longer than this never ends: rules that leave no hour of the week open between them."""
Quiet = tuple[Rule, QuietHours]


@dataclass(frozen=True, slots=True)
class Release:
    """When something may go out, and why not sooner."""

    instant: datetime | None
    """None when an inflexible rule never lets it out in time."""
    rule: Rule | None = None
    """The rule that keeps it last; None when it may go out at once."""


def quiet_until(rules: Sequence[Quiet], asked: datetime, zone: str, end: datetime | None) -> Release:
    """Return when something asked for at *asked* may go out on the wall clock of *zone*.

    The end of one quiet may lie in another, so that all are asked until none moves it any more. A flexible rule
    that would keep it past its use, *end*, gives way; so does one that never ends.
    """
    left, instant, keeper = list(rules), asked, None
    latest = min(asked + LONGEST, end or asked + LONGEST)
    while True:
        moved = [(rule, after) for rule, terms in left if (after := after_quiet(instant, terms, zone)) > instant]
        if not moved:
            return Release(instant, keeper)
        rule, after = moved[0]
        if after <= latest:
            instant, keeper = after, rule
        elif rule.inflexible:
            return Release(None, rule)
        else:
            left, instant, keeper = [each for each in left if each[0] is not rule], asked, None
