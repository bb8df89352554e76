"""Reads what happens in a step of a test: the same changes, registers and answers that `convener` knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from convener.decide import Prepared
from convener.decide.stage.happenings import Answered, GoLive, Happening
from convener.documents import Spot
from convener.model import (
    CancelSession,
    MovePod,
    MoveSession,
    NewManager,
    Promote,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.operations.scenarios.cast import email_of
from convener.operations.scenarios.names import Names
from convener.operations.scenarios.suite import RegisterIn
from convener.operations.scenarios.tables import GivenTable, HappeningTable
from convener.operations.scenarios.world import instant


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads happenings of one test."""

    names: Names
    given: GivenTable
    prepared: Prepared

    def read(self, step: HappeningTable, spot: Spot) -> Happening | RegisterIn | None:
        """Return what happens in *step*, the table at *spot*; None when only time passes or a name is not there."""
        told = step.happening
        if told is None:
            return None
        found = len(self.names.problems)
        key = told[0].strip("_")
        happening = _READERS[key](self, told[1], spot / key, step.at.date())
        return happening if len(self.names.problems) == found else None

    def who(self, table: Any, spot: Spot) -> str:
        """Return the id of the participant that *table*, or the text in its place, names."""
        if isinstance(table, str):
            return self.names.person(table, spot.value_place(), self.names.cast.participants)
        return self.names.person(table.who, spot.value_place("who"), self.names.cast.participants)

    def pod(self, table: Any, spot: Spot, key: str = "pod") -> str:
        """Return the id of the pod that *table* names under *key*, empty for none."""
        name = getattr(table, key, "")
        return self.names.pod(name, spot.value_place(key)) if name else ""

    def withdraw(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `withdraw`."""
        return Withdraw(person=self.who(table, spot), on=_on(table, day))

    def second(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `second`."""
        pod, who = self.pod(table, spot), self.who(table, spot)
        return Second(person=who, on=_on(table, day), until=table.until, zone=table.timezone, pod=pod)

    def come_back(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `return`."""
        pod, zone = self.pod(table, spot), getattr(table, "timezone", "")
        return Return(person=self.who(table, spot), on=_on(table, day), pod=pod, zone=zone)

    def promote(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `promote`."""
        name, email = self.manager(table.manager, spot.value_place("manager")) if table.manager else ("", "")
        who, attributes = self.who(table, spot), table.attributes
        return Promote(
            person=who, on=_on(table, day), attributes=attributes, manager_name=name, manager_email=email
        )  # fmt: skip

    def new_manager(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `manager`."""
        name, email = self.manager(table.to, spot.value_place("to"))
        return NewManager(person=self.who(table, spot), on=_on(table, day), name=name, email=email)

    def manager(self, name: str, place: Any) -> tuple[str, str]:
        """Return name and address of the manager called *name*."""
        self.names.person(name, place, self.names.cast.managers)
        table = self.given.managers.get(name) or self.given.participants.get(name)
        return name.title(), email_of(name, table) if table else ""

    def move_pod(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `pod`."""
        return MovePod(person=self.who(table, spot), on=_on(table, day), pod=self.pod(table, spot, "to"))

    def swap_coach(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `coach`."""
        coach = self.names.person(table.to, spot.value_place("to"), self.names.cast.coaches)
        return SwapCoach(pod=self.pod(table, spot), on=_on(table, day), coach=coach)

    def move_session(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `session`."""
        session = self.names.session(table.which, spot.value_place("which"))
        return MoveSession(session=session, starts=instant(table.to, self.prepared.ruleset.zone))

    def cancel(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `cancel`."""
        return CancelSession(session=self.names.session(table, spot.value_place()), reason="said in the test")

    def attendance(self, table: Any, spot: Spot, day: date) -> RegisterIn:
        """Read `attendance`."""
        session = self.names.session(table.session, spot.value_place("session"))
        known, at = self.prepared.statuses, spot / "statuses"
        statuses = {
            self.names.person(who, at.place(who), self.names.cast.participants): self.names.one_of(
                "status", status, known, at.value_place(who)
            )
            for who, status in table.statuses.items()
        }
        if table.others:
            self.names.one_of("status", table.others, known, spot.value_place("others"))
        return RegisterIn(session=session, statuses=statuses, others=table.others)

    def answer(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `answer`."""
        poll = self.names.one_of("poll", table.poll, self.prepared.ruleset.polls, spot.value_place("poll"))
        about = self.names.subject(table.about, spot.value_place("about")) if table.about else ""
        who = self.names.person(table.who, spot.value_place("who"))
        return Answered(poll=poll, subject=about or self.names.cast.programme, person=who)

    def go(self, table: Any, spot: Spot, day: date) -> Happening:
        """Read `go`."""
        return GoLive()


def _on(table: Any, day: date) -> date:
    return getattr(table, "on", None) or day


_READERS: Mapping[str, Callable[[Reader, Any, Spot, date], Happening | RegisterIn]] = {
    "withdraw": Reader.withdraw,
    "second": Reader.second,
    "return": Reader.come_back,
    "promote": Reader.promote,
    "manager": Reader.new_manager,
    "pod": Reader.move_pod,
    "coach": Reader.swap_coach,
    "session": Reader.move_session,
    "cancel": Reader.cancel,
    "attendance": Reader.attendance,
    "answer": Reader.answer,
    "go": Reader.go,
}
"""What reads each key of a step."""
