"""Runs a test on a stage of its own, and finds what was otherwise than expected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from convener.decide import Prepared
from convener.decide.changes.registers import expected as members_of
from convener.decide.stage.happenings import Attended, Happening
from convener.decide.stage.play import Beat, Stage
from convener.errors import Place, UsageError
from convener.operations.scenarios.comparing import (
    Failure,
    compare_flags,
    compare_messages,
    compare_rules,
    noted_rules,
)
from convener.operations.scenarios.flags import cause_of
from convener.operations.scenarios.matching import difference
from convener.operations.scenarios.messages import Message, held_messages, messages_of
from convener.operations.scenarios.reasons import Glance
from convener.operations.scenarios.suite import RegisterIn, Scenario, Step, Wanted
from convener.operations.scenarios.world import instant

KEYS = ("sent", "missed", "held")

Why = Callable[[list[Glance], Wanted], Iterable[str]]
"""Says why something expected did not go out, in lines, from how things stood at each instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one test."""

    scenario: Scenario
    failures: tuple[Failure, ...] = ()
    """Of the first step that was otherwise than expected; what comes after it would only echo it."""
    fired: frozenset[str] = frozenset()
    """Automations and rules of the test that did anything."""

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.failures


def run_scenario(prepared: Prepared, scenario: Scenario, why: Why | None = None) -> Outcome:
    """Run *scenario* by the rules *prepared*; deterministic, and alone in its world.

    *why* is asked for the reasons of what is missing.
    """
    run = _Run(scenario, Stage.of(prepared, scenario.register, scenario.starts), why)
    return Outcome(scenario=scenario, failures=tuple(run.failures()), fired=frozenset(run.fired))


def fails(prepared: Prepared, scenario: Scenario) -> bool:
    """Tell whether *scenario* fails by the rules *prepared*, and look no further than that takes."""
    run = _Run(scenario, Stage.of(prepared, scenario.register, scenario.starts), is_hasty=True)
    return bool(run.failures())


@dataclass(slots=True)
class _Run:
    scenario: Scenario
    stage: Stage
    why: Why | None = None
    is_hasty: bool = False
    """Whether to stop at the first sign of a failure, without its words."""
    glances: list[Glance] = field(default_factory=list)
    found: dict[str, list[Message]] = field(default_factory=lambda: {key: [] for key in KEYS})
    """What has not been looked at yet."""
    fired: set[str] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)

    def failures(self) -> list[Failure]:
        for index, step in enumerate(self.scenario.steps):
            if failures := self.step(step, self.ahead(index)):
                return failures
        last = self.scenario.steps[-1].place
        return [failure for key in sorted(self.looked) for failure in self.take_out(key, (), last)]

    def step(self, step: Step, ahead: dict[str, tuple[Wanted, ...]]) -> list[Failure]:
        if not self.advance(step, ahead):
            return [Failure(place=step.place, text="fails")]
        failures = self.happen(step) if step.happening is not None else []
        if failures:
            return failures
        return self.compare(step) if self.advance(step, ahead) else [Failure(place=step.place, text="fails")]

    # -- playing ------------------------------------------------------------------------------------------------

    def advance(self, step: Step, ahead: dict[str, tuple[Wanted, ...]]) -> bool:
        """Play on to *step*; return False where that was left early because all is lost."""
        self.glance()
        for beat in self.stage.advance(step.at):
            self.take_in(beat)
            self.glance()
            if self.is_lost(ahead):
                return False
        return True

    def glance(self) -> None:
        """Remember how things stand, where somebody is there to explain them."""
        if self.why is not None:
            self.glances.append(Glance.of(self.stage))

    def take_in(self, beat: Beat) -> None:
        of, register, zone = self.scenario.of, self.stage.register, self.stage.prepared.ruleset.zone
        for key, dispatches, at in (("sent", beat.dispatches, beat.at), ("missed", beat.missed, None)):
            mine = [dispatch for dispatch in dispatches if dispatch.automation in of]
            self.found[key] += messages_of(mine, register, zone, at)
        held = held_messages(beat.held, register, zone, beat.at)
        self.found["held"] += [message for message in held if message.of in of]
        self.fired |= {message.of for messages in self.found.values() for message in messages}
        self.fired |= ({cause_of(flag) for flag in beat.flags} | set(beat.held.values())) & of

    def happen(self, step: Step) -> list[Failure]:
        try:
            beat = self.stage.happen(self.happening(step), step.at)
        except UsageError as error:
            return [Failure(place=step.place, text=f"cannot happen: {error}", details=(error.hint,) * bool(error.hint))]
        refusing, noted = frozenset(beat.refused_by), noted_rules(beat.notes) & self.scenario.of
        self.fired |= (refusing & self.scenario.of) | noted
        if step.refused is None and beat.refused:
            return [Failure(place=step.place, text=f"refused by {', '.join(beat.refused_by)}: {beat.refused}")]
        failures = compare_rules("refused", step.refused, refusing, step.place) if step.refused is not None else []
        return failures or ([] if step.noted is None else compare_rules("noted", step.noted, noted, step.place))

    def happening(self, step: Step) -> Happening:
        what = step.happening
        if not isinstance(what, RegisterIn):
            assert what is not None  # noqa: S101 - asked only where something happens
            return what
        register = self.stage.register
        session = register.sessions[what.session]
        others = members_of(register, self.stage.prepared.ruleset, session) if what.others else []
        return Attended(session=what.session, statuses=dict.fromkeys(others, what.others) | dict(what.statuses))

    # -- comparing ----------------------------------------------------------------------------------------------

    def ahead(self, index: int) -> dict[str, tuple[Wanted, ...]]:
        """Return what the next look at each kind of message will expect, from step *index* on."""
        expected = [step.expected for step in self.scenario.steps[index:]]
        looks = {key: [wanted for each in expected if (wanted := getattr(each, key)) is not None] for key in KEYS}
        return {key: several[0] if several else () for key, several in looks.items() if several or key in self.looked}

    def is_lost(self, ahead: dict[str, tuple[Wanted, ...]]) -> bool:
        """Tell, in haste, whether something has gone out that nobody will expect, or has not when it should."""
        return self.is_hasty and any(self.is_off(wanted, self.found[key]) for key, wanted in ahead.items())

    def is_off(self, wanted: tuple[Wanted, ...], messages: list[Message]) -> bool:
        found, people = difference(wanted, messages, Message.is_as), self.stage.register.people
        zones = {each.to: people[each.to].zone for each in found.missing if each.to in people}
        usual = self.stage.prepared.ruleset.zone
        late = (instant(each.at, zones.get(each.to) or usual) < self.stage.now for each in found.missing)
        return bool(found.unexpected) or any(late)

    def compare(self, step: Step) -> list[Failure]:
        expected, cast = step.expected, self.scenario.cast
        failures: list[Failure] = []
        for key in KEYS:
            wanted = getattr(expected, key)
            if wanted is not None:
                failures += self.take_out(key, wanted, expected.places[key])
        if expected.flags is not None:
            standing = [flag for flag in self.stage.flags.values() if cause_of(flag) in self.scenario.of]
            failures += compare_flags(expected.flags, standing, expected.places["flags"], cast)
        return failures

    def take_out(self, key: str, wanted: tuple[Wanted, ...], place: Place) -> list[Failure]:
        """Compare what has come since the last look, which starts anew."""
        self.looked.add(key)
        messages, self.found[key] = self.found[key], []
        return compare_messages(key, wanted, messages, (place, self.scenario.cast), self.reasons)

    def reasons(self, wanted: Wanted) -> Iterable[str]:
        return self.why(self.glances, wanted) if self.why is not None else ()
