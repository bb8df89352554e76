"""The connector: a parcel becomes a mail on the wire."""

from email.utils import formatdate
from pathlib import Path
from typing import ClassVar

from convener import Parcel, Settlement, build_message
from convener_smtp.settings import SmtpSettings
from convener_smtp.wire import deliver


class SmtpMessenger:
    """Sends mails with text, HTML and calendar parts; a repeat carries the same Message-ID."""

    plugin: ClassVar[str] = "smtp"
    settings: ClassVar[type[SmtpSettings]] = SmtpSettings
    settlement: ClassVar[Settlement] = Settlement.SAME_ID
    deadline: ClassVar[float] = 120.0

    def __init__(self, settings: SmtpSettings, workspace: Path) -> None:
        self._settings = settings
        self._workspace = workspace

    def send(self, parcel: Parcel) -> str:
        """Send *parcel* over a line of its own and return the server's code."""
        settings = self._settings
        message = build_message(parcel, settings.sender_name, settings.sender_email)
        if "Date" not in message:
            message["Date"] = formatdate(usegmt=True)  # a mail needs a date; this is the moment it leaves
        utf8 = not (settings.sender_email + parcel.to_email).isascii()
        code = deliver(settings, self._workspace, parcel.to_email, message.as_bytes(), utf8=utf8)
        return f"{settings.host}: {code}"
