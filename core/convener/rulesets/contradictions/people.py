"""Rules about who sits with whom that nobody could be seated by."""

from collections.abc import Iterator

from convener.errors import Problem
from convener.rulesets.contradictions.clash import Party, clash, of_kind, pairs_of
from convener.rulesets.kinds import Apart, Mix, PodSize, Same, Together
from convener.rulesets.ruleset import Rule

_Ties = dict[str, dict[str, Rule]]
"""Address → addresses it sits with, and the rule that says so."""


def _sizes(rules: dict[str, Rule]) -> Iterator[Problem]:
    for (one, low), (other, high) in pairs_of(rules, PodSize):
        if max(low.min, high.min) > min(low.max, high.max):
            text = f"pods of {high.min} to {high.max} cannot also be of {low.min} to {low.max}"
            yield clash(text, Party(one, "min"), Party(other, "min"), hint="let the sizes overlap, or drop one")


def _columns(rules: dict[str, Rule]) -> Iterator[Problem]:
    for one, same in of_kind(rules, Same):
        for other, mix in of_kind(rules, Mix):
            for column in sorted(set(same.by) & set(mix.by)):
                text = f"members cannot share {column!r} and differ in it"
                yield clash(text, Party(one, "by"), Party(other, "by"), hint="take the column out of one of them")


def _companions(rules: dict[str, Rule]) -> Iterator[Problem]:
    """Yield each pair kept apart that must sit together, be it through others."""
    firm = {name: rule for name, rule in rules.items() if rule.inflexible}
    graphs = [_ties(firm), _ties(rules)]
    for rule, apart in of_kind(rules, Apart):
        for pair in apart.pairs:
            one, other = (address.casefold() for address in pair)
            path = next((found for ties in graphs if (found := _path(ties, one, other))), [])
            if path:
                through = [Party(tie, "pairs") for tie in path]
                text = f"{pair[0]} and {pair[1]} are to sit together and apart"
                yield clash(text, *through, Party(rule, "pairs"), hint="take the pair out of one of them")


def _crowds(rules: dict[str, Rule]) -> Iterator[Problem]:
    """Yield each circle of people who must sit together and do not fit into a pod."""
    ties = _ties(rules)
    circles = {frozenset(_circle(ties, address)) for address in ties}
    for rule, size in of_kind(rules, PodSize):
        for circle in sorted(circles, key=sorted):
            if len(circle) > size.max:
                tied = {tie.id: tie for address in circle for tie in ties[address].values()}
                parties = [*(Party(tie, "pairs") for tie in tied.values()), Party(rule, "max")]
                text = f"{len(circle)} people are to sit together in pods of at most {size.max}"
                yield clash(text, *parties, hint="raise max, or tie fewer people together")


def _ties(rules: dict[str, Rule]) -> _Ties:
    ties: _Ties = {}
    for rule, together in of_kind(rules, Together):
        for pair in together.pairs:
            one, other = (address.casefold() for address in pair)
            ties.setdefault(one, {}).setdefault(other, rule)
            ties.setdefault(other, {}).setdefault(one, rule)
    return ties


def _path(ties: _Ties, one: str, other: str) -> list[Rule]:
    """Return the rules that lead from *one* to *other*, none when nothing does."""
    paths: dict[str, list[Rule]] = {one: []}
    waiting = [one]
    for address in waiting:
        for nearby, rule in ties.get(address, {}).items():
            if nearby not in paths:
                paths[nearby] = [*paths[address], rule]
                waiting.append(nearby)
    return paths.get(other, [])


def _circle(ties: _Ties, address: str) -> set[str]:
    circle, waiting = {address}, [address]
    for each in waiting:
        found = ties[each].keys() - circle
        circle |= found
        waiting += found
    return circle


FINDERS = (_sizes, _columns, _companions, _crowds)
"""What looks for contradictions among rules about people."""
