"""`check`: everything wrong with a workspace, at once, by the loader that the daemon uses (R29, P15)."""

from convener.errors import Problem, UsageError
from convener.operations.reading import sorted_out
from convener.operations.rules import RuleBook
from convener.operations.scenarios import problems_of


def check(rules: RuleBook, scope: str = "") -> tuple[Problem, ...]:
    """Return every problem of every client, or of the one that *scope* names, sorted by place.

    What is wrong with the configuration, with templates that nobody sends and with the tests of rules is told beside
    them. Raise UsageError when there is no such client.
    """
    client = scope.partition("/")[0]
    known = rules.clients()
    if client and client not in known:
        raise UsageError(f"there is no client {client!r}", hint=f"clients in rulesets/: {', '.join(known) or 'none'}")
    read = (rules.load(client),) if client else rules.load_all()
    told = [problem for each in read for problem in each.problems]
    return sorted_out([*told, *rules.problems(), *problems_of(rules, client)])
