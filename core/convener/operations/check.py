"""`check`: everything wrong with a workspace, at once, by the loader that the daemon uses (R29, P15)."""

from convener.errors import Problem, UsageError
from convener.operations.rules import RuleBook


def check(rules: RuleBook, scope: str = "") -> tuple[Problem, ...]:
    """Return every problem of every client, or of the one that *scope* names, sorted by place.

    Raise UsageError when there is no such client.
    """
    client = scope.partition("/")[0]
    known = rules.clients()
    if client and client not in known:
        raise UsageError(f"there is no client {client!r}", hint=f"clients in rulesets/: {', '.join(known) or 'none'}")
    problems = {problem for name in known if not client or name == client for problem in rules.load(name).problems}
    return tuple(sorted(problems, key=lambda problem: (problem.place, problem.code)))
