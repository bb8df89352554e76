"""Between the core and a connector."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from convener.errors import AmbiguousError, ConnectorError, DataError, Delay, PermanentError, RetryError
from convener.model import Register
from convener.model.facts import Fact, FactType
from convener.ports import FactScene, PluginFact, Publication, RuleKind
from convener.registry.guard import (
    GuardedLookup,
    GuardedMessenger,
    GuardedPolls,
    GuardedRoster,
    GuardedSink,
    contained_fact,
    contained_kind,
)
from convener.testing import MemoryLookup, MemoryMessenger, MemoryPolls, MemoryRoster, MemorySink, a_mail, a_register


def raising(error: BaseException) -> Any:
    """Return a connector whose every call raises *error*."""

    def fail(*arguments: object) -> None:
        raise error

    return SimpleNamespace(send=fail, read_roster=fail, read_coaches=fail, read_availability=fail, publish=fail)


def test_what_works_passes_through() -> None:
    """A guard adds nothing to a connector that works."""
    roster, polls, sink = MemoryRoster(), MemoryPolls(), MemorySink()
    publication = Publication(client="c", programme="p", name="n", as_of=date(2027, 1, 1), files={"html": b""})

    assert "memory: 1" == GuardedMessenger("mail", MemoryMessenger()).send(a_mail())
    assert None is GuardedRoster("files", roster).read_coaches()
    assert None is GuardedPolls("web", polls).read_availability("c", "p")
    assert "memory:c/p/n/2027-01-01" == GuardedSink("pages", sink).publish(publication)


@pytest.mark.parametrize("error", [PermanentError("no"), RetryError("later"), AmbiguousError("perhaps")])
def test_an_error_of_ours_is_kept(error: ConnectorError) -> None:
    """What a connector classified itself stays as it is."""
    with pytest.raises(type(error)) as caught:
        GuardedMessenger("mail", raising(error)).send(a_mail())

    assert error is caught.value


@pytest.mark.parametrize("surprise", [KeyError("ana@northern.example"), SystemExit(1), OSError(5, "ana")])
def test_a_surprise_while_sending_is_ambiguous(surprise: BaseException) -> None:
    """P14: an unknown exception ends one dispatch, and its text, which may hold an address, is not repeated."""
    with pytest.raises(AmbiguousError) as caught:
        GuardedMessenger("mail", raising(surprise)).send(a_mail())

    assert f"connector 'mail' broke: {type(surprise).__name__}" == str(caught.value)


def test_a_missing_library_while_sending_is_for_later() -> None:
    """A library that is not installed has sent nothing."""
    surprise = ModuleNotFoundError("no module", name="gspread")

    with pytest.raises(RetryError, match="needs gspread, which is not installed"):
        GuardedMessenger("chat", raising(surprise)).send(a_mail())


def test_a_surprise_while_reading_is_a_connector_error() -> None:
    """Reading and publishing cannot be half done for others; they failed."""
    broken = raising(ZeroDivisionError())
    publication = Publication(client="c", programme="p", name="n", as_of=date(2027, 1, 1), files={})

    for call in (
        lambda: GuardedRoster("x", broken).read_roster("a.csv"),
        lambda: GuardedRoster("x", broken).read_coaches(),
        lambda: GuardedPolls("x", broken).read_availability("c", "p"),
        lambda: GuardedSink("x", broken).publish(publication),
    ):
        with pytest.raises(ConnectorError, match="connector 'x' broke: ZeroDivisionError"):
            call()


def test_a_data_error_is_kept() -> None:
    """What is wrong with a file is told in the reader's words."""
    with pytest.raises(DataError, match=str(Path("a.csv"))):
        GuardedRoster("x", MemoryRoster()).read_roster("a.csv")


def test_an_interrupt_is_not_held_up() -> None:
    """A person who stops the run is obeyed."""
    with pytest.raises(KeyboardInterrupt):
        GuardedMessenger("mail", raising(KeyboardInterrupt())).send(a_mail())


def test_errors_and_receipts_name_nobody() -> None:
    """Fault 38: an author who repeats the recipient does not put him into the ledger; other words stay."""
    parcel = a_mail(to_name="Al", to_mobile="+447700915524")
    error = RetryError("Chiara.Grant@northern.example is full, says Al at +447700915524; also later")
    receipt = SimpleNamespace(send=lambda parcel: f"{parcel.to_email} " + "x" * 500)

    with pytest.raises(RetryError) as caught:
        GuardedMessenger("mail", raising(error)).send(parcel)

    assert "… is full, says … at …; also later" == str(caught.value)
    assert "… " + "x" * 100 == GuardedMessenger("mail", receipt).send(parcel)[:102]  # type: ignore[arg-type] # a stand-in
    assert 200 >= len(GuardedMessenger("mail", receipt).send(parcel))  # type: ignore[arg-type] # a stand-in


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({"retry_after": "60"}, (None, Delay.BUSY)),
        ({"retry_after": -1.0}, (None, Delay.BUSY)),
        ({"retry_after": float("nan")}, (None, Delay.BUSY)),
        ({"retry_after": 1e12, "delay": Delay.FULL}, (86_400.0, Delay.FULL)),
        ({"retry_after": 60, "delay": "greylisted"}, (60, Delay.GREYLISTED)),
        ({"delay": ["busy"]}, (None, Delay.BUSY)),
    ],
)
def test_a_delay_can_be_reckoned_with(said: dict[str, Any], heard: tuple[float | None, Delay]) -> None:
    """P14: whatever a stranger's error says of the wait, the ledger can add it to a moment."""
    with pytest.raises(RetryError) as caught:
        GuardedMessenger("mail", raising(RetryError("later", **said))).send(a_mail())

    assert heard == (caught.value.retry_after, caught.value.delay)


