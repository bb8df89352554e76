"""Which occurrence somebody means who asks about an automation, a person and a time."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from convener.decide.audiences import Pair, addressees, pairs
from convener.decide.index import Index
from convener.decide.moments.moment import Moment
from convener.decide.moments.timing import Life
from convener.decide.occurrences import Occurrence, occurrences
from convener.decide.prepared import PreparedAutomation
from convener.decide.setting import Setting, Window

REACH = timedelta(days=400)
"""How far from the time asked about an occurrence may be."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the question is about: somebody an automation goes to, or somebody it goes to another for."""

    who: str
    """Id of the person, pod or session, or the address of a sponsor."""
    by_person: bool
    """Whether *who* is the participant whose facts decide, and a manager of theirs gets it."""

    def is_meant(self, pair: Pair) -> bool:
        """Tell whether *pair* is about whom the question is about."""
        return self.who == (pair.person if self.by_person else pair.recipient)


@dataclass(frozen=True, slots=True)
class Circle:
    """What is somebody's own: themselves, those they are the manager of, and the pods of all of them."""

    people: frozenset[str]
    pods: frozenset[str]
    enrolled: Container[str]
    """Everybody who takes part."""

    @classmethod
    def of(cls, index: Index, asked: Asked) -> "Circle":
        """Return the circle of *asked*, over the whole programme."""
        register = index.register
        people = {asked.who, *(row.person for row in register.managements if row.manager == asked.who)}
        pods = {row.pod for row in register.memberships if row.person in people}
        pods |= {row.pod for row in register.coachings if row.coach in people} | (people & set(register.pods))
        return cls(frozenset(people), frozenset(pods), index.enrolments)

    def has(self, moment: Moment) -> bool:
        """Tell whether *moment* is one of theirs: their poll, their pod's session, what happened to them."""
        if moment.poll is not None:
            return moment.poll.person in self.people
        if moment.event is not None and moment.event.person in self.enrolled:
            return moment.event.person in self.people
        pod = moment.session.pod if moment.session else moment.subject
        return pod in self.pods or "/" not in pod


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One occurrence, with those of its pairs that the question is about."""

    occurrence: Occurrence
    pairs: tuple[Pair, ...]
    fires: bool
    """Whether it goes to one of them."""

    @property
    def rank(self) -> tuple[bool, bool]:
        """The higher, the more it is theirs."""
        return self.fires, bool(self.pairs)


def asked_of(index: Index, automation: PreparedAutomation, who: str) -> Asked:
    """Return whom a question about *who* is about: to ask about a participant may mean what their manager gets."""
    is_manager = any(row.manager == who for row in index.register.managements)
    for_managers = automation.automation.for_each == "manager"
    return Asked(who, by_person=for_managers and who in index.enrolments and not is_manager)


def wide(setting: Setting, at: datetime) -> Setting:
    """Return *setting* over all that may be meant by a question about *at*, as if asked at every instant of it."""
    return Setting(setting.prepared, setting.index, Window(at - REACH, at + REACH, rehearsal=True))


@dataclass(frozen=True, slots=True)
class Occasions:
    """The occurrences that a question could be about, by slot and oldest first; looked into only when asked."""

    setting: Setting
    automation: PreparedAutomation
    asked: Asked
    slots: tuple[tuple[Occurrence, ...], ...]
    """Occurrences of one slot: some come again for those who came later."""
    circle: Circle

    @classmethod
    def of(cls, setting: Setting, automation: PreparedAutomation, asked: Asked) -> "Occasions":
        """Return the occurrences in the window of *setting* by a clock that *asked* lives by."""
        lives = _lives(setting, automation, asked)
        every: dict[tuple[str, str], list[Occurrence]] = {}
        for occurrence in occurrences(setting, automation):
            if occurrence.life in lives:
                every.setdefault((occurrence.moment.subject, occurrence.slot), []).append(occurrence)
        slots = sorted(map(tuple, every.values()), key=lambda slot: slot[0].as_of)
        return cls(setting, automation, asked, tuple(slots), Circle.of(setting.index, asked))

    def exactly(self, subject: str, slot: str) -> Occasion | None:
        """Return the one of *subject* and *slot*."""
        found = (each for each in self.slots if (each[0].moment.subject, each[0].slot) == (subject, slot))
        return next(map(self._best, found), None)

    def nearest(self, at: datetime) -> Occasion | None:
        """Return the one nearest to *at*: on the same day rather one they were meant by.

        Where none is at all related to them, the nearest of all.
        """
        theirs = [slot for slot in self.slots if self._is_theirs(slot)] or self.slots
        closest = min((_days(slot, at) for slot in theirs), default=0)
        several = [self._best(slot) for slot in theirs if _days(slot, at) == closest]
        return min(several, key=lambda each: (not each.pairs, abs(each.occurrence.as_of - at)), default=None)

    def before(self, chosen: Occasion) -> datetime | None:
        """Return when it fell due for them the time before *chosen*."""
        return self._next(reversed([slot for slot in self.slots if slot[0].due < chosen.occurrence.due]))

    def after(self, chosen: Occasion) -> datetime | None:
        """Return when it falls due for them next after *chosen*."""
        return self._next(slot for slot in self.slots if slot[0].due > chosen.occurrence.due)

    def _next(self, slots: Iterable[tuple[Occurrence, ...]]) -> datetime | None:
        theirs = (slot for slot in slots if self._is_theirs(slot) and self._best(slot).pairs)
        return next((slot[0].due for slot in theirs), None)

    def _best(self, slot: tuple[Occurrence, ...]) -> Occasion:
        several = (occasion_of(self.setting, self.automation, occurrence, self.asked) for occurrence in slot)
        return max(several, key=lambda each: each.rank)

    def _is_theirs(self, slot: tuple[Occurrence, ...]) -> bool:
        return self.circle.has(slot[0].moment)


def _days(slot: tuple[Occurrence, ...], at: datetime) -> int:
    """Return how many whole days *slot* is away from *at*."""
    return abs(slot[0].as_of - at) // DAY


def occasion_of(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, asked: Asked) -> Occasion:
    """Return *occurrence* as it concerns *asked*."""
    meant = tuple(pair for pair in pairs(setting, automation, occurrence) if asked.is_meant(pair))
    fires = any(goes_to(setting, automation, occurrence, pair) for pair in meant)
    return Occasion(occurrence=occurrence, pairs=meant, fires=fires)


def goes_to(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, pair: Pair) -> bool:
    """Tell whether *occurrence* goes to the recipient of *pair*, for its participant if it has one."""
    return any(
        each.recipient == pair.recipient and (not pair.is_participant or pair.person in each.people)
        for each in addressees(setting, automation, occurrence)
    )


def _lives(setting: Setting, automation: PreparedAutomation, asked: Asked) -> set[Life]:
    """Return the clocks by which the question is lived: of each manager in turn, where it goes to one."""
    index, programme = setting.index, Life(setting.prepared.ruleset.zone)
    if automation.automation.in_programme_zone:
        return {programme}
    if not asked.by_person:
        return {index.life_of(asked.who)}
    managers = {row.manager for row in index.register.managements if row.person == asked.who}
    return {index.life_of(manager) for manager in managers} or {programme}
