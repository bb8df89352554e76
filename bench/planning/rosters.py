"""Pods for rosters of 40 to 10,000 people: excess over the bound, broken rules, seconds and memory.

"Excess" is the bound of `roster.py` for its own pod sizes less the objective; broken rules are counted by its
`evaluate`. Every line is a process of its own, warmed up by a small roster first, so that memory is its own.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import apart
import peers
import workloads
from apart import Answer
from table import Bench, Result
from watches import Deadline

from convener.model import PodProposal, Register
from convener.planning import propose_pods
from convener.planning.effort import Effort
from convener.planning.pods.local.improve import improve
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import even_frames
from convener.rulesets.ruleset import Ruleset

SMALL = 40
SECONDS = {40: 2.0, 400: 2.0, 4_000: 2.0, 10_000: 20.0}
"""Seconds each size may take."""
PLAIN, PLAIN_SECONDS = 4_000, 60.0
"""The size measured without numba, and its seconds."""
PROOF_SECONDS = 120.0
"""Seconds in which small rosters may be proved."""
PEER_SIZE, PEER_SECONDS = 400, 60.0
"""The largest roster that CP-SAT gets as a whole model (one of 4,000 takes 2 GB), and the seconds it gets also."""
TARGETS = {
    40: "the optimum in 2 s",
    400: "the optimum in 2 s",
    4_000: "<= 0.05 %, 0, 2 s",
    10_000: "<= 0.05 %, 0, 20 s",
}
ANCHORS = {
    40: "none",
    400: "optimum in 1.5 s; gruepr, 140 people, excess in 82 s",
    4_000: "0.032 % in 1.9 s",
    10_000: "0.036 % in 20 s",
}
"""What was published with the question, measured elsewhere."""
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Judged:
    """A division of a roster as its own evaluator sees it."""

    excess: int
    bound: int
    broken: int

    def __str__(self) -> str:
        return f"excess {self.excess} ({100 * self.excess / self.bound:.3f} %), {self.broken} broken"


def judge(seed: Path, size: int, labels: Sequence[int]) -> Judged:
    """Return excess and broken rules of a division, by the roster's own evaluator."""
    roster = workloads.module(seed, "roster")
    score = roster.score(roster.make(size), labels)
    return Judged(score["excess"], score["ub"], sum(score["viol"].values()))


def _world(seed: str, size: int, *, coached: bool) -> tuple[Ruleset, Register]:
    roster = workloads.module(Path(seed), "roster").make(size)
    rules = workloads.ruleset(workloads.roster_rules(roster).values())
    return rules, workloads.roster_register(roster, coached=coached)


def _search(rules: Ruleset, register: Register, effort: Effort) -> list[Sequence[str]]:
    question = pose(rules, register, workloads.STARTS)
    frames = even_frames(question)
    assert frames
    return list(improve(question, frames, effort).members)


def search(seed: str, size: int, seconds: float) -> Answer:
    """Search alone, without coaches: what the anchors did."""
    rules, register = _world(seed, SMALL, coached=False)
    began = perf_counter()
    _search(rules, register, Effort(steps=1000))
    warming = perf_counter() - began
    rules, register = _world(seed, size, coached=False)
    watch = Deadline(seconds)
    pods = _search(rules, register, Effort(watch=watch))
    return {"labels": workloads.labels(pods), "seconds": watch.elapsed, "warming": warming}


def propose(seed: str, size: int, seconds: float, *, coached: bool) -> Answer:
    """Ask as every caller does: posed, searched, bounded, coaches allocated, explained and verified."""
    rules, register = _world(seed, SMALL, coached=coached)
    _search(rules, register, Effort(steps=1000))
    propose_pods(rules, register, day=workloads.STARTS)
    rules, register = _world(seed, size, coached=coached)
    watch = Deadline(seconds)
    found = propose_pods(rules, register, day=workloads.STARTS, effort=Effort(watch=watch))
    took = watch.elapsed
    assert isinstance(found, PodProposal), found
    pods = [[seat.person for seat in pod.seats] for pod in found.pods]
    return {
        "labels": workloads.labels(pods),
        "seconds": took,
        "score": found.score,
        "bound": found.bound,
        "reached": watch.reached(found.score),
        "proved": watch.first(0),
    }


def whole_model(seed: str, size: int, seconds: float) -> Answer:
    """Give CP-SAT the whole question at once, and as many seconds."""
    roster = workloads.module(Path(seed), "roster").make(size)
    return peers.divide(roster, workloads.module(Path(seed), "roster").W, seconds)


