"""Whether a set of inflexible rules can hold: a quick proof that not, a division, or the exact model."""

from collections.abc import Mapping
from dataclasses import dataclass

from convener.planning.effort import Effort
from convener.planning.pods.conflicts.case import Case
from convener.planning.pods.conflicts.crowd import Crowd
from convener.planning.pods.conflicts.model import decide
from convener.planning.pods.conflicts.packing import pack
from convener.planning.pods.conflicts.proofs import prove
from convener.planning.pods.costs import Seated
from convener.planning.search import Found
from convener.rulesets.ruleset import Rule


@dataclass(frozen=True, slots=True)
class Judge:
    """Tries rules of a case."""

    case: Case
    effort: Effort

    def divided(self, rules: Mapping[str, Rule]) -> tuple[Crowd, list[Seated] | Found]:
        """Return the people and pods that keep *rules*; `NONE` for proved impossible, `UNKNOWN` for not settled."""
        crowd = self.case.crowd(rules)
        return crowd, self.pods_of(crowd)

    def pods_of(self, crowd: Crowd) -> list[Seated] | Found:
        """Return pods that keep what is asked of *crowd*, or what is known of that."""
        return Found.NONE if prove(crowd) else pack(crowd) or decide(crowd, self.effort)

    def impossible(self, rules: Mapping[str, Rule]) -> bool:
        """Tell whether *rules* provably cannot all hold."""
        return self.divided(rules)[1] is Found.NONE
