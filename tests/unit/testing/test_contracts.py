"""The contracts themselves: each promise that is broken is found."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from convener.model import Parcel
from convener.ports import Settlement
from convener.testing import MemoryMessenger, MessengerContract, NoSettings


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


def test_a_twin_needs_no_settings() -> None:
    """An option table may be empty."""
    assert NoSettings() == NoSettings()
