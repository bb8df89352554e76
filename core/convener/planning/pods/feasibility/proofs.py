"""Quick exact proofs that a question has no answer; what they do not see is left to `model`."""

from convener.planning.pods.feasibility.blocks import blocks
from convener.planning.pods.feasibility.counts import contradictory_sizes, crowded, indivisible, lonely
from convener.planning.pods.feasibility.crowd import Crowd, Proof, read_crowd
from convener.planning.pods.feasibility.rooms import out_of_reach, short_of_coaches, uncoached
from convener.planning.pods.feasibility.ties import contradiction
from convener.planning.pods.question import PodQuestion


def proved(question: PodQuestion) -> bool:
    """Tell whether a quick proof shows that *question* has no answer; takes about as long as reading it."""
    return prove(read_crowd(question)) is not None


def prove(crowd: Crowd) -> Proof | None:
    """Return a proof that the people cannot be divided under the inflexible rules, None when none is quick to find."""
    if not crowd.question.people:
        return None
    found = contradictory_sizes(crowd) or uncoached(crowd) or contradiction(crowd) or out_of_reach(crowd)
    if found:
        return found
    parts = blocks(crowd)
    return (
        indivisible(crowd, parts)
        or next((proof for block in parts if (proof := crowded(crowd, block))), None)
        or lonely(crowd)
        or short_of_coaches(crowd, parts)
    )
