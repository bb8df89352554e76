"""Everything `convener test` finds out about one rule file."""

from collections.abc import Callable
from dataclasses import dataclass

from convener.errors import Problem
from convener.operations.rules import RuleBook
from convener.operations.scenarios.coverage import Coverage, coverage_of
from convener.operations.scenarios.loading import load_suite
from convener.operations.scenarios.mutation import Mutation, mutate
from convener.operations.scenarios.reasons import Reasons
from convener.operations.scenarios.running import Outcome, run_scenario

Tell = Callable[[str, int, int], None]
"""Is told what is going on, and how many of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What the tests of one rule file came to."""

    name: str
    file: str
    """The test file."""
    outcomes: tuple[Outcome, ...] = ()
    coverage: Coverage | None = None
    mutation: Mutation | None = None
    """None when it was not asked for, or a test fails without it."""
    problems: tuple[Problem, ...] = ()
    """Why the tests cannot run, or explanations of mutants that explain nothing."""

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The tests that fail."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)

    @property
    def is_clean(self) -> bool:
        """Whether every test passes and, where asked for, every mutant is killed or explained."""
        lives = self.mutation is not None and not self.mutation.is_clean
        return not (self.failed or self.problems or lives)


def examine(
    book: RuleBook,
    name: str,
    *,
    coverage: bool = False,
    mutation: bool = False,
    tell: Tell = lambda _, __, ___: None,
) -> Examination:
    """Run the tests of the rule file *name*; with *coverage* and *mutation*, look at the tests as well."""
    loaded = load_suite(book, name)
    suite, file = loaded.suite, f"rulesets/{name}.test.toml"
    if suite is None:
        return Examination(name=name, file=file, problems=loaded.problems)
    count, outcomes, reasons = len(suite.scenarios), list[Outcome](), Reasons(suite.prepared)
    for index, scenario in enumerate(suite.scenarios):
        tell(f"{name}: tests", index, count)
        outcomes.append(run_scenario(suite.prepared, scenario, reasons.why))
    is_sound = all(outcome.passed for outcome in outcomes)
    mutated = mutate(suite, lambda done, of: tell(f"{name}: mutants", done, of)) if mutation and is_sound else None
    return Examination(
        name=name,
        file=file,
        outcomes=tuple(outcomes),
        coverage=coverage_of(suite) if coverage else None,
        mutation=mutated,
        problems=mutated.problems if mutated else (),
    )
