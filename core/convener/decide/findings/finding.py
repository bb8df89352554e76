"""What one rule measures of one subject: kept, broken or not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from convener.rulesets.ruleset import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule comes to for one subject on one day, before waivers."""

    rule: Rule
    subject: str
    """Id of the person, pod, session or programme it is about."""
    mark: str = ""
    """What tells two findings of a rule over one subject apart: another person, a column, a side of a bound."""
    breached: bool | None
    """None when the facts it needs are not known."""
    text: str
    """What was measured and what the rule wants, in words."""
    missing: tuple[str, ...] = ()
    """What is not known, in words."""
    names: frozenset[str]
    """Everything a waiver may call the subject by: ids and addresses."""
    day: date
    """The day whose waivers count: the session's for a session, else the day asked about."""
    ends: datetime | None = None
    """When it is over and nobody can do anything about it any more; None for what lasts."""
    from_leaving: bool = False
    """Whether only people leaving can cause it; nobody is refused to leave."""
    by_degree: bool = False
    """Whether a flexible rule of this kind is more or less kept, never kept or broken: nothing to flag."""
    severity: str = ""
    """How bad a breach of a flexible rule is; empty for the usual."""
    settle: str = ""
    """The command that settles a breach; empty for the usual."""

    @property
    def key(self) -> tuple[str, str, str]:
        """The same finding before and after a change has the same key."""
        return (self.rule.id, self.subject, self.mark)

    @property
    def said(self) -> str:
        """The text, with what is not known."""
        return self.text if self.breached is not None else f"{self.text}; not known: {', '.join(self.missing)}"

    @property
    def is_open(self) -> bool:
        """Whether the rule is broken, or may be for all that is known."""
        return self.breached is not False


def named(*names: str | None) -> frozenset[str]:
    """Return *names* without the empty ones."""
    return frozenset(name for name in names if name)


def listed(words: Iterable[str]) -> str:
    """Return *words* in order with commas, an empty one as `none`."""
    return ", ".join(word or "none" for word in sorted(words))
