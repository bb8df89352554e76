"""The contracts of facts and kinds find what is wrong."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

from convener.model import Register
from convener.model.facts import Fact
from convener.ports import FactScene, PluginFact, RuleKind
from convener.testing import FactContract, KindContract, a_register

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
FACT = Fact(name="pod.seats", type="int", nullable=True, meaning="members")
TWO = a_register({"north": ["ana", "ben"]})
COUNTER = iter(range(1000))


def seats(scene: FactScene) -> int | None:
    """Count the members of the pod."""
    return len(scene.register.members(scene.pod, scene.at.date())) if scene.pod else None


class Chairs(BaseModel):
    """Chairs of a room."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chairs: int = Field(description="people it holds")


class Loose(BaseModel):
    """Takes anything, and may be changed."""

    chairs: int


def full(terms: Any, register: Register, day: date) -> Iterator[tuple[str, str]]:
    """Yield the pods that do not fit."""
    yield from ((pod, "too many") for pod in register.pods if len(register.members(pod, day)) > terms.chairs)


ROOM = RuleKind(name="room", terms=Chairs, breaches=full, meaning="every pod fits")


class TestSeats(FactContract):
    """A fact that keeps every promise."""

    provide: Callable[[FactScene], object] = staticmethod(seats)
    fact = FACT

    def offered(self) -> PluginFact:
        """Return the fact under contract."""
        return PluginFact(fact=self.fact, provide=type(self).provide)

    def known(self) -> Iterator[tuple[FactScene, object]]:
        """Yield a pod of two, and nobody's."""
        yield FactScene(register=TWO, pod="north", at=NOON), 2
        yield FactScene(register=TWO, at=NOON), None


class TestRoom(KindContract):
    """A kind that keeps every promise."""

    kind = ROOM

    def offered(self) -> RuleKind:
        """Return the kind under contract."""
        return self.kind

    def terms(self) -> Mapping[str, object]:
        """Return what a rule file says."""
        return {"chairs": 1}

    def kept(self) -> tuple[Register, date]:
        """Return one person on one chair."""
        return a_register({"north": ["ana"]}), NOON.date()

    def broken(self) -> tuple[Register, date]:
        """Return two people on one chair."""
        return TWO, NOON.date()


def broken_promises(contract: object) -> set[str]:
    """Return the tests of *contract* that fail."""
    found: set[str] = set()
    for name in dir(contract):
        if name.startswith("test_"):
            try:
                getattr(contract, name)()
            except AssertionError:
                found.add(name)
    return found


@pytest.mark.parametrize(
    ("provide", "fact", "expected"),
    [
        (lambda _: 7, FACT, "test_it_tells_what_it_should"),
        (lambda _: "two", FACT, "test_it_keeps_to_its_type"),
        (seats, replace(FACT, nullable=False), "test_it_keeps_to_its_type"),
        (lambda _: next(COUNTER), FACT, "test_it_tells_the_same_again"),
        (lambda scene: "x" if not scene.register.people else seats(scene), FACT, "test_it_bears_an_empty_register"),
    ],
)
def test_a_fact_that_breaks_a_promise_is_found(
    provide: Callable[[FactScene], object], fact: Fact, expected: str
) -> None:
    """Each promise has a test that fails when it is broken."""
    contract = type("Broken", (TestSeats,), {"provide": staticmethod(provide), "fact": fact})()

    assert expected in broken_promises(contract)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (replace(ROOM, terms=Loose), "test_its_terms_are_a_frozen_model"),
        (replace(ROOM, terms=Loose), "test_it_reads_its_keys_and_no_others"),
        (replace(ROOM, breaches=lambda *_: [("north", "x")]), "test_a_rule_that_is_kept_has_no_breach"),
        (replace(ROOM, breaches=lambda *_: []), "test_a_breach_names_its_subject"),
        (replace(ROOM, breaches=lambda *_: [("", "x")]), "test_a_breach_names_its_subject"),
        (replace(ROOM, breaches=lambda *_: [("n", str(next(COUNTER)))]), "test_it_judges_the_same_again"),
    ],
)
def test_a_kind_that_breaks_a_promise_is_found(kind: RuleKind, expected: str) -> None:
    """Each promise has a test that fails when it is broken."""
    assert expected in broken_promises(type("Broken", (TestRoom,), {"kind": kind})())


def test_sound_ones_break_none() -> None:
    """What keeps its promises passes."""
    assert (set(), set()) == (broken_promises(TestSeats()), broken_promises(TestRoom()))
