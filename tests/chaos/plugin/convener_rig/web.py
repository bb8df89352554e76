"""One request for each message; what is known of it afterwards is said by the kind of the error."""

import http.client
import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from convener import AmbiguousError, Parcel, PermanentError, RetryError, Settlement

BUSY, REFUSED = 429, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class RigSettings:
    """Where the other side listens."""

    port: int = field(default=0, metadata={"help": "port on this machine"})
    timeout: float = field(default=60.0, metadata={"help": "seconds to wait for an answer"})


class RigSheet:
    """Adds a row to a sheet; the row can be looked up."""

    plugin: ClassVar[str] = "rig-sheet"
    settings: ClassVar[type[RigSettings]] = RigSettings
    settlement: ClassVar[Settlement] = Settlement.LOOKUP
    deadline: ClassVar[float] = 5.0

    def __init__(self, settings: RigSettings, workspace: Path) -> None:
        self._settings = settings

    def send(self, parcel: Parcel) -> str:
        """Add a row for *parcel*, whether or not there is one already."""
        return post(self._settings, "/sheet", parcel.message_id)

    def arrived(self, message_id: str) -> bool:
        """Look the row up."""
        with line(self._settings) as connection:
            connection.request("GET", f"/sheet/{message_id}")
            return bool(json.loads(connection.getresponse().read()))


class RigTexts:
    """Sends a text; nobody can say afterwards whether it went."""

    plugin: ClassVar[str] = "rig-texts"
    settings: ClassVar[type[RigSettings]] = RigSettings
    settlement: ClassVar[Settlement] = Settlement.ASK
    deadline: ClassVar[float] = 5.0

    def __init__(self, settings: RigSettings, workspace: Path) -> None:
        self._settings = settings

    def send(self, parcel: Parcel) -> str:
        """Send *parcel*."""
        return post(self._settings, "/sms", parcel.message_id)


def post(settings: RigSettings, path: str, message_id: str) -> str:
    """Post one message; from the first byte on, silence says nothing about what the other side did."""
    with line(settings) as connection:
        try:
            connection.request("POST", path, message_id.encode())
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as cause:
            raise AmbiguousError("the line was lost before the answer") from cause
    if status == BUSY:
        raise RetryError("too much at once", retry_after=1)
    if status >= REFUSED:
        raise PermanentError(f"refused: {status}")
    return str(status)


@contextmanager
def line(settings: RigSettings) -> Generator[http.client.HTTPConnection]:
    """Open a line and close it; when nobody answers, nothing was sent."""
    connection = http.client.HTTPConnection("127.0.0.1", settings.port, timeout=settings.timeout)
    try:
        connection.connect()
    except OSError as cause:
        raise RetryError("nobody answers") from cause
    try:
        yield connection
    finally:
        connection.close()
