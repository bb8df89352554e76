"""Why nobody can be divided as asked: the smallest set of inflexible rules, the people, and ways out."""

from functools import cache

from convener.model import Conflict, Relaxation
from convener.planning.effort import Effort
from convener.planning.pods.conflicts.case import Case, Pose
from convener.planning.pods.conflicts.judge import Judge
from convener.planning.pods.conflicts.model import core
from convener.planning.pods.conflicts.smallest import smallest_conflict
from convener.planning.pods.conflicts.ways import more_coaches, ways_out
from convener.planning.pods.feasibility.crowd import Crowd, Proof
from convener.planning.pods.feasibility.proofs import prove
from convener.planning.pods.question import joined
from convener.rulesets.kinds import Quorum
from convener.rulesets.ruleset import Ruleset

STEPS = 60_000_000
"""Steps that explaining a conflict is worth, whatever those of the search were."""


def explain(ruleset: Ruleset, pose: Pose, effort: Effort) -> Conflict:
    """Return the smallest set of inflexible rules that cannot all hold, the people it is about, and ways out.

    *pose* asks the question under other rules; with those of *ruleset* it is known to have no answer. A smaller set
    that could not be settled within `STEPS` counts as possible.
    """
    own = Effort(seed=effort.seed, steps=STEPS, watch=effort.watch)
    judge = Judge(Case(ruleset, pose), own)
    hard = judge.case.hard
    if judge.impossible({}):
        return _uncoached(judge)

    @cache
    def impossible(names: frozenset[str]) -> bool:
        return len(names) == len(hard) or judge.impossible({name: hard[name] for name in names})

    rules = smallest_conflict(hard, impossible)
    crowd = judge.case.crowd({name: hard[name] for name in rules})
    proof = prove(crowd) or _by_atoms(crowd, own)
    ways = ways_out(judge, hard, rules, proof.people)
    effort.spent += own.spent
    return Conflict(
        rules=tuple(sorted(rules)),
        people=proof.people,
        explanation=f"{_heading(sorted(rules))}: {proof.words}",
        relaxations=ways,
    )


def _heading(rules: list[str]) -> str:
    return f"rule {rules[0]} cannot hold" if len(rules) == 1 else f"rules {joined(rules)} cannot all hold"


def _by_atoms(crowd: Crowd, effort: Effort) -> Proof:
    """Return what the rules say that cannot all hold, found by the solver."""
    atoms = core(crowd, effort)
    if atoms is None:
        return Proof(words=f"no division of the {len(crowd.question.people)} people keeps them", people=())
    people = tuple(sorted({person for atom in atoms for person in atom.people})) or crowd.question.people
    sizes = sorted(name for name, _ in crowd.sizes)
    said = [atom.words for atom in atoms]
    if sizes:
        span = f"exactly {crowd.least}" if crowd.least == crowd.most else f"{crowd.least} to {crowd.most}"
        said.append(f"a pod has {span} members (rule {', '.join(sizes)})")
    rooms = [carrier.room for carrier in crowd.question.carriers]
    if rooms and None not in rooms:
        said.append(f"the coaches can take {sum(room or 0 for room in rooms)} pods")
    return Proof(words="; ".join(said) or "no number of pods is left", people=people)


def _uncoached(judge: Judge) -> Conflict:
    """Say that nobody may be allocated as a coach, whatever the rules on pods."""
    ruleset = judge.case.ruleset
    proof = prove(judge.case.crowd({}))
    asked = sorted(rule.id for rule, terms in ruleset.rules_of(Quorum) if terms.coach)
    ways: list[Relaxation] = more_coaches(judge, judge.case.hard)
    return Conflict(
        rules=tuple(asked or sorted(name for name, rule in judge.case.hard.items() if rule.kind == "coach-load")),
        explanation=proof.words if proof else "",
        relaxations=tuple(sorted(ways, key=lambda way: way.cost)),
    )
