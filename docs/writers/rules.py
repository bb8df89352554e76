"""`rule-kinds.md`: each kind of rule from its model, with an example from the rule files of the house."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from convener.rulesets.kinds import KINDS, StatusMeaning
from convener.rulesets.tables import RuleHead
from convener.rulesets.visible import FIELDS
from writers.fields import field_table
from writers.markdown import code, fenced, prose, table
from writers.meanings import NOTES

ROOT = Path(__file__).parents[2]
RULESETS, CORE = ROOT / "rulesets", ROOT / "core" / "convener"
READERS = {
    "pods": "planning/pods",
    "dates": "planning/dates",
    "changes and the live programme": "decide/findings",
    "automations and flags": "decide",
    "registers": "operations",
    "the report": "reporting",
}
"""Who reads rules, and the folder of its modules."""
BLOCK = re.compile(r"(?m)^\[(?:programmes\.[\w-]+\.)?rules\.(?P<id>[\w-]+)\]\n(?P<body>(?:[^\[#\n][^\n]*\n)+)")
INTRODUCTION = """\
# Kinds of rule

A rule is a table `[rules.ID]` with a `kind`, a `flexibility` and the keys of its kind.
An inflexible rule is never violated by a solver and refuses a change that would break it.
A flexible rule is a weighted preference to the solvers and a flag when it is breached.
A new inflexible rule can be tried out first with `stage = "audit"`: its breaches are told and nothing is refused.
`stage`, `flexibility`, `weight` and `enabled` of an inflexible rule can no more be changed from above than its other \
keys.
How layers change each other's rules: [change the rules](../how-to/change-the-rules.md).

The keys that every rule has:
"""
TOGETHER = 'kind = "together"\nflexibility = "flexible"\npairs = [["ana@client.example", "ben@client.example"]]\n'
VISIBLE = "The fields there are:\n"
EXAMPLES = {
    "together": ("job-share", TOGETHER),
    "coach-accredited": (
        "accredited",
        'kind = "coach-accredited"\nflexibility = "inflexible"\naccredited = ["leadership"]\nmin_years = 3\n',
    ),
    "retention": (
        "forget",
        'kind = "retention"\nflexibility = "flexible"\nbodies = "12 months"\ncomments = "24 months"\n',
    ),
}
"""Examples of kinds that no rule file of the house uses: id of the rule, and its keys."""


def page() -> str:
    """Return the page."""
    shown = {**EXAMPLES, **found()}
    parts = [INTRODUCTION, field_table(RuleHead)]
    for name, kind in KINDS.items():
        rule, body = shown[name]
        parts += [f"## {name}\n", "\n".join(about(name, kind)) + "\n", keys(name, kind)]
        parts.append(fenced(f"[rules.{rule}]\n{body}", "toml"))
    return "\n".join(parts)


def about(name: str, kind: type[BaseModel]) -> Iterator[str]:
    """Yield what a kind means, who reads it, and what else is to be said of it."""
    yield prose(kind.__doc__ or "")
    users = [words for words, folder in READERS.items() if kind.__name__ in imported(folder)]
    if users:
        yield f"Read by: {', '.join(users)}."
    if name in NOTES:
        yield NOTES[name]


@cache
def imported(folder: str) -> set[str]:
    """Return the names that the modules right inside *folder* import, at their top, from the kinds of rule."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (CORE / folder).glob("*.py"))
    nodes = (node for tree in trees for node in tree.body if isinstance(node, ast.ImportFrom))
    return {each.name for node in nodes if node.module == "convener.rulesets.kinds" for each in node.names}


def keys(name: str, kind: type[BaseModel]) -> str:
    """Return the table of the keys of *kind*."""
    if name == "attendance-status":
        return "Every further key is a status, and its value a table:\n\n" + field_table(StatusMeaning)
    told = field_table(kind) if kind.model_fields else "It has no keys of its own.\n"
    return f"{told}\n{VISIBLE}\n{table(('field', 'shows'), seen())}" if name == "visibility" else told


def seen() -> Iterator[tuple[str, str]]:
    """Yield the fields that may be listed, and what each shows."""
    yield from ((code(field), meaning) for field, meaning in FIELDS.items())


def found() -> dict[str, tuple[str, str]]:
    """Return an example of each kind that the pack or the two clients use, the pack's first."""
    examples: dict[str, tuple[str, str]] = {}
    for name in ("small-group-coaching", "northern-health", "brightwater"):
        for block in BLOCK.finditer((RULESETS / f"{name}.toml").read_text(encoding="utf-8")):
            kind = re.search(r'^kind = "([\w-]+)"', block["body"], re.MULTILINE)
            if kind:
                examples.setdefault(kind[1], (block["id"], block["body"]))
    return examples