def lines(seed: Path, size: int) -> Iterator[Result]:
    """Measure one size."""
    ask: dict[str, Any] = {"seed": seed, "size": size, "seconds": SECONDS[size]}
    ours = apart.run(search, **ask)
    theirs = apart.run(whole_model, **ask) if size <= PEER_SIZE else {"failed": "model too large"}
    name = f"roster {size:,}"
    yield _line(f"{name}, search | CP-SAT whole", seed, size, ours, theirs)
    if size == PEER_SIZE:
        patient = apart.run(whole_model, seed=seed, size=size, seconds=PEER_SECONDS)
        yield Result(f"{name}: CP-SAT whole, {PEER_SECONDS:g} s", "-", _said(seed, size, patient))
    random = judge(seed, size, workloads.module(seed, "roster").random_lab(workloads.module(seed, "roster").make(size)))
    yield Result(f"{name}: division by chance", "-", str(random))
    yield Result(f"{name}: anchor, measured elsewhere", "-", ANCHORS[size])
    whole = apart.run(propose, **ask, coached=False)
    yield _line(f"{name}, propose_pods", seed, size, whole)
    yield _line(f"{name}, propose_pods with coaches", seed, size, apart.run(propose, **ask, coached=True))
    if "bound" in whole:
        said = "proved best" if whole["score"] == whole["bound"] else f"bound {whole['bound']}"
        yield Result(f"{name}, propose_pods, score", f"{whole['score']}, {said}")
    peak = f"{ours['peak'] / MEGABYTE:.0f} MB | {whole['peak'] / MEGABYTE:.0f} MB"
    yield Result(f"{name}, peak memory: search | propose_pods", peak, target="1 GiB" if size > PLAIN else "")


def _line(what: str, seed: Path, size: int, ours: Answer, peer: Answer | None = None) -> Result:
    mine, theirs = _said(seed, size, ours), _said(seed, size, peer) if peer else "-"
    return Result(what, mine, theirs, target=TARGETS[size])


def _said(seed: Path, size: int, answer: Answer) -> str:
    if "labels" not in answer:
        return str(answer.get("failed", "nothing"))
    return f"{judge(seed, size, answer['labels'])}, {answer['seconds']:.1f} s"


def proving(seed: Path, size: int) -> Iterator[Result]:
    """Time the proof of a small roster, and how soon the best plan was there."""
    found = apart.run(propose, seed=seed, size=size, seconds=PROOF_SECONDS, coached=False)
    if "labels" not in found:
        yield Result(f"roster {size}, proof", found["failed"])
        return
    proved = found["score"] == found["bound"]
    said = f"proved best after {found['proved'] or found['seconds']:.1f} s" if proved else f"bound {found['bound']}"
    reached = "" if found["reached"] is None else f", had after {found['reached']:.1f} s"
    yield Result(f"roster {size}, proof", f"score {found['score']} {said}{reached}", target="the optimum in 2 s")


def plain(seed: Path) -> Iterator[Result]:
    """Measure the plain path, without numba, and what compiling for the first time takes."""
    ask: dict[str, Any] = {"seed": seed, "size": PLAIN, "seconds": PLAIN_SECONDS}
    answer = apart.run(search, {"NUMBA_DISABLE_JIT": "1"}, **ask)
    target = f"<= 0.05 %, 0, {timedelta(seconds=PLAIN_SECONDS).seconds} s"
    yield Result(f"roster {PLAIN:,}, search without numba", _said(seed, PLAIN, answer), target=target)
    with tempfile.TemporaryDirectory() as cache:
        cold = apart.run(search, {"NUMBA_CACHE_DIR": cache}, seed=seed, size=SMALL, seconds=0.1)
        warm = apart.run(search, {"NUMBA_CACHE_DIR": cache}, seed=seed, size=SMALL, seconds=0.1)
    if "warming" in cold and "warming" in warm:
        yield Result("first search: compiling | from the cache", f"{cold['warming']:.1f} s", f"{warm['warming']:.2f} s")


def benches(seed: Path, *, quick: bool) -> dict[str, Bench]:
    """Return the tables of rosters."""
    sizes = [size for size in SECONDS if size <= PLAIN or not quick]
    return {
        **{f"roster-{size}": lambda size=size: lines(seed, size) for size in sizes},
        **{f"proof-{size}": lambda size=size: proving(seed, size) for size in sizes if size < PLAIN},
        **({} if quick else {"plain": lambda: plain(seed)}),
    }
