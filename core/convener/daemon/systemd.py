"""What systemd is told of a service of `Type=notify`: sd_notify(3), as datagrams to a socket it names.

Without that socket, which is everywhere else, nothing is told.
"""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

from convener.clock import Clock

MILLION = 1_000_000


class Notifier:
    """Tells systemd how the service is."""

    def __init__(self, clock: Clock, environ: Mapping[str, str]) -> None:
        """Take the socket, and how often it wants a sign of life, from *environ*."""
        self._clock = clock
        self._address = environ.get("NOTIFY_SOCKET", "").replace("@", "\0", 1)
        self.watchdog = _watchdog(environ) if self._address else 0.0
        """Seconds within which a sign of life is expected; 0 for never."""

    def ready(self) -> None:
        """Tell that the service works, for the first time or by other settings."""
        self._say("READY=1")

    def reloading(self) -> None:
        """Tell that the service looks at its files again; `ready` ends that."""
        self._say(f"RELOADING=1\nMONOTONIC_USEC={int(self._clock.steady() * MILLION)}")

    def stopping(self) -> None:
        """Tell that the service ends."""
        self._say("STOPPING=1")

    def alive(self) -> None:
        """Give a sign of life."""
        self._say("WATCHDOG=1")

    def _say(self, words: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.settimeout(1)  # a full socket must not hold the daemon
            sender.sendto(words.encode(), self._address)


def _watchdog(environ: Mapping[str, str]) -> float:
    """Return the seconds that `WATCHDOG_USEC` says; none when it is meant for another process."""
    meant = environ.get("WATCHDOG_PID", "")
    with suppress(ValueError):
        if not meant or int(meant) == os.getpid():
            return int(environ.get("WATCHDOG_USEC", "0")) / MILLION
    return 0.0