def test_an_error_that_was_never_made_whole_is_put_right() -> None:
    """P14: an author may forget to call our constructor."""

    class BareError(PermanentError):
        def __init__(self) -> None:
            """Say nothing."""

    with pytest.raises(PermanentError) as caught:
        GuardedMessenger("mail", raising(BareError())).send(a_mail())

    assert ("", False) == (caught.value.hint, caught.value.dead)


@pytest.mark.parametrize("answer", [None, 1, "no", []])
def test_a_lookup_that_does_not_say_yes_or_no_is_an_error(answer: object) -> None:
    """N5: a guess could double a message."""
    rubbish: Any = SimpleNamespace(arrived=lambda message_id: answer)

    with pytest.raises(ConnectorError, match="not a bool"):
        GuardedLookup("sheet", rubbish).arrived("<x@y>")


def test_what_is_no_table_is_an_error() -> None:
    """P14: a reader that returns rubbish is told at once, and not by whoever looks into it."""
    rubbish: Any = SimpleNamespace(read_roster=list, read_coaches=list, read_availability=lambda client, programme: [])

    for call in (
        GuardedRoster("x", rubbish).read_coaches,
        lambda: GuardedRoster("x", rubbish).read_roster("abc"),
        lambda: GuardedPolls("x", rubbish).read_availability("c", "p"),
    ):
        with pytest.raises(ConnectorError, match="returned a list, not a Table"):
            call()


def test_each_call_has_a_failpoint_on_either_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 1: named after the step, the second only when the call ended well."""
    journal = tmp_path / "journal"
    monkeypatch.setenv("CONVENER_FAILPOINT_JOURNAL", str(journal))
    GuardedLookup("sheet", MemoryLookup()).arrived("<x@y>")
    with pytest.raises(PermanentError):
        GuardedMessenger("mail", raising(PermanentError())).send(a_mail())

    steps = [f"registry.guard.{step}" for step in ("GuardedLookup.arrived:call", "GuardedLookup.arrived:called")]
    assert [*steps, "registry.guard.GuardedMessenger.send:call"] == journal.read_text().split()


SCENE = FactScene(register=a_register(), at=datetime(2027, 3, 1, 12, tzinfo=UTC))


def a_fact(kind: FactType, provide: Callable[[FactScene], object]) -> PluginFact:
    """Return a fact of that type."""
    return PluginFact(fact=Fact(name="pod.seats", type=kind, meaning="seats"), provide=provide)


@pytest.mark.parametrize(("kind", "value"), [("int", 3), ("float", 3.5), ("string", "x"), ("int", None)])
def test_a_fact_of_its_type_or_unknown_passes(kind: FactType, value: object) -> None:
    """What a plugin tells is what a clause sees."""
    troubles: dict[str, str] = {}

    assert value == contained_fact("rooms", a_fact(kind, lambda _: value), troubles).provide(SCENE)
    assert {} == troubles


def test_a_fact_that_fails_is_unknown_and_noted() -> None:
    """P14: the clause is undecided, the tick goes on, and somebody can read why; the error's text stays inside."""
    troubles: dict[str, str] = {}

    def fail(_: FactScene) -> object:
        raise LookupError("ana@northern.example")

    assert contained_fact("rooms", a_fact("int", fail), troubles).provide(SCENE) is None
    assert {"pod.seats": "plugin 'rooms' failed to tell fact 'pod.seats': LookupError"} == troubles


@pytest.mark.parametrize(("kind", "value"), [("int", "3"), ("int", True), ("timestamp", datetime(2027, 3, 1))])  # noqa: DTZ001 - a time without a zone is the point
def test_a_fact_of_another_type_is_unknown_and_noted(kind: FactType, value: object) -> None:
    """A clause must be able to trust the catalogue."""
    troubles: dict[str, str] = {}

    assert contained_fact("rooms", a_fact(kind, lambda _: value), troubles).provide(SCENE) is None
    assert f", not a {kind}" in troubles["pod.seats"]


def test_a_kind_that_fails_is_a_breach_and_noted() -> None:
    """It fails closed: nobody can say that the rule is kept."""
    troubles: dict[str, str] = {}

    def fail(terms: object, register: Register, day: date) -> Iterator[tuple[str, str]]:
        yield "north", "too many"
        raise LookupError("ana@northern.example")

    kind = contained_kind("rooms", RuleKind(name="room", terms=dict, breaches=fail, meaning="fits"), troubles)
    found = list(kind.breaches({}, a_register(), date(2027, 3, 1)))

    assert [("primary-care", "plugin 'rooms' failed to judge a 'room' rule: LookupError")] == found
    assert ["room"] == [*troubles]


def test_a_kind_that_works_passes() -> None:
    """Its breaches are what the core hears."""
    sound = RuleKind(name="room", terms=dict, breaches=lambda *_: [("north", "too many")], meaning="fits")

    assert [("north", "too many")] == list(contained_kind("x", sound, {}).breaches({}, a_register(), date(2027, 3, 1)))
