"""Runs the tests of a rule file against its mutants, and names those that none of them tells from the rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from convener.decide import Prepared
from convener.documents import nearest, quoted
from convener.errors import Problem
from convener.operations.scenarios.automation_mutants import automation_mutants
from convener.operations.scenarios.mutants import Mutant, Workshop
from convener.operations.scenarios.rule_mutants import rule_mutants
from convener.operations.scenarios.running import fails
from convener.operations.scenarios.suite import Equivalent, Scenario, Suite


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """What became of the mutants of one rule file."""

    mutants: int
    killed: int
    explained: tuple[Equivalent, ...] = ()
    survivors: tuple[Mutant, ...] = ()
    """Not told from the rules by any test, and not explained."""
    problems: tuple[Problem, ...] = ()
    """Explanations that explain nothing."""

    @property
    def percent(self) -> int:
        """Share killed of those that are not explained, in whole per cent; 100 where there are none."""
        counted = self.mutants - len(self.explained)
        return self.killed * 100 // counted if counted else 100

    @property
    def is_clean(self) -> bool:
        """Whether every mutant is killed or explained, and every explanation needed."""
        return not self.survivors and not self.problems


def mutants_of(suite: Suite) -> list[Mutant]:
    """Return every mutant of what the rule file of *suite* says itself, those that could not be written aside."""
    shop = Workshop(suite.prepared, suite.rules)
    found = {mutant.name: mutant for make in (automation_mutants, rule_mutants) for mutant in make(shop)}
    return list(found.values())


def mutate(suite: Suite, tell: Callable[[int, int], None] = lambda _, __: None) -> Mutation:
    """Run the tests of *suite*, all of which must pass, against every mutant; *tell* is told how many of how many.

    Each mutant is left at the first test that fails on it.
    """
    mutants = mutants_of(suite)
    killed, living, impossible = 0, list[Mutant](), 0
    for index, mutant in enumerate(mutants):
        tell(index, len(mutants))
        rules = mutant.rules()
        if rules is None:
            impossible += 1
        elif _is_killed(rules, _by_likelihood(suite.scenarios, mutant)):
            killed += 1
        else:
            living.append(mutant)
    tell(len(mutants), len(mutants))
    return _judged(suite, len(mutants) - impossible, killed, living)


def _is_killed(rules: Prepared, scenarios: Sequence[Scenario]) -> bool:
    return any(fails(rules, scenario) for scenario in scenarios)


def _by_likelihood(scenarios: Sequence[Scenario], mutant: Mutant) -> list[Scenario]:
    """Return the tests that name what is changed first, the shorter before the longer."""
    return sorted(scenarios, key=lambda each: (mutant.owner not in each.of, _length(each)))


def _length(scenario: Scenario) -> float:
    return (scenario.steps[-1].at - scenario.starts).total_seconds()


def _judged(suite: Suite, count: int, killed: int, living: Sequence[Mutant]) -> Mutation:
    names = {mutant.name for mutant in living}
    explained = tuple(each for each in suite.equivalents if each.mutant in names)
    told = {each.mutant for each in explained}
    return Mutation(
        mutants=count,
        killed=killed,
        explained=explained,
        survivors=tuple(mutant for mutant in living if mutant.name not in told),
        problems=tuple(_needless(each, names) for each in suite.equivalents if each.mutant not in names),
    )


def _needless(explanation: Equivalent, living: set[str]) -> Problem:
    return Problem(
        code="explains-nothing",
        message=f"no mutant {quoted(explanation.mutant)} lives: a test tells it from the rules, or there is none",
        place=explanation.place,
        hint=nearest(explanation.mutant, sorted(living)) or "take the explanation out",
    )
