"""A rule that a register breaks: what changes are judged by."""

from dataclasses import dataclass

from convener.rulesets.ruleset import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One rule broken over one subject."""

    rule: str
    inflexible: bool
    subject: str
    """What tells two breaches of a rule apart: a pod, a pair of people, two sessions."""
    text: str
    from_leaving: bool = False
    """Whether only people leaving can cause it; nobody is refused to leave."""

    @property
    def key(self) -> tuple[str, str]:
        """The same breach before and after a change has the same key."""
        return (self.rule, self.subject)


def breach(rule: Rule, subject: str, text: str, *, from_leaving: bool = False) -> Breach:
    """Make the breach of *rule* over *subject*."""
    return Breach(rule=rule.id, inflexible=rule.inflexible, subject=subject, text=text, from_leaving=from_leaving)
