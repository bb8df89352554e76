"""The console connector keeps the promises of a messenger."""

import re
from pathlib import Path

import pytest
from convener_console.messenger import ConsoleMessenger
from convener_console.settings import ConsoleSettings

from convener.testing import MessengerContract


class TestConsole(MessengerContract):
    """What every messenger promises."""

    @pytest.fixture(autouse=True)
    def terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Watch the terminal."""
        self.capsys = capsys

    def kind(self) -> type[ConsoleMessenger]:
        """Return the class under contract."""
        return ConsoleMessenger

    def make(self, workspace: Path) -> ConsoleMessenger:
        """Return a connector."""
        return ConsoleMessenger(ConsoleSettings(), workspace)

    def arrived(self) -> list[str]:
        """Read the message ids off the terminal."""
        return re.findall(r"^<\S+>", self.capsys.readouterr().out, re.MULTILINE)
