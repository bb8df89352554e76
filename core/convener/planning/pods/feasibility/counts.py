"""Arithmetic that no division can meet: sizes, how often a value occurs, who is left with too few to sit with."""

from collections import Counter
from collections.abc import Mapping, Sequence

from convener.planning.pods.feasibility.blocks import Block, by_sort, neighbours, sort_of
from convener.planning.pods.feasibility.crowd import Crowd, Proof

STARTS = 50
"""People from whom a set of mutual rivals is grown."""


def contradictory_sizes(crowd: Crowd) -> Proof | None:
    """Say that two rules leave no size for a pod."""
    if crowd.least <= crowd.most:
        return None
    low = next(name for name, terms in crowd.sizes if terms.min == crowd.least)
    high = next(name for name, terms in crowd.sizes if terms.max == crowd.most)
    words = f"a pod has at least {crowd.least} members (rule {low}) and at most {crowd.most} (rule {high})"
    return Proof(words=words, people=crowd.question.people)


def indivisible(crowd: Crowd, found: Sequence[Block]) -> Proof | None:
    """Say which blocks cannot be divided into pods of the sizes allowed."""
    wrong = [block for block in found if block.fewest > block.most]
    if not wrong:
        return None
    first = min(wrong, key=lambda block: (len(block.people), block.people))
    return Proof(words="; ".join(_undivided(crowd, block) for block in wrong), people=first.people)


def _undivided(crowd: Crowd, block: Block) -> str:
    count, of = len(block.people), f" of {block.label}" if block.label else ""
    sizes = f"exactly {crowd.least}" if crowd.least == crowd.most else f"{crowd.least} to {crowd.most}"
    below, above = block.most * crowd.most, block.fewest * crowd.least
    could = " or ".join(str(each) for each in (below, above) if each)
    who = "1 person" if count == 1 else f"{count} people"
    return f"{who}{of} cannot be divided into pods of {sizes}: {could} could"


def lonely(crowd: Crowd) -> Proof | None:
    """Say who has too few people to sit with for the smallest pod."""
    sorts = by_sort(crowd)
    around = neighbours(crowd, sorts)
    reach = {sort: sum(len(sorts[other]) for other in around[sort]) for sort in sorts}
    for person in crowd.question.people:
        sort = sort_of(crowd, person)
        near = set(around[sort])
        rivals = [p for p in crowd.rivals.get(person, {}) if sort_of(crowd, p) in near]
        count = reach[sort] - len(rivals) - (0 if sort in near else -1)
        if count < crowd.least:
            company = {1: "nobody", 2: "only one other"}.get(count, f"only {count - 1} others")
            said = f", being apart from {crowd.listed(rivals)} (rule {_rule(crowd, person, rivals)})"
            words = (
                f"{crowd.name(person)} can sit with {company}{said if rivals else ''}, "
                f"but a pod has at least {crowd.least} members"
            )
            return Proof(words=words, people=tuple(sorted([person, *rivals])))
    return None


def _rule(crowd: Crowd, person: str, rivals: Sequence[str]) -> str:
    return ", ".join(sorted({crowd.rivals[person][rival] for rival in rivals}))


def needed(crowd: Crowd, block: Block) -> tuple[int, Proof]:
    """Return how many pods *block* needs at least, and why."""
    of = f" of {block.label}" if block.label else ""
    best = (
        block.fewest,
        Proof(words=f"{len(block.people)} people{of} need {_pods(block.fewest)}", people=block.people),
    )
    for found in (_most_held(crowd, block), _rivals(crowd, block)):
        if found is not None and found[0] > best[0]:
            best = found
    return best


def crowded(crowd: Crowd, block: Block) -> Proof | None:
    """Say that a block needs more pods than its people can fill."""
    count, why = needed(crowd, block)
    if count <= block.most:
        return None
    of = f" of {block.label}" if block.label else ""
    words = f"{why.words}, but {len(block.people)} people{of} fill at most {_pods(block.most)} of {crowd.least}"
    return Proof(words=words, people=why.people)


def _pods(count: int) -> str:
    return f"{count} pod{'' if count == 1 else 's'}"


def _most_held(crowd: Crowd, block: Block) -> tuple[int, Proof] | None:
    """Return the largest number of people of *block* who hold one value that must differ."""
    best: tuple[int, Proof] | None = None
    for (rule, column), values in crowd.unlike.items():
        held = Counter(values[person] for person in block.people if person in values)
        if held:
            value, count = min(held.items(), key=lambda item: (-item[1], item[0]))
            people = tuple(person for person in block.people if values.get(person) == value)
            words = f"{count} people with {column} {value} must each sit in another pod (rule {rule})"
            if best is None or count > best[0]:
                best = (count, Proof(words=words, people=people))
    return best


def _rivals(crowd: Crowd, block: Block) -> tuple[int, Proof] | None:
    """Return the largest set of mutual rivals that a greedy search finds."""
    inside = set(block.people)
    near = {p: others for p in block.people if (others := _inside(crowd.rivals.get(p, {}), inside))}
    order = sorted(near, key=lambda person: (-len(near[person]), person))
    best = max((_grown(near, person) for person in order[:STARTS]), key=len, default=())
    if not best:
        return None
    rules = sorted({crowd.rivals[one][other] for one in best for other in best if one != other})
    words = f"{crowd.listed(best)} must all be apart (rule {', '.join(rules)})"
    return len(best), Proof(words=words, people=tuple(sorted(best)))


def _inside(others: Mapping[str, str], inside: set[str]) -> set[str]:
    return {other for other in others if other in inside}


def _grown(near: Mapping[str, set[str]], person: str) -> tuple[str, ...]:
    chosen, left = [person], set(near[person])
    while left:
        person = min(left, key=lambda each: (-len(near[each] & left), each))
        chosen.append(person)
        left &= near[person]
    return tuple(chosen)
