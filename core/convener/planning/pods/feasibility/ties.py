"""Pairs that contradict: people tied to each other who cannot all sit in one pod."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from convener.planning.pods.feasibility.crowd import Crowd, Proof


def clusters(crowd: Crowd) -> list[tuple[str, ...]]:
    """Return everyone by those they are tied to, directly or through others; most people are alone."""
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for person in crowd.question.people:
        if person not in seen:
            members = _reached(crowd, person)
            seen.update(members)
            found.append(tuple(sorted(members)))
    return found


def contradiction(crowd: Crowd) -> Proof | None:
    """Return the shortest chain of ties whose ends cannot sit together, or a chain too long for a pod."""
    tied = [members for members in clusters(crowd) if len(members) > 1]
    chains = [chain for members in tied if _torn(crowd, members) for chain in _chains(crowd, members)]
    if chains:
        return _chained(crowd, min(chains, key=lambda chain: (len(chain), chain)))
    for members in tied:
        if len(members) > crowd.most:
            return _too_long(crowd, members)
    return None


def _reached(crowd: Crowd, person: str) -> list[str]:
    found, waiting = {person: None}, deque([person])
    while waiting:
        for other in sorted(crowd.friends.get(waiting.popleft(), {})):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return list(found)


def _torn(crowd: Crowd, members: Sequence[str]) -> bool:
    """Tell whether any two of *members* cannot sit together."""
    inside = set(members)
    if any(other in inside for person in members for other in crowd.rivals.get(person, {})):
        return True
    for values in crowd.alike.values():
        if len({values[person] for person in members if person in values}) > 1:
            return True
    for values in crowd.unlike.values():
        held = [values[person] for person in members if person in values]
        if len(set(held)) < len(held):
            return True
    zones = sorted({crowd.zones[person] for person in members})
    return any(not crowd.zones_fit(one, other) for at, one in enumerate(zones) for other in zones[at + 1 :])


def _chains(crowd: Crowd, members: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield for each of *members* the shortest chain to somebody they cannot sit with."""
    shortest = len(members) + 1
    for person in members:
        before: dict[str, str] = {person: ""}
        depth = {person: 1}
        waiting = deque([person])
        while waiting:
            here = waiting.popleft()
            if depth[here] >= shortest:
                break
            if here != person and crowd.clash(person, here):
                shortest = depth[here]
                yield _back(before, here)
                break
            for other in sorted(crowd.friends.get(here, {})):
                if other not in before:
                    before[other], depth[other] = here, depth[here] + 1
                    waiting.append(other)


def _back(before: dict[str, str], person: str) -> tuple[str, ...]:
    chain = [person]
    while before[chain[-1]]:
        chain.append(before[chain[-1]])
    return tuple(chain[::-1])


def _chained(crowd: Crowd, chain: Sequence[str]) -> Proof:
    ties = [
        f"{crowd.name(one)} and {crowd.name(other)} {'must be together' if not at else 'too'}"
        f" (rule {crowd.friends[one][other]})"
        for at, (one, other) in enumerate(pairwise(chain))
    ]
    words = f"{', '.join(ties)}, but {crowd.clash(chain[0], chain[-1])}"
    return Proof(words=words, people=tuple(sorted(chain)))


def _too_long(crowd: Crowd, members: Sequence[str]) -> Proof:
    chain = _reached(crowd, members[0])[: crowd.most + 1]
    ties = sorted({rule for one in chain for other, rule in crowd.friends[one].items() if other in chain})
    sizes = sorted(name for name, terms in crowd.sizes if terms.max == crowd.most)
    words = (
        f"{crowd.listed(chain)} must all be together (rule {', '.join(ties)}), "
        f"but a pod has at most {crowd.most} members (rule {sizes[0]})"
    )
    return Proof(words=words, people=tuple(sorted(chain)))
