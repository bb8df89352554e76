"""The contracts themselves: each promise that is broken is found."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from convener.model import Parcel
from convener.ports import Settlement
from convener.testing import LookupContract, MemoryLookup, MemoryMessenger, MessengerContract, NoSettings


class Contract(MessengerContract):
    """The contract of a messenger, asked of a class given at run time."""

    def __init__(self, kind: type[Any]) -> None:
        self.asked = kind

    def kind(self) -> type[Any]:
        """Return the class under contract."""
        return self.asked

    def make(self, workspace: Path) -> Any:
        """Make one."""
        self.made = self.asked()
        return self.made

    def arrived(self) -> list[str]:
        """Return the ids it holds."""
        return list(self.made.arrived)


class Chatty(MemoryMessenger):
    """Names the recipient in its receipt."""

    def send(self, parcel: Parcel) -> str:
        """Send and tell."""
        super().send(parcel)
        return f"sent to {parcel.to_email}"


class Lossy(MemoryMessenger):
    """Drops everything."""

    def send(self, parcel: Parcel) -> str:
        """Do nothing."""
        return "ok"


class Hasty(MemoryMessenger):
    """Remembers one message at a time, and is late to write it down."""

    waiting: Parcel | None = None

    def send(self, parcel: Parcel) -> str:
        """Note it, let others in, and write down what is noted by then."""
        self.waiting = parcel
        self.gate.wait(timeout=5)
        noted, self.waiting = self.waiting, None
        return super().send(noted) if noted else "lost"

    gate = threading.Barrier(4)


class Exhausted(MemoryMessenger):
    """Cannot go on after a rest."""

    rested = False

    def send(self, parcel: Parcel) -> str:
        """Send unless it has rested."""
        return "asleep" if self.rested else super().send(parcel)

    def rest(self) -> None:
        """Rest for good."""
        self.rested = True
        self.sent.clear()


class Renaming(MemoryMessenger):
    """Gives each sending an id of its own."""

    @property
    def arrived(self) -> dict[str, Parcel]:
        """Number them."""
        return {f"{number}": parcel for number, parcel in enumerate(self.sent)}


@dataclass(frozen=True, kw_only=True)
class Showing:
    """Shows its password and explains nothing."""

    password: str = field(default="")


class Open(MemoryMessenger):
    """Has settings that show a secret."""

    settings = Showing  # type: ignore[assignment] # what a careless author writes
    settlement = Settlement.ASK


@pytest.mark.parametrize(
    ("kind", "promise"),
    [
        (Chatty, "test_the_receipt_holds_nothing_personal"),
        (Lossy, "test_a_parcel_arrives"),
        (Renaming, "test_a_repeat_is_recognised"),
        (Hasty, "test_it_is_safe_from_several_threads"),
        (Exhausted, "test_it_rests_and_goes_on"),
    ],
)
def test_a_broken_messenger_is_found(kind: type[MemoryMessenger], promise: str, tmp_path: Path) -> None:
    """Each careless messenger breaks the promise it should."""
    with pytest.raises(AssertionError, match="broken promise"):
        getattr(Contract(kind), promise)(tmp_path)


@pytest.mark.parametrize("promise", ["test_its_settings_are_frozen_and_explained", "test_its_secrets_are_not_shown"])
def test_careless_settings_are_found(promise: str) -> None:
    """Options without meaning and secrets in sight are refused."""
    with pytest.raises(AssertionError, match="option 'password'"):
        getattr(Contract(Open), promise)()


class Forgetful(MemoryLookup):
    """Never knows what arrived."""

    def arrived(self, message_id: str) -> bool:
        """Say no."""
        return False


class Guessing(MemoryLookup):
    """Asks a person, though it could look."""

    settlement = Settlement.ASK


class LookupPromises(LookupContract):
    """The contract of a lookup, asked of a class given at run time."""

    def __init__(self, kind: type[MemoryLookup]) -> None:
        self.asked, self.made = kind, kind()

    def kind(self) -> type[Any]:
        """Return the class under contract."""
        return self.asked

    def make(self, workspace: Path) -> Any:
        """Return the one there is."""
        return self.made


def test_a_lookup_that_does_not_know_is_found(tmp_path: Path) -> None:
    """N5: what it says decides whether a message goes out again."""
    with pytest.raises(AssertionError, match="broken promise: what arrived"):
        LookupPromises(Forgetful).test_it_tells_what_arrived(tmp_path)
    with pytest.raises(AssertionError, match="broken promise: `settlement`"):
        LookupPromises(Guessing).test_it_settles_by_lookup()


def test_a_twin_needs_no_settings() -> None:
    """An option table may be empty."""
    assert NoSettings() == NoSettings()
