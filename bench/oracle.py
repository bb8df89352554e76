"""Our clauses beside official CEL: `make oracle`, or `python bench/oracle.py --count 25000 --seed 1`.

Random clauses are asked of both. Then ours is made wrong on purpose, one bug at a time, to show that the comparison
would notice. Ends with 1 when any clause has two values, or when a bug goes unnoticed.
"""

import argparse
import importlib.util
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table

from convener.expressions.functions import Signature
from convener.expressions.nodes import Typed
from convener.expressions.trace import spoken

ROOT = Path(__file__).parents[1]
WORLDS = 3
"""Sets of facts each clause is asked about."""
SHOWN = 20
HOUR = timedelta(hours=1)
EDGE = 9e18


def _load(name: str) -> ModuleType:
    """Load what the tests use as well: they are no package that could be imported."""
    place = ROOT / "tests" / "unit" / "expressions" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"oracle_{name}", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


drawing, official = _load("drawing"), _load("official")
Bug = Callable[[Typed], Typed]


def _call(part: Typed, work: Callable[..., object]) -> Typed:
    """Return *part* as a call of *work* on its operands."""
    return replace(part, kind="call", value=Signature(result=part.type, work=work))


def _operator(sign: str, work: Callable[..., object], kind: str = "") -> Bug:
    def bug(part: Typed) -> Typed:
        is_it = part.word == sign and len(part.parts) == 2 and kind in ("", part.parts[0].type)
        return _call(part, work) if is_it and part.kind in ("arithmetic", "compare") else part

    return bug


def _function(name: str, work: Callable[..., object], receiver: str = "") -> Bug:
    def bug(part: Typed) -> Typed:
        is_it = part.kind == "call" and part.word == name and receiver in ("", part.parts[0].type)
        return _call(part, work) if is_it else part

    return bug


def _unsettled_and(part: Typed) -> Typed:
    """Let `&&` be unknown when any operand is, even beside a false one."""
    return _call(part, lambda *values: all(values)) if part.kind == "and" else part


def _unsettled_or(part: Typed) -> Typed:
    return _call(part, lambda *values: any(values)) if part.kind == "or" else part


def _lucky_has(part: Typed) -> Typed:
    return replace(part, kind="constant", value=True) if part.kind == "has" else part


def _hasty_all(part: Typed) -> Typed:
    """Let `all` overlook conditions that are unknown."""
    if part.kind != "macro" or part.node.word != "all":
        return part
    return replace(part, value=Signature(result="bool", work=_all_not_false))


def _all_not_false(values: Sequence[object], holds: Callable[[object], object]) -> bool:
    return all(holds(value) is not False for value in values)


