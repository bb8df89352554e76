"""Whether a set of inflexible rules can hold: a quick proof that not, a division, or the exact model."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from convener.planning.effort import Effort
from convener.planning.pods.conflicts.case import Case
from convener.planning.pods.conflicts.model import decide
from convener.planning.pods.costs import Seated
from convener.planning.pods.feasibility.crowd import Crowd
from convener.planning.pods.feasibility.packing import pack
from convener.planning.pods.feasibility.proofs import prove
from convener.planning.search import Found
from convener.rulesets.ruleset import Rule

Verdict = tuple[Crowd, list[Seated] | Found]
"""The people with what is asked of them, and their pods; `NONE` for proved impossible, `UNKNOWN` for not settled."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Tries rules of a case, the same ones once."""

    case: Case
    effort: Effort
    _known: dict[tuple[object, ...], Verdict] = field(default_factory=dict[tuple[object, ...], Verdict], compare=False)

    def divided(self, rules: Mapping[str, Rule], *, exact: bool = True) -> Verdict:
        """Return what is known of *rules*; unless *exact* that is a division quickly found or a quick proof."""
        said = sorted((name, rule.inflexible, rule.terms.model_dump_json()) for name, rule in rules.items())
        key = (exact, *said)
        if key not in self._known:
            crowd = self.case.crowd(rules)
            self._known[key] = crowd, self.pods_of(crowd, exact=exact)
        return self._known[key]

    def pods_of(self, crowd: Crowd, *, exact: bool = True) -> list[Seated] | Found:
        """Return pods that keep what is asked of *crowd*, or what is known of that, likewise."""
        if prove(crowd):
            return Found.NONE
        return pack(crowd, self.effort) or (decide(crowd, self.effort) if exact else Found.UNKNOWN)

    def impossible(self, rules: Mapping[str, Rule]) -> bool:
        """Tell whether *rules* provably cannot all hold."""
        return self.divided(rules)[1] is Found.NONE
