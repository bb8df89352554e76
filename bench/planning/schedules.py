"""Nine dates for 10, 50 and 350 pods: seconds to a proven gap and to the proof, beside whole models of others.

The objective, its rules and its judge are those of `gen.py`; a gap is what lies between bound and objective, in
percent of the bound. HiGHS gets the whole layered flow, CP-SAT a model with a variable for each date.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from types import ModuleType
from typing import Any

import apart
import flows
import workloads
from apart import Answer
from table import Bench, Result
from watches import Deadline

from convener.model import DateProposal
from convener.planning import propose_dates, verify_dates
from convener.planning.dates.series import Schedule
from convener.planning.dates.solver import again, schedule
from convener.planning.effort import Effort

MODES = ("iid35", "weekly40")
"""Independent answers, 35 % yes; and weekly habits, 40 % yes and coaches 50 %."""
SECONDS = {10: 10.0, 50: 30.0, 350: 120.0}
"""Seconds each number of pods may take."""
GAPS = {10: (7, 1.0), 50: (7, 3.0), 350: (5, 60.0)}
"""Gap to be proved, in thousandths of the bound, and the seconds for it."""
PROOF = {10: "", 50: "", 350: ", proved in 120 s"}
PEER_SECONDS = {10: 30.0, 50: 120.0, 350: 120.0}
"""Seconds that HiGHS gets."""
EARLIEST = datetime(2026, 12, 20, tzinfo=UTC)
CHANGES = 1_000
"""Re-plannings of one pod."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A schedule as the problem's own judge sees it."""

    objective: int
    bad: int
    below: int

    def __str__(self) -> str:
        return f"objective {self.objective}, {self.bad} bad, {self.below} below quorum"


def problem(seed: str, pods: int, mode: str) -> tuple[ModuleType, workloads.Problem]:
    """Return the generator and a problem of its own."""
    gen = workloads.module(Path(seed), "gen")
    return gen, gen.make(pods, mode)


def judge(gen: ModuleType, instance: workloads.Problem, slots: list[list[int]]) -> Judged:
    """Return what the problem's own judge says."""
    found = gen.check(instance, slots)
    return Judged(found["obj"], found["bad"], found["below_quorum"])


