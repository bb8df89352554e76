"""`errors.md`: exit codes, the tree of errors, and the codes of problems."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from convener import errors
from writers.markdown import code, fenced, table

CORE = Path(__file__).parents[2] / "core" / "convener"
MAKERS = frozenset({"refuse", "_refuse", "_refusal", "_tell", "_problem", "Problem", "ClauseError"})
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
CODES = {
    "bad-address": "not an e-mail address",
    "bad-clause": "a condition that cannot be read",
    "bad-database": "not the URL of an SQLite or PostgreSQL database",
    "bad-id": "an id may have letters, digits, dots, dashes and underscores, 64 at most",
    "bad-late": "`late` says nothing that is understood",
    "bad-moment": "`on` says no moment, event or rhythm",
    "bad-pack": "`extends` wants a name and a major version, `small-group-coaching@1`",
    "bad-step": "a step does one thing",
    "bad-value": "a value outside what is possible",
    "conflict": "these inflexible rules cannot all hold; the smallest such set is named",
    "cycle": "packs that extend each other",
    "idle-channel": "a warning: an automation uses a channel for which `[stack]` names no connector",
    "inflexible-override": "a higher layer changes a key of an inflexible rule",
    "inflexible-waiver": "an inflexible rule cannot be waived",
    "kind-changed": "a higher layer gives a rule another kind",
    "missing-file": "there is no such file or client",
    "missing-key": "a key that must be there is not",
    "missing-secret": "a variable or a file that holds a secret is not there",
    "never-raised": "an automation waits for an event that nothing raises yet",
    "no-recipient": "an automation writes to a pod, session or programme, not to people",
    "not-a-client": "the file is a pack",
    "not-utf8": "the file is not UTF-8",
    "pack-id": "the id of a pack is not the name of its file",
    "pack-version": "the pack is of another major version",
    "plain-secret": "a password is written out",
    "reason-missing": "a flexible rule is changed, or something is switched off, without a reason",
    "template-syntax": "a template cannot be read",
    "too-deep": "brackets or tables nested deeper than 32",
    "too-large": "a file over 256 KB, or a number beyond 64 bits",
    "too-many": "more entries than a table may have",
    "toml-syntax": "not valid TOML",
    "type-mismatch": "a condition compares or reckons with values of different types",
    "unknown-calendar": "no such holiday calendar",
    "unknown-channel": "no such channel",
    "unknown-connector": "`[stack]` names a connector that is not configured",
    "unknown-fact": "no such fact",
    "unknown-key": "no such key; the nearest one is named",
    "unknown-kind": "no such kind of rule",
    "unknown-locale": "no such locale",
    "unknown-message": "an automation sends a message that has no template",
    "unknown-pack": "no such pack",
    "unknown-poll": "no such poll",
    "unknown-rule": "a waiver names a rule that is not there",
    "unknown-status": "no such status of the `attendance-status` rule",
    "unknown-value": "not one of the values that are possible",
    "unknown-zone": "no such IANA time zone",
    "unreadable-file": "the file cannot be read",
    "wrong-type": "a number where text is wanted, and the like",
    "wrong-value": "a value that the plugin of a connector does not take",
}
INTRODUCTION = """\
# Errors

What goes wrong is told in one message with its place and its cure, never as a traceback; `--debug` shows one.

## Exit codes
"""


def page() -> str:
    """Return the page; raise ValueError when a code has no meaning here, or a meaning no code."""
    written = set(codes())
    if written != CODES.keys():
        raise ValueError(f"docs/writers/errors.py: say what these codes mean, or drop them: {written ^ CODES.keys()}")
    tree = (inspect.getdoc(errors) or "").partition("\n\n")[2]
    parts = [INTRODUCTION, table(("code", "meaning"), ((str(int(e)), EXITS[e]) for e in errors.Exit))]
    parts += ["## The tree of errors\n", fenced(tree), "## Codes of problems\n"]
    parts += ["`convener check --json` prints them as `code`; they stay.\n"]
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
