"""The connector: a parcel becomes a mail on the wire."""

from email.utils import formatdate
from pathlib import Path
from time import monotonic
from typing import ClassVar

from convener import Parcel, Settlement, build_message
from convener_smtp.line import Letter, Line
from convener_smtp.lines import Lines
from convener_smtp.opening import open_line
from convener_smtp.settings import SmtpSettings

PATIENCE = 100.0
"""Seconds a message may take in all, its line opened included: less than the deadline, so that it ends by itself."""


class SmtpMessenger:
    """Sends mails with text, HTML and calendar parts; a repeat carries the same Message-ID."""

    plugin: ClassVar[str] = "smtp"
    settings: ClassVar[type[SmtpSettings]] = SmtpSettings
    settlement: ClassVar[Settlement] = Settlement.SAME_ID
    deadline: ClassVar[float] = 120.0

    def __init__(self, settings: SmtpSettings, workspace: Path) -> None:
        self._settings = settings
        self._lines = Lines(lambda until: Line(open_line(settings, workspace, until)))

    def send(self, parcel: Parcel) -> str:
        """Send *parcel* over a kept line or a new one and return the server's code."""
        settings = self._settings
        content = build_message(parcel, settings.sender_name, settings.sender_email)
        if not any(name.lower() == "date" for name in parcel.headers):
            content = f"Date: {formatdate(usegmt=True)}\r\n".encode() + content  # the moment it leaves
        letter = Letter(
            sender=settings.sender_email,
            recipient=parcel.to_email,
            content=content,
            utf8=not (settings.sender_email + parcel.to_email).isascii(),
        )
        return f"{settings.host}: {self._lines.deliver(letter, monotonic() + PATIENCE)}"

    def rest(self) -> None:
        """Say goodbye on the lines that are kept; the next mail opens a new one."""
        self._lines.rest()
