"""Stand between the core and a connector: whatever it raises leaves as an error the core knows.

The text of an unknown exception may hold an address, so only its type is passed on; the exception itself stays as
the cause.
"""

import re
from collections.abc import Callable, Generator, Iterable, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from convener.errors import AmbiguousError, ConnectorError, ConvenerError, Delay, PermanentError, RetryError
from convener.failpoints import around, caller
from convener.model import Parcel, Register
from convener.ports import (
    FactScene,
    Lookup,
    Messenger,
    PluginFact,
    Polls,
    Publication,
    ReportSink,
    RosterSource,
    RuleKind,
    Table,
)

LONGEST_RECEIPT = 200
"""Characters of a receipt that are kept."""
LONGEST_WAIT = 86_400.0
"""Seconds that another side may ask us to wait at most."""
Returned = TypeVar("Returned")


class GuardedMessenger:
    """A messenger whose surprises count as ambiguous: nobody knows how far it came."""

    def __init__(self, connector: str, inner: Messenger) -> None:
        self._connector = connector
        self._inner = inner

    def send(self, parcel: Parcel) -> str:
        """Send *parcel*; raises ConnectorError and its kinds only, in words that name nobody."""
        try:
            with contained(self._connector, AmbiguousError):
                return nameless(str(self._inner.send(parcel))[:LONGEST_RECEIPT], parcel)
        except ConvenerError as error:
            error.args = (nameless(str(error), parcel),)
            raise


class GuardedLookup:
    """A lookup that says yes or no, or fails with a ConnectorError: a guess could double a message."""

    def __init__(self, connector: str, inner: Lookup) -> None:
        self._connector = connector
        self._inner = inner

    def arrived(self, message_id: str) -> bool:
        """Tell whether the other side holds what was sent with that id."""
        with contained(self._connector, ConnectorError):
            return _of_kind(self._connector, bool, self._inner.arrived(message_id))


class GuardedRoster:
    """A roster source that fails with a DataError or a ConnectorError only."""

    def __init__(self, connector: str, inner: RosterSource) -> None:
        self._connector = connector
        self._inner = inner

    def read_roster(self, path: str) -> Table:
        """Return the roster that *path* names."""
        with contained(self._connector, ConnectorError):
            return _of_kind(self._connector, Table, self._inner.read_roster(path))

    def read_coaches(self) -> Table | None:
        """Return the coaches, or None when the source has none."""
        with contained(self._connector, ConnectorError):
            coaches = self._inner.read_coaches()
            return None if coaches is None else _of_kind(self._connector, Table, coaches)


class GuardedPolls:
    """A source of answers that fails with a DataError or a ConnectorError only."""

    def __init__(self, connector: str, inner: Polls) -> None:
        self._connector = connector
        self._inner = inner

    def read_availability(self, client: str, programme: str) -> Table | None:
        """Return the answers to a dates poll, or None when there are none yet."""
        with contained(self._connector, ConnectorError):
            answers = self._inner.read_availability(client, programme)
            return None if answers is None else _of_kind(self._connector, Table, answers)


class GuardedSink:
    """A report sink that fails with a ConnectorError only."""

    def __init__(self, connector: str, inner: ReportSink) -> None:
        self._connector = connector
        self._inner = inner

    def publish(self, publication: Publication) -> str:
        """Publish and return the place."""
        with contained(self._connector, ConnectorError):
            return str(self._inner.publish(publication))


def nameless(text: str, parcel: Parcel) -> str:
    """Return *text* without the address, number and name that *parcel* is for: receipts and errors are kept."""
    for personal in (parcel.to_email, parcel.to_mobile, parcel.to_name):
        if personal and personal.casefold() in text.casefold():
            text = re.sub(rf"(?<!\w){re.escape(personal)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


def contained(connector: str, unknown: Callable[[str], ConnectorError]) -> AbstractContextManager[None]:
    """Let errors of ours pass and turn any other into *unknown*, with a failpoint on each side of the call.

    A library that cannot be imported is a RetryError: nothing went out, and installing it mends the connector.
    """
    return _contained(caller(depth=2), connector, unknown)


@contextmanager
def _contained(step: str, connector: str, unknown: Callable[[str], ConnectorError]) -> Generator[None]:
    try:
        with around(f"{step}:call", f"{step}:called"):
            yield
    except ConvenerError as error:
        _make_sound(error)
        raise
    except ImportError as cause:
        library = cause.name or "a library"
        raise RetryError(
            f"connector {connector!r} needs {library}, which is not installed", delay=Delay.MISCONFIGURED
        ) from cause
    except (Exception, SystemExit) as cause:
        raise unknown(f"connector {connector!r} broke: {type(cause).__name__}") from cause


def _make_sound(error: ConvenerError) -> None:
    """Put right what a stranger's error says of itself, for the ledger reckons with it."""
    said = vars(error)
    error.hint = str(said.get("hint", ""))
    if isinstance(error, RetryError):
        wait, delay = said.get("retry_after"), said.get("delay")
        error.retry_after = min(wait, LONGEST_WAIT) if isinstance(wait, int | float) and wait >= 0 else None
        error.delay = Delay(delay) if delay in tuple(Delay) else Delay.BUSY
    if isinstance(error, PermanentError):
        error.dead = said.get("dead") is True


def _of_kind(connector: str, kind: type[Returned], value: object) -> Returned:
    """Return *value* when it is what the port promises; raise ConnectorError when it is something else."""
    if isinstance(value, kind):
        return value
    raise ConnectorError(f"connector {connector!r} returned a {type(value).__name__}, not a {kind.__name__}")


def contained_fact(plugin: str, offered: PluginFact, troubles: MutableMapping[str, str]) -> PluginFact:
    """Return *offered* so that a failure, or a value of another type, is unknown and noted in *troubles*."""
    fact = offered.fact

    def provide(scene: FactScene) -> object:
        try:
            value = offered.provide(scene)
        except (Exception, SystemExit) as cause:  # noqa: BLE001 - a stranger's code must not stop a tick
            troubles[fact.name] = f"plugin {plugin!r} failed to tell fact {fact.name!r}: {type(cause).__name__}"
            return None
        if fact.accepts(value):
            return value
        troubles[fact.name] = (
            f"plugin {plugin!r} told fact {fact.name!r} as a {type(value).__name__}, not a {fact.type}"
        )
        return None

    return replace(offered, provide=provide)


def contained_kind(plugin: str, offered: RuleKind, troubles: MutableMapping[str, str]) -> RuleKind:
    """Return *offered* so that a failure is a breach of the whole programme, so that it fails closed, and noted."""

    def breaches(terms: Any, register: Register, day: date) -> Iterable[tuple[str, str]]:
        try:
            return [(str(subject), str(text)) for subject, text in offered.breaches(terms, register, day)]
        except (Exception, SystemExit) as cause:  # noqa: BLE001 - a stranger's code must not stop a tick
            text = f"plugin {plugin!r} failed to judge a {offered.name!r} rule: {type(cause).__name__}"
            troubles[offered.name] = text
            return [(register.programme, text)]

    return replace(offered, breaches=breaches)
