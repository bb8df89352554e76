"""Conditions, beside other engines: `python bench/clauses.py`, or as rows of `bench/run.py`.

Everybody evaluates the same condition over the same values, compiled beforehand, each with its quickest call.
Turns alternate, so that a busy machine slows all; a figure is the median of its turns.
"""

import statistics
import sys
from collections.abc import Callable, Mapping
from itertools import repeat
from time import perf_counter
from typing import Any

import rule_engine
import zen
from cel_expr_python import cel
from simpleeval import SimpleEval
from table import Bench, Result, show

from convener.errors import Place
from convener.expressions import compile_clause
from convener.expressions.grammar import read_grammar

CLAUSE = 'attendance.missed >= 2 && participant.status == "active" && session.starts_in_hours <= 48'
FACTS: Mapping[str, object] = {
    "attendance.missed": 3,
    "participant.status": "active",
    "session.starts_in_hours": 24,
}
PLAIN = 'missed >= 2 and status == "active" and hours <= 48'
"""The same for others, without the points in names that cost all of them time."""
PLAIN_FACTS = {"missed": 3, "status": "active", "hours": 24}
PLACE = Place("bench.toml")
LIBRARIES = ("lark", "cel-expr-python", "rule-engine", "simpleeval", "zen-engine")
ROUNDS = 15
TURN = 0.03
"""Seconds a turn takes, about."""
Task = tuple[Callable[[Any], object], object]
"""What is called, and with what: nothing stands between the clock and the engine."""


def _celexpr() -> Task:
    env = cel.NewEnv(variables={"missed": cel.Type.INT, "status": cel.Type.STRING, "hours": cel.Type.INT})
    evaluate = env.compile(PLAIN.replace("and", "&&")).eval
    return (lambda facts: evaluate(data=facts).value()), PLAIN_FACTS


def _zen() -> Task:
    return zen.compile_expression(PLAIN).evaluate, PLAIN_FACTS


def _rule_engine() -> Task:
    return rule_engine.Rule(PLAIN).matches, PLAIN_FACTS


def _simpleeval() -> Task:
    engine = SimpleEval(names=PLAIN_FACTS)
    evaluate = engine.eval
    return (lambda parsed: evaluate(PLAIN, parsed)), engine.parse(PLAIN)


PEERS: Mapping[str, Callable[[], Task]] = {
    "zen-engine": _zen,
    "cel-expr-python": _celexpr,
    "simpleeval": _simpleeval,
    "rule-engine": _rule_engine,
}


def _ours() -> dict[str, Task]:
    clause = compile_clause(CLAUSE, PLACE)
    return {
        "value": (clause.test, FACTS),
        "value, facts unknown": (clause.test, dict.fromkeys(FACTS)),
        "value, facts absent": (clause.test, {}),
        "value and facts": (clause.evaluate, FACTS),
        "every condition": (clause.parts, FACTS),
    }


def _compiling() -> dict[str, Task]:
    """Compile clauses nobody has seen before, and one that everybody has."""
    before, _, after = CLAUSE.partition("48")
    numbers = iter(range(2**62))
    return {
        "anew": (lambda place: compile_clause(f"{before}{next(numbers)}{after}", place), PLACE),
        "again": (lambda place: compile_clause(CLAUSE, place), PLACE),
        "grammar": (lambda _: read_grammar(), None),
    }


def _turn(task: Task, times: int) -> float:
    """Return how often a second *task* is done."""
    call, given = task
    turns = repeat(None, times)
    began = perf_counter()
    for _ in turns:
        call(given)
    return times / (perf_counter() - began)


def _size(task: Task) -> int:
    """Return how often *task* is done in a turn."""
    times = 1
    while _turn(task, times) * TURN > 2 * times:
        times *= 2
    return times


def rates(tasks: Mapping[str, Task]) -> dict[str, list[float]]:
    """Return how often a second each task is done, in turns that alternate."""
    sizes = {name: _size(task) for name, task in tasks.items()}
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            found[name].append(_turn(task, sizes[name]))
    return found


def results() -> list[Result]:
    """Measure, and return the lines of the table."""
    peers = {name: make() for name, make in PEERS.items()}
    ours = _ours()
    assert all(call(given) is True for call, given in (*peers.values(), ours["value"]))
    found = {**rates({**ours, **peers}), **rates(_compiling())}
    median = {name: statistics.median(turns) for name, turns in found.items()}
    best = max(PEERS, key=lambda name: median[name])
    rows = [_beside(found, name, ">= 5 x the best" if name == best else "") for name in PEERS]
    rows += [
        _alone(f"clause: {name}", median[name], ">= 60,000/s" if "and" in name else "") for name in list(ours)[1:4]
    ]
    rows.append(_alone("clause: value of every condition in it", median["every condition"], ">= 60,000/s"))
    rows += [
        Result("clause compiled anew", f"{1e6 / median['anew']:,.0f} µs", runs=ROUNDS),
        Result("clause compiled again", f"{1e6 / median['again']:,.1f} µs", runs=ROUNDS),
        Result("grammar read, once a process", f"{1e3 / median['grammar']:,.0f} ms", runs=ROUNDS),
    ]
    return rows


def _beside(found: Mapping[str, list[float]], peer: str, target: str) -> Result:
    ratio = statistics.median(mine / theirs for mine, theirs in zip(found["value"], found[peer], strict=True))
    mine, theirs = (statistics.median(found[name]) for name in ("value", peer))
    return Result(f"clause: value | {peer}", f"{mine:,.0f}/s", f"{theirs:,.0f}/s", f"{ratio:.1f} x", ROUNDS, target)


def _alone(what: str, rate: float, target: str) -> Result:
    return Result(what, f"{rate:,.0f}/s", runs=ROUNDS, target=target)


BENCHES: dict[str, Bench] = {"clauses": results}

if __name__ == "__main__":
    sys.exit(show(BENCHES, sys.argv[1:], LIBRARIES))
