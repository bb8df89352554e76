"""`errors.md`: exit codes, the tree of errors, and the codes of problems."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from convener import errors
from writers.markdown import code, fenced, table
from writers.meanings import CODES

CORE = Path(__file__).parents[2] / "core" / "convener"
MAKERS = frozenset({"refuse", "_refuse", "_refusal", "_tell", "_problem", "Problem", "ClauseError", "_Cause"})
"""What makes a problem: its first argument, or its argument `code`, is the code."""
EXITS = {
    errors.Exit.OK: "all went well",
    errors.Exit.ERROR: "an error: a file, the database, a plugin",
    errors.Exit.USAGE: "the command line asks for something that does not exist",
    errors.Exit.INVALID: "rules or configuration are wrong, or an inflexible rule forbids it",
    errors.Exit.PARTLY: "partly done: some rows were refused, or some messages not delivered",
    errors.Exit.IN_DOUBT: "something may or may not have arrived; `convener ledger list --state in_doubt`",
    errors.Exit.BUSY: "another daemon works on this workspace",
}
CODES_TOLD = """\
`convener check --json` prints them as `code`; they stay.
An error of one automation leaves the others at work; any other error refuses the files of that client, which goes on \
with the last set that was right.
"""
INTRODUCTION = """\
# Errors

What goes wrong is told in one message with its place and its cure, never as a traceback; `--debug` shows one.

## Exit codes
"""


def page() -> str:
    """Return the page; raise ValueError when a code has no meaning here, or a meaning no code."""
    written = set(codes())
    if written != set(CODES):
        raise ValueError(f"docs/writers/meanings.py: say what these codes mean, or drop them: {written ^ set(CODES)}")
    tree = (inspect.getdoc(errors) or "").partition("\n\n")[2]
    parts = [INTRODUCTION, table(("code", "meaning"), ((str(int(e)), EXITS[e]) for e in errors.Exit))]
    parts += ["## The tree of errors\n", fenced(tree), "## Codes of problems\n"]
    parts += [CODES_TOLD]
    parts += [table(("code", "what is wrong"), ((code(name), CODES[name]) for name in sorted(CODES)))]
    return "\n".join(parts)


def codes() -> Iterator[str]:
    """Yield the code of every problem that the core makes."""
    for path in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in MAKERS:
                yield from _literals(node)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literals(call: ast.Call) -> Iterator[str]:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"] or call.args[:1]
    for value in given:
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " not in value.value:
            yield value.value