def ours(seed: str, pods: int, mode: str, seconds: float) -> Answer:
    """Schedule all pods at once."""
    small = problem(seed, 1, mode)
    schedule(workloads.series_of(*small), workloads.limits_of(*small), Effort(steps=1000))
    gen, instance = problem(seed, pods, mode)
    series, limits = workloads.series_of(gen, instance), workloads.limits_of(gen, instance)
    watch = Deadline(seconds)
    found = schedule(series, limits, Effort(watch=watch))
    took = watch.elapsed
    if not isinstance(found, Schedule):
        return {"failed": f"{found.value} in {took:.1f} s", "seconds": took}
    slots = [[int(each.slots[node]) for node in path] for each, path in zip(series, found.paths, strict=True)]
    thousandths, _ = GAPS[pods]
    bound = workloads.objective(gen, pods, found.bound)
    said = judge(gen, instance, slots)
    assert said.objective == workloads.objective(gen, pods, found.cost), "our cost is not their objective"
    return {
        "said": str(said),
        "objective": said.objective,
        "bound": bound,
        "seconds": took,
        "close": watch.first(bound * thousandths // 1000),
        "proved": watch.first(0) or took if found.bound == found.cost else None,
        "slots": slots,
    }


def highs(seed: str, pods: int, mode: str, seconds: float) -> Answer:
    """Give HiGHS the whole layered flow."""
    return flows.highs(*problem(seed, pods, mode), seconds)


def whole_model(seed: str, pods: int, mode: str, seconds: float) -> Answer:
    """Give CP-SAT the whole question."""
    return flows.cp_sat(*problem(seed, pods, mode), seconds)


def lines(seed: Path, pods: int, mode: str, *, quick: bool) -> Iterator[Result]:
    """Measure one problem."""
    ask: dict[str, Any] = {"seed": seed, "pods": pods, "mode": mode}
    mine = apart.run(ours, **ask, seconds=SECONDS[pods])
    name = f"dates, {pods} pods, {mode}"
    thousandths, within = GAPS[pods]
    target = f"<= {thousandths / 10:g} % in {within:g} s{PROOF[pods]}"
    if "said" not in mine:
        yield Result(name, mine["failed"], target=target)
        return
    peer = (
        {"failed": "not run"} if quick and pods > min(SECONDS) else apart.run(highs, **ask, seconds=PEER_SECONDS[pods])
    )
    ratio = f"{mine['seconds'] / peer['seconds']:.2f} x" if "said" in peer else "-"
    yield Result(f"{name} | HiGHS, whole flow", _said(mine), _said(peer), ratio, target=target)
    close = "not reached" if mine["close"] is None else f"{mine['close']:.1f} s"
    proved = "not proved" if mine["proved"] is None else f"{mine['proved']:.1f} s"
    yield Result(f"{name}: gap of {thousandths / 10:g} % | optimum proved", close, proved, target=target)
    model = apart.run(whole_model, **ask, seconds=SECONDS[pods])
    yield Result(f"{name}: gen.check | CP-SAT whole", mine["said"], _said(model), target="0 bad")
    gen, instance = problem(str(seed), pods, mode)
    alone = sum(gen.dp(pod)[0] for pod in instance["pods"])
    yield Result(f"{name}: our bound | each pod alone", f"{mine['bound']}", f"{alone}")
    yield Result(f"{name}: peak memory | HiGHS", f"{_megabytes(mine)}", _megabytes(peer))


def _said(answer: Answer) -> str:
    if "objective" not in answer:
        return str(answer["failed"])
    gap = 100 * (answer["bound"] - answer["objective"]) / answer["bound"]
    return f"{answer['objective']}, gap {gap:.2f} %, {answer['seconds']:.1f} s"


def _megabytes(answer: Answer) -> str:
    return f"{answer.get('peak', 0) / 1_000_000:.0f} MB"


def whole(seed: str, pods: int, mode: str, seconds: float) -> Answer:
    """Ask as every caller does: answers read, posed, scheduled, explained and verified."""
    register, known = workloads.poll(*problem(seed, pods, mode))
    rules = workloads.ruleset(workloads.poll_rules())
    watch = Deadline(seconds)
    found = propose_dates(rules, register, known, earliest=EARLIEST, effort=Effort(watch=watch))
    took = watch.elapsed
    assert isinstance(found, DateProposal), found
    broken = sum(each.inflexible for each in verify_dates(rules, register, found, known))
    gap = 100 * (found.score - found.bound) / found.score
    return {"said": f"{took:.1f} s, score {found.score}, gap {gap:.2f} %, {broken} broken"}


def asking(seed: Path, *, quick: bool) -> Iterator[Result]:
    """Measure `propose_dates` on the largest problem."""
    pods = 50 if quick else max(SECONDS)
    for mode in MODES:
        found = apart.run(whole, seed=seed, pods=pods, mode=mode, seconds=SECONDS[pods])
        what = f"propose_dates, {pods} pods, {mode}, {workloads.MEMBERS * pods:,} people"
        yield Result(what, found.get("said", found.get("failed", "")), _megabytes(found), target="0 broken")


def replan(seed: str, pods: int, mode: str, seconds: float) -> Answer:
    """Plan one pod again, a thousand times: it loses one of its dates, and its coach's other dates are taken."""
    gen, instance = problem(seed, pods, mode)
    series = workloads.series_of(gen, instance)
    planned = schedule(series, workloads.limits_of(gen, instance), Effort(watch=Deadline(seconds)))
    assert isinstance(planned, Schedule)
    slots = [{int(each.slots[node]) for node in path} for each, path in zip(series, planned.paths, strict=True)]
    coach: dict[tuple[str, ...], set[int]] = {}
    for each, taken in zip(series, slots, strict=True):
        coach.setdefault(each.uses, set()).update(taken)
    chance = random.Random(1)  # noqa: S311 - makes examples, not secrets
    again(series[0], coach[series[0].uses] - slots[0])
    times: list[float] = []
    impossible = 0
    for _ in range(CHANGES):
        at = chance.randrange(pods)
        lost = chance.choice(sorted(slots[at]))
        taken = (coach[series[at].uses] - slots[at]) | {lost}
        began = perf_counter()
        found = again(series[at], taken)
        times.append(perf_counter() - began)
        impossible += found is None
        assert found is None or not taken & {int(series[at].slots[node]) for node in found[1]}
    cuts = quantiles(times, n=100)
    return {"median": cuts[49], "late": cuts[98], "impossible": impossible}


def changing(seed: Path, *, quick: bool) -> Iterator[Result]:
    """Measure re-planning in the largest problem."""
    pods = 50 if quick else max(SECONDS)
    for mode in MODES:
        found = apart.run(replan, seed=seed, pods=pods, mode=mode, seconds=20.0)
        if "failed" in found:
            yield Result(f"re-plan one of {pods} pods, {mode}", found["failed"])
            continue
        said = f"{1000 * found['median']:.2f} ms | {1000 * found['late']:.2f} ms"
        what = f"re-plan one of {pods} pods, {mode}: p50 | p99"
        peer = f"{found['impossible']} had no series left"
        yield Result(what, said, peer, "-", CHANGES, "p99 <= 10 ms (anchor 2.2 ms mean)")


def benches(seed: Path, *, quick: bool) -> dict[str, Bench]:
    """Return the tables of dates."""
    sizes = [pods for pods in SECONDS if pods < max(SECONDS) or not quick]
    return {
        **{
            f"dates-{pods}-{mode}": lambda pods=pods, mode=mode: lines(seed, pods, mode, quick=quick)
            for pods in sizes
            for mode in MODES
        },
        "propose-dates": lambda: asking(seed, quick=quick),
        "replan": lambda: changing(seed, quick=quick),
    }
