"""What the tests of a rule file reach: which automations fired, and which way each clause was seen to fall."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from convener.decide import Prepared
from convener.decide.prepared import PreparedAutomation
from convener.errors import Place
from convener.expressions import Compiled
from convener.operations.scenarios.running import run_scenario
from convener.operations.scenarios.suite import Suite

FIRED, CONSIDERED, NEVER = "fired", "considered", "never"


@dataclass(slots=True)
class Seen:
    """How often a clause came to each value, in tests that look at its automation."""

    true: int = 0
    false: int = 0
    unknown: int = 0

    def count(self, value: object) -> None:
        """Count *value*."""
        if value is True:
            self.true += 1
        elif value is False:
            self.false += 1
        else:
            self.unknown += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCoverage:
    """One clause and what it was seen to be."""

    source: str
    place: Place
    seen: Seen

    @property
    def reached(self) -> int:
        """How many of true and false were seen: 0 to 2; unknown is told and not asked for."""
        return bool(self.seen.true) + bool(self.seen.false)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCoverage:
    """An automation, or a rule with clauses, that is written in the rule file."""

    id: str
    place: Place
    state: str
    """`fired`, `considered` or `never`."""
    clauses: tuple[ClauseCoverage, ...]

    @property
    def reached(self) -> int:
        """How much of it was reached: firing, and each clause both ways."""
        return (self.state == FIRED) + sum(clause.reached for clause in self.clauses)

    @property
    def wanted(self) -> int:
        """How much of it there is to reach."""
        return 1 + 2 * len(self.clauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the tests of one rule file reach, the least tested first."""

    owners: tuple[OwnerCoverage, ...]

    @property
    def percent(self) -> int:
        """Share of what there is to reach, in whole per cent; 100 where there is nothing."""
        wanted = sum(owner.wanted for owner in self.owners)
        return sum(owner.reached for owner in self.owners) * 100 // wanted if wanted else 100


@dataclass(slots=True)
class _Watch:
    """Looks on while clauses are tested; the rules it watches decide exactly as they would."""

    of: frozenset[str] = frozenset()
    """What the running test looks at."""
    seen: dict[tuple[str, Place], Seen] = field(default_factory=dict)

    def watched(self, owner: str, clause: Compiled) -> Compiled:
        seen = self.seen.setdefault((owner, clause.place), Seen())
        return replace(clause, test=self._looking(owner, clause, seen))

    def _looking(
        self, owner: str, clause: Compiled, seen: Seen
    ) -> Callable[[Mapping[str, object]], bool | None]:  # fmt: skip
        test, names = clause.test, clause.names

        def look(facts: Mapping[str, object]) -> bool | None:
            value = test(facts)
            if owner in self.of and names <= facts.keys():
                seen.count(value)
            return value

        return look


def coverage_of(suite: Suite) -> Coverage:
    """Run every test of *suite* and return what they reach of what its rule file says."""
    watch, fired = _Watch(), set[str]()
    prepared = _watched(suite.prepared, watch)
    for scenario in suite.scenarios:
        watch.of = scenario.of
        fired |= run_scenario(prepared, scenario).fired
    owners = sorted(_owners(suite, watch, fired), key=lambda owner: (owner.reached / owner.wanted, owner.place))
    return Coverage(owners=tuple(owners))


def _watched(prepared: Prepared, watch: _Watch) -> Prepared:
    automations = tuple(
        replace(each, clauses=tuple(watch.watched(each.automation.id, clause) for clause in each.clauses))
        for each in prepared.automations
    )
    requires = tuple(
        replace(
            each,
            when=tuple(watch.watched(each.rule.id, clause) for clause in each.when),
            require=tuple(watch.watched(each.rule.id, clause) for clause in each.require),
        )
        for each in prepared.requires
    )
    return replace(prepared, automations=automations, requires=requires)


def _owners(suite: Suite, watch: _Watch, fired: set[str]) -> Iterator[OwnerCoverage]:
    for each in suite.prepared.automations:
        if is_own(each, suite.rules):
            yield _owner(each.automation.id, _place(each, suite.rules), each.clauses, watch, fired)
    for required in suite.prepared.requires:
        if required.rule.place.file == suite.rules:
            clauses = (*required.when, *required.require)
            yield _owner(required.rule.id, required.rule.place, clauses, watch, fired)


def is_own(automation: PreparedAutomation, file: str) -> bool:
    """Tell whether anything of *automation* is written in *file*."""
    automated = automation.automation
    return any(place.file == file for place in (automated.place, *automated.places.values()))


def _place(automation: PreparedAutomation, file: str) -> Place:
    places = (automation.automation.place, *automation.automation.places.values())
    return min(place for place in places if place.file == file)


def _owner(
    name: str, place: Place, clauses: tuple[Compiled, ...], watch: _Watch, fired: set[str]
) -> OwnerCoverage:  # fmt: skip
    covered = tuple(
        ClauseCoverage(source=clause.source, place=clause.place, seen=watch.seen[name, clause.place])
        for clause in clauses
    )
    is_considered = any(clause.seen.true or clause.seen.false or clause.seen.unknown for clause in covered)
    state = FIRED if name in fired else CONSIDERED if is_considered else NEVER
    return OwnerCoverage(id=name, place=place, state=state, clauses=covered)
