"""What becomes of a rule that is kept, broken or unknown: the one function behind every answer.

Flags, changes, requirements, going live and explanations all ask here, so that flexible and inflexible mean
the same to each of them. A rule comes first and its waivers after it: a rule that holds is never waived.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from convener.rulesets.ruleset import Rule, Ruleset, Waiver

AUDIT = "audit"
"""The detail of a ruling that only says what a rule would do once it is in force."""


class Decision(StrEnum):
    """What may be decided, of a rule over a subject or of an automation for a person at a time; a closed set."""

    FIRE = "fire"
    """It goes out; of a rule: the breach is flagged."""
    NOT_MATCHED = "not_matched"
    """A clause is false, or nobody is meant; of a rule: it holds."""
    UNDECIDED = "undecided"
    """Something it depends on is not known."""
    WAIVED = "waived"
    BLOCKED = "blocked"
    """An inflexible rule forbids it."""
    SUPPRESSED = "suppressed"
    """Held back by quiet hours, a daily cap, an earlier copy or a draft."""
    MISSED = "missed"
    INVALID = "invalid"
    """What the rule files say of it cannot be used."""
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a rule means for one subject on one day."""

    decision: Decision
    detail: str
    """What the decision names: the rule that blocks, the waiver, the facts that are missing, `audit`; or nothing."""
    rule: Rule
    waiver: Waiver | None = None

    @property
    def flags(self) -> bool:
        """Whether a human is to hear of it."""
        return self.decision in (Decision.FIRE, Decision.BLOCKED, Decision.UNDECIDED)

    @property
    def forbids(self) -> bool:
        """Whether what would cause it is refused."""
        return self.decision is Decision.BLOCKED

    def __str__(self) -> str:
        return f"{self.decision}({self.detail})" if self.detail else self.decision.value


def ruling(
    ruleset: Ruleset,
    rule: Rule,
    breached: bool | None,
    names: Collection[str],
    day: date,
    *,
    missing: Iterable[str] = (),
) -> Ruling:
    """Return what *rule* means on *day* for the subject called *names*, by id or address.

    *breached* is None when the facts are not known, *missing* among them: an inflexible rule fails closed then,
    a flexible one is undecided.
    """
    decision, detail, waiver = Decision.NOT_MATCHED, "", None
    if breached is None:
        decision = Decision.BLOCKED if rule.inflexible else Decision.UNDECIDED
        detail = rule.id if rule.inflexible else ", ".join(missing)
    elif breached and rule.audited:
        decision, detail = Decision.FIRE, AUDIT
    elif breached and rule.inflexible:
        decision, detail = Decision.BLOCKED, rule.id
    elif breached:
        waiver = waiver_of(ruleset, rule, names, day)
        decision = Decision.WAIVED if waiver else Decision.FIRE
        detail = waiver.id if waiver else ""
    return Ruling(decision=decision, detail=detail, rule=rule, waiver=waiver)


def waiver_of(ruleset: Ruleset, rule: Rule, names: Collection[str], day: date) -> Waiver | None:
    """Return the waiver of *rule* in force on *day* for one of *names*, the longest of several.

    An inflexible rule has none.
    """
    if rule.inflexible:
        return None
    found = [
        waiver
        for waiver in ruleset.waivers.values()
        if waiver.since <= day <= waiver.until and covers(waiver, rule, names)
    ]
    return max(found, key=lambda waiver: (waiver.until, waiver.id), default=None)


def covers(waiver: Waiver, rule: Rule, names: Collection[str]) -> bool:
    """Tell whether *waiver* is of *rule* and for one of *names*, whenever it is in force."""
    if waiver.rule != rule.id:
        return False
    wanted = {name.casefold() for name in names}
    return any(name.casefold() in wanted for name in waiver.subject.values())
