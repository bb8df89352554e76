"""The connector: a parcel becomes one to two files."""

from pathlib import Path
from typing import ClassVar

from convener import Parcel, RetryError, Settlement, build_message, write_whole
from convener_outbox.naming import stem
from convener_outbox.settings import OutboxSettings


class OutboxMessenger:
    """Writes mails as `.eml`, invites as `.ics` beside them, and texts as `.txt`."""

    plugin: ClassVar[str] = "outbox"
    settings: ClassVar[type[OutboxSettings]] = OutboxSettings
    settlement: ClassVar[Settlement] = Settlement.SAME_ID
    deadline: ClassVar[float] = 30.0

    def __init__(self, settings: OutboxSettings, workspace: Path) -> None:
        self._settings = settings
        self._folder = workspace / settings.folder

    def send(self, parcel: Parcel) -> str:
        """Write *parcel* and return the name of its file; the same parcel twice is one file."""
        files = self._text(parcel) if is_text(parcel) else self._mail(parcel)
        try:
            for name, content in files.items():
                write_whole(self._folder / name, content)
        except OSError as cause:
            raise RetryError(f"cannot write to the outbox: {cause.strerror or type(cause).__name__}") from cause
        return next(reversed(files))

    def _mail(self, parcel: Parcel) -> dict[str, bytes]:
        """Return the files of a mail, the mail itself last: once it is there, everything is."""
        message = build_message(parcel, self._settings.sender_name, self._settings.sender_email)
        name = stem(parcel.message_id, parcel.subject)
        files = {f"{name}.ics": parcel.calendar.encode()} if parcel.calendar else {}
        return files | {f"{name}.eml": message}

    def _text(self, parcel: Parcel) -> dict[str, bytes]:
        content = f"To: {parcel.to_name} <{parcel.to_mobile}>\n\n{parcel.text}\n"
        return {f"{stem(parcel.message_id, 'text')}.txt": content.encode()}


def is_text(parcel: Parcel) -> bool:
    """Tell whether *parcel* is a text message: a mobile number, and nothing that only a mail can carry."""
    return bool(parcel.to_mobile) and not (parcel.subject or parcel.html or parcel.calendar)
