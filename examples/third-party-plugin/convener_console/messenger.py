"""The connector: a parcel becomes lines on the terminal."""

import sys
import textwrap
from pathlib import Path
from typing import ClassVar

from convener import Parcel, RetryError, Settlement
from convener_console.settings import ConsoleSettings


class ConsoleMessenger:
    """Prints messages."""

    plugin: ClassVar[str] = "console"
    settings: ClassVar[type[ConsoleSettings]] = ConsoleSettings
    settlement: ClassVar[Settlement] = Settlement.SAME_ID
    deadline: ClassVar[float] = 5.0

    def __init__(self, settings: ConsoleSettings, workspace: Path) -> None:
        self._width = settings.width

    def send(self, parcel: Parcel) -> str:
        """Print *parcel*."""
        body = [textwrap.fill(line, self._width) for line in parcel.text.splitlines()]
        lines = [f"{parcel.message_id} to {parcel.to_name}", f"  {parcel.subject}", *body, ""]
        try:
            sys.stdout.write("\n".join(lines) + "\n")
        except (OSError, ValueError) as cause:
            raise RetryError("the terminal is closed") from cause
        return "printed"
