"""Rules over a live programme that leave nothing to send or to show."""

from collections.abc import Iterator
from datetime import time
from itertools import combinations

from convener.errors import Problem
from convener.rulesets.contradictions.clash import Party, clash, of_kind, pairs_of
from convener.rulesets.kinds import MinimumGroup, PodSize, QuietHours, Visibility
from convener.rulesets.ruleset import Rule
from convener.rulesets.visible import listed

_Hours = tuple[time, time]
_MOST = 3
"""Most quiet rules looked at together."""


def _quiet(rules: dict[str, Rule]) -> Iterator[Problem]:
    """Yield the fewest rules that together keep the whole day quiet."""
    quiet = of_kind(rules, QuietHours)
    for count in range(2, min(len(quiet), _MOST) + 1):
        found = [group for group in combinations(quiet, count) if _covers([(q.from_, q.to) for _, q in group])]
        for group in found:
            parties = [Party(rule, "from") for rule, _ in group]
            yield clash("together they leave no minute to send anything", *parties, hint="shorten one of them")
        if found:
            return


def _covers(spans: list[_Hours]) -> bool:
    """Tell whether every moment of a day lies in one of *spans*; one that ends before it begins goes past midnight."""
    edges = {edge for span in spans for edge in span} | {time()}
    return all(any(_lies_in(edge, span) for span in spans) for edge in edges)


def _lies_in(clock: time, span: _Hours) -> bool:
    begin, end = span
    return begin <= clock < end if begin < end else clock >= begin or clock < end


def _groups(rules: dict[str, Rule]) -> Iterator[Problem]:
    for one, size in of_kind(rules, PodSize):
        for other, group in of_kind(rules, MinimumGroup):
            if group.min > size.max:
                text = f"answers of a pod of at most {size.max} are never shown for fewer than {group.min}"
                yield clash(text, Party(one, "max"), Party(other, "min"), hint="lower min", certain=False)


def _visible(rules: dict[str, Rule]) -> Iterator[Problem]:
    for (one, first), (other, second) in pairs_of(rules, Visibility):
        if first.audience == second.audience and not listed(first.fields) & listed(second.fields):
            text = f"they share no field, so that a {first.audience} sees nothing"
            yield clash(
                text, Party(one, "fields"), Party(other, "fields"), hint="let them share a field", certain=False
            )


FINDERS = (_quiet, _groups, _visible)
"""What looks for contradictions among rules of oversight."""