BUGS: Mapping[str, Bug] = {
    "`>=` as `>`": _operator(">=", lambda left, right: left > right),
    "`==` by identity for numbers": _operator("==", lambda left, right: left is right or left == right, "float"),
    "`<` without capitals": _operator("<", lambda left, right: left.lower() < right.lower(), "string"),
    "`&&` not settled by false": _unsettled_and,
    "`||` not settled by true": _unsettled_or,
    "`/` rounds down": _operator("/", lambda left, right: left // right if right else None, "int"),
    "`%` with the sign of the divisor": _operator("%", lambda left, right: left % right if right else None),
    "`+` beyond 64 bits": _operator("+", lambda left, right: left + right, "int"),
    "`has` of everything": _lucky_has,
    "`all` overlooks unknown": _hasty_all,
    "`size` in bytes": _function("size", lambda text: len(text.encode()), "string"),
    "`lowerAscii` of all letters": _function("lowerAscii", str.lower),
    "`getHours` without zone": _function("getHours", lambda instant, zone="": instant.hour, "timestamp"),
    "`getDayOfWeek` from Monday": _function("getDayOfWeek", lambda instant, zone="": instant.weekday()),
    "`getHours` rounds down": _function("getHours", lambda length: length // HOUR, "duration"),
    "`int` rounds": _function("int", lambda value: round(value) if abs(value) < EDGE else None, "float"),
}
"""What could be wrong, each on its own."""


def _with(bug: Bug, part: Typed) -> Typed:
    """Return *part* with *bug* in it, *part* itself when there is no room for it."""
    parts = tuple(_with(bug, each) for each in part.parts)
    changed = any(one is not other for one, other in zip(parts, part.parts, strict=True))
    return bug(replace(part, parts=parts) if changed else part)


@dataclass(slots=True)
class Score:
    """What was found."""

    agreed: int = 0
    disagreed: list[str] = field(default_factory=list)
    unknown: int = 0
    """Answers that were unknown on both sides."""
    answers: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)


def compare(count: int, seed: int) -> tuple[Score, int]:
    """Ask both about *count* clauses; return what was found, and how many draws were no clauses of ours."""
    chance = Random(seed)  # noqa: S311 - makes examples, not secrets
    drawer, cel, score = drawing.Drawer(chance), official.Official(drawing.FACTS), Score()
    for _ in range(count):
        drawn = drawer.draw(WORLDS)
        try:
            theirs = cel.values(drawn.source, drawn.facts)
        except Exception as error:  # noqa: BLE001 - whatever official CEL raises is the finding
            score.disagreed.append(f"{drawn.source}\n    official CEL does not take it: {str(error)[:200]}")
            continue
        _judge(drawn, theirs, score)
    return score, drawer.refused


def _judge(drawn: Any, theirs: Sequence[Sequence[object]], score: Score) -> None:
    difference = ""
    for facts, answers in zip(drawn.facts, theirs, strict=True):
        mine = official.ours(drawn.typed, facts)
        score.answers += 1
        score.unknown += mine is None
        if not all(official.alike(mine, answer) for answer in answers):
            known = {name: facts[name] for name in sorted(spoken(drawn.typed)) if name in facts}
            difference = f"{drawn.source}\n    ours {mine!r}, official {answers!r}, with {known!r}"
    if difference:
        score.disagreed.append(difference)
        return
    score.agreed += 1
    score.seen.update(set(official.operators(drawn.typed)))
    for name, bug in BUGS.items():
        wrong = _with(bug, drawn.typed)
        if wrong is not drawn.typed:
            score.hosts[name] += 1
            score.caught[name] += any(
                not official.alike(official.ours(wrong, facts), answers[0])
                for facts, answers in zip(drawn.facts, theirs, strict=True)
            )


def main(argv: Sequence[str]) -> int:
    """Compare, print what was found, and tell whether it is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=25_000, help="clauses to draw")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    score, refused = compare(asked.count, asked.seed)
    unnoticed = [name for name in BUGS if not score.caught[name]]
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_summary(score, refused, asked.seed), _operators(score), _bugs(score))
    for difference in score.disagreed[:SHOWN]:
        console.print(difference, markup=False, style="red")
    return 1 if score.disagreed or unnoticed else 0


def _summary(score: Score, refused: int, seed: int) -> Table:
    title = f"clauses beside official CEL (cel-expr-python {version('cel-expr-python')}), seed {seed}"
    table = Table("clauses", "answers", "of them unknown", "agree", "disagree", "drawn but refused", title=title)
    cells = (score.agreed + len(score.disagreed), score.answers, score.unknown, score.agreed, len(score.disagreed))
    table.add_row(*(f"{cell:,}" for cell in (*cells, refused)))
    return table


def _operators(score: Score) -> Table:
    table = Table(*("operator or function", "clauses") * 3, title="clauses that agree, by what is in them")
    cells = [cell for name, count in sorted(score.seen.items()) for cell in (name, f"{count:,}")]
    for start in range(0, len(cells), 6):
        table.add_row(*(cell.replace("[", "\\[") for cell in cells[start : start + 6]))
    return table


def _bugs(score: Score) -> Table:
    table = Table("bug made on purpose", "clauses it is in", "clauses that notice", title="would it be noticed")
    for name in BUGS:
        caught = score.caught[name]
        table.add_row(name, f"{score.hosts[name]:,}", f"{caught:,}" if caught else "[red]none[/red]")
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
