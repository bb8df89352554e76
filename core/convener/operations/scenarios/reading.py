"""Turns the tables of a test file into tests that can run, or into every problem with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from convener.decide import Prepared
from convener.documents import Spot, quoted
from convener.errors import Problem
from convener.operations.scenarios.cast import cast_of
from convener.operations.scenarios.givens import completed, laid
from convener.operations.scenarios.happenings import Reader
from convener.operations.scenarios.names import Names, item
from convener.operations.scenarios.people import check_given
from convener.operations.scenarios.suite import Expected, Scenario, Step, Wanted, WantedFlag
from convener.operations.scenarios.tables import (
    Expectations,
    FlagTable,
    ScenarioFile,
    ScenarioTable,
    SentTable,
    StepTable,
)
from convener.operations.scenarios.world import beginning, instant, register_of

INVITES = ("request", "update", "cancel")
"""What the `what` of an invite says."""
CHANNELS = ("email", "text", "calendar", "reports", "call")


@dataclass(slots=True)
class Reading:
    """Reads the tests of one file against *prepared*, the rules they are about."""

    file: ScenarioFile
    spot: Spot
    prepared: Prepared
    known: frozenset[str]
    """Every automation and rule there is, switched off or not."""
    problems: list[Problem] = field(default_factory=list)

    def scenarios(self) -> Iterator[Scenario]:
        """Yield the tests without problems; keep the problems of the others."""
        self._check_file_given()
        seen: dict[str, str] = {}
        for index, table in enumerate(self.file.tests):
            spot = self.spot / "tests" / index
            if table.name in seen:
                text = f"another test is called {quoted(table.name)} ({seen[table.name]})"
                problem = Problem(code="same-name", message=text, place=spot.value_place("name"))
                self.problems.append(problem)
            seen.setdefault(table.name, str(spot.place()))
            scenario = _Test(self, table, spot).read()
            if scenario is not None:
                yield scenario

    def _check_file_given(self) -> None:
        if "given" in self.spot.value:
            given = completed(self.file.given)
            ruleset = self.prepared.ruleset
            names = Names(cast_of(given, ruleset.programme, [sponsor.email for sponsor in ruleset.sponsors]))
            check_given(self.file.given, self.spot / "given", names, self.prepared)
            self.problems += names.problems


class _Test:
    """One test on its way."""

    def __init__(self, reading: Reading, table: ScenarioTable, spot: Spot) -> None:
        ruleset = reading.prepared.ruleset
        self.prepared, self.known, self.problems = reading.prepared, reading.known, reading.problems
        self.table, self.spot = table, spot
        self.given = laid(completed(reading.file.given), table.given)
        self.cast = cast_of(self.given, ruleset.programme, [sponsor.email for sponsor in ruleset.sponsors])
        self.names = Names(self.cast)

    def read(self) -> Scenario | None:
        for index, name in enumerate(self.table.of):
            self.names.one_of("automation or rule", name, self.known, item(self.spot, "of", index))
        if "given" in self.spot.value:
            check_given(self.table.given, self.spot / "given", self.names, self.prepared)
        steps = tuple(self.steps())
        self.check_times(steps)
        self.problems += self.names.problems
        if self.problems:
            return None  # the file is refused as a whole
        return Scenario(
            name=self.table.name,
            of=frozenset(self.table.of),
            register=register_of(self.given, self.cast, self.prepared),
            starts=beginning(self.given, self.prepared),
            steps=steps,
            cast=self.cast,
            place=self.spot.place(),
        )

    def steps(self) -> Iterator[Step]:
        zone, reader = self.prepared.ruleset.zone, Reader(self.names, self.given, self.prepared)
        for index, table in enumerate(self.table.steps):
            spot = self.spot / "steps" / index
            refused, noted = self.rules(table, spot, "refused"), self.rules(table, spot, "noted")
            yield Step(
                at=instant(table.at, zone),
                happening=reader.read(table, spot),
                refused=refused,
                noted=noted,
                expected=self.expected(table, spot),
                place=spot.place(),
            )
        if self.table.until is not None:
            at = instant(self.table.until, zone)
            yield Step(at=at, expected=self.expected(self.table, self.spot), place=self.spot.place("until"))

    def rules(self, table: StepTable, spot: Spot, key: str) -> frozenset[str] | None:
        names = getattr(table, key)
        for index, name in enumerate(names or ()):
            self.names.one_of("rule", name, self.known | BUILT_IN, item(spot, key, index))
        return None if names is None else frozenset(names)

    def check_times(self, steps: tuple[Step, ...]) -> None:
        """Keep a problem for each step that lies before the one above it."""
        now = beginning(self.given, self.prepared)
        for index, step in enumerate(steps):
            if step.at < now:
                told = index < len(self.table.steps)
                place = self.spot.value_place("steps", index, "at") if told else self.spot.value_place("until")
                what = "the step before it" if index else "the test begins"
                self.names.refuse("out-of-order", f"lies before {what}", place, "write the steps in order of time")
            now = max(now, step.at)

    # -- expectations -------------------------------------------------------------------------------------------

    def expected(self, table: Expectations, spot: Spot) -> Expected:
        keys = [key for key in Expectations.model_fields if getattr(table, key) is not None]
        things = {
            key: tuple(
                wanted
                for index, each in enumerate(getattr(table, key))
                for wanted in self.wanted(each, spot / key / index)
            )
            for key in keys
            if key != "flags"
        }
        flags = (
            None
            if table.flags is None
            else tuple(w for i, each in enumerate(table.flags) for w in self.wanted_flags(each, spot / "flags" / i))
        )
        return Expected(**things, flags=flags, places={key: spot.place(key) for key in keys})

    def wanted(self, table: SentTable, spot: Spot) -> Iterator[Wanted]:
        of = self.of(table.of, spot)
        via = None if table.via is None else frozenset(table.via)
        for index, channel in enumerate(table.via or ()):
            self.names.one_of("channel", channel, CHANNELS, item(spot, "via", index))
        about = self.names.subject(table.about, spot.value_place("about")) if table.about else None
        for index, name in enumerate(table.to):
            yield Wanted(
                of=of,
                to=self.names.subject(name, item(spot, "to", index)),
                at=table.at,
                via=via,
                what=self.what(of, table.what, spot),
                about=about,
                speaks_of=self.speaks_of(table, spot),
                place=spot.place(),
            )

    def speaks_of(self, table: SentTable, spot: Spot) -> frozenset[str] | None:
        if table.speaks_of is None:
            return None
        people = enumerate(table.speaks_of)
        cast = self.cast.participants
        return frozenset(self.names.person(name, item(spot, "speaks_of", index), cast) for index, name in people)

    def what(self, of: str, what: str | None, spot: Spot) -> str | None:
        automation = self.prepared.ruleset.automations.get(of)
        if what is not None and automation is not None:
            allowed = {step.what for step in automation.steps} | set(INVITES)
            self.names.one_of("thing to send", what, sorted(allowed), spot.value_place("what"))
        return what

    def of(self, name: str | None, spot: Spot) -> str:
        if name is not None:
            return self.names.one_of("name in this test's 'of'", name, self.table.of, spot.value_place("of"))
        if len(self.table.of) > 1:
            hint = f'add of = "{self.table.of[0]}", or another of them'
            self.names.refuse(
                "missing-key", "the test is of several and this does not say of which", spot.place(), hint
            )
        return next(iter(self.table.of))

    def wanted_flags(self, table: FlagTable, spot: Spot) -> Iterator[WantedFlag]:
        of = self.of(table.of, spot)
        for index, name in enumerate(table.about):
            about = self.names.subject(name, item(spot, "about", index))
            yield WantedFlag(of=of, about=about, severity=table.severity, place=spot.place())


BUILT_IN = frozenset({"coach-overlap", "coach-away"})
"""Rules that hold without being written."""
