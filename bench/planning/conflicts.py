"""Pods for 400 people that cannot be: how long until the planted conflict is named, and that its way out is one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import apart
import workloads
from apart import Answer
from table import Bench, Result
from watches import Deadline

from convener.errors import ConvenerError
from convener.model import Conflict, PodProposal, Register
from convener.planning import propose_pods
from convener.planning.effort import Effort
from convener.planning.relaxations import relaxed
from convener.rulesets.ruleset import Rule, Ruleset

PEOPLE, SECONDS, PATIENCE = 400, 60.0, 240.0
"""People, the seconds of a search, and those after which a case is given up, its checks included."""
CHECKED = 20.0
"""Seconds to find pods in, where only that there are some is asked."""
PODS, NO_PODS = "pods", "no pods"
REGION = "APAC"


@dataclass(frozen=True, slots=True)
class Planted:
    """Rules put into a roster that can be divided, so that it no longer can, and the smallest set to be named."""

    name: str
    rules: tuple[Rule, ...]
    named: frozenset[str]
    coached: bool = False


def _pairs(people: Sequence[int]) -> list[list[str]]:
    return [[workloads.address(a), workloads.address(b)] for place, a in enumerate(people) for b in people[place + 1 :]]


def _chain(people: Sequence[int]) -> list[list[str]]:
    return [[workloads.address(a), workloads.address(b)] for a, b in pairwise(people)]


def planted(roster: workloads.Roster) -> list[Planted]:
    """Return one conflict of each family."""
    apart = {tuple(pair) for pair in roster["apart"]}
    here = [person for person in roster["people"] if person["region"] == REGION]
    free = [p["id"] for p in here if p["tz"] in {8, 9} and not any(p["id"] in pair for pair in apart)]
    west = next(p["id"] for p in roster["people"] if p["region"] == "AMER" and p["tz"] == -6)
    paired = {person for pair in roster["together"] for person in pair}
    foes = [person["id"] for person in here if person["id"] not in paired][:17]
    early, late = (next(p["id"] for p in here if p["tz"] == hours) for hours in (5, 10))
    rule = workloads.rule
    return [
        Planted(
            "a size that does not add up", (rule("size", "pod-size", min=8, target=8, max=8),), _set("region size")
        ),
        Planted("eight who stay together", (rule("circle", "together", pairs=_chain(free[:8])),), _set("circle size")),
        Planted(
            "together and apart", (rule("couple", "together", pairs=_pairs(roster["apart"][0])),), _set("apart couple")
        ),
        Planted(
            "together in two regions", (rule("far", "together", pairs=_pairs([free[0], west])),), _set("far region")
        ),
        Planted(
            "together in two zones", (rule("zones", "together", pairs=_pairs([early, late])),), _set("hours zones")
        ),
        Planted("17 foes, 16 pods", (rule("foes", "apart", pairs=_pairs(foes)),), _set("foes region size")),
        Planted(
            "too little room with coaches", (rule("load", "coach-load", max_pods=3),), _set("load size"), coached=True
        ),
    ]


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


def measure(seed: Path) -> Iterator[Result]:
    """Ask for pods under each planted conflict, each in a process of its own."""
    for number, case in enumerate(planted(workloads.module(seed, "roster").make(PEOPLE))):
        answer = apart.run(ask, patience=PATIENCE, seed=seed, number=number)
        said = answer.get("said") or answer["failed"]
        yield Result(f"infeasible, {PEOPLE} people: {case.name}", said, answer.get("cured", "-"), target="<= 10 s")


def ask(seed: str, number: int) -> Answer:
    """Ask for pods under one planted conflict, and judge what is named and the first way out."""
    roster = workloads.module(Path(seed), "roster").make(PEOPLE)
    case = planted(roster)[number]
    register = workloads.roster_register(roster, coached=case.coached)
    sound = workloads.roster_rules(roster)
    _solved(workloads.ruleset(sound.values()), register)  # loads the kernels
    rules = workloads.ruleset({**sound, **{each.id: each for each in case.rules}}.values())
    began = perf_counter()
    found = propose_pods(rules, register, day=workloads.STARTS, effort=Effort(watch=Deadline(SECONDS)))
    took = perf_counter() - began
    if not isinstance(found, Conflict):
        return {"said": f"no conflict after {took:.1f} s"}
    named = "the planted one" if case.named == frozenset(found.rules) else ", ".join(found.rules)
    least = "smallest" if smallest(rules, register, found) else "not smallest"
    said = f"{took:.1f} s: {named}, {least}, {len(found.people)} people"
    return {"said": said, "cured": _cured(rules, register, found)}


def smallest(rules: Ruleset, register: Register, conflict: Conflict) -> bool:
    """Tell whether the named rules alone cannot hold, and would without any one of them, as far as solving tells."""
    alone = {name: rules.rules[name] for name in conflict.rules}
    if _solved(replace(rules, rules=alone), register) != NO_PODS:
        return False
    return all(
        _solved(replace(rules, rules={name: rule for name, rule in alone.items() if name != left}), register) == PODS
        for left in alone
    )


def _cured(rules: Ruleset, register: Register, conflict: Conflict) -> str:
    if not conflict.relaxations:
        return "no way out named"
    way = conflict.relaxations[0]
    return f"{way.words}: {_solved(relaxed(rules, way), register)}"


def _solved(rules: Ruleset, register: Register) -> str:
    """Return what solving finds, in a word or two."""
    effort = Effort(watch=Deadline(CHECKED))
    try:
        found = propose_pods(rules, register, day=workloads.STARTS, effort=effort)
    except ConvenerError:
        return "nothing found"
    return PODS if isinstance(found, PodProposal) else NO_PODS


def benches(seed: Path) -> dict[str, Bench]:
    """Return the table of conflicts."""
    return {"infeasible": lambda: measure(seed)}
