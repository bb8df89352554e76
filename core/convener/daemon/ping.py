"""The dead-man's switch: an address is asked after every good round, so that somebody hears when that ends."""

import threading
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.request import HTTPRedirectHandler, Request, build_opener

import structlog

from convener.clock import Clock
from convener.settings import Settings

TIMEOUT = 10.0
"""Seconds that the other side may take."""
log = structlog.get_logger("convener.daemon")


class Ping:
    """Asks in a thread of its own, never twice at once and never more often than `ping_every`.

    Neither the address, which may hold a token, nor what comes back is told to anybody.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: float | None = None
        self._thread: threading.Thread | None = None

    def after_good_round(self, settings: Settings) -> None:
        """Ask the address of *settings*, if there is one and it is time."""
        now = self._clock.steady()
        too_soon = self._last is not None and now - self._last < settings.ping_every
        if not settings.ping or too_soon or (self._thread and self._thread.is_alive()):
            return
        self._last = now
        self._thread = threading.Thread(target=_ask, args=(settings.ping,), name="ping", daemon=True)
        self._thread.start()

    def join(self, seconds: float = TIMEOUT) -> None:
        """Wait until nobody is being asked, but no longer than *seconds*."""
        if self._thread:
            self._thread.join(seconds)


class _NowhereElse(HTTPRedirectHandler):
    """Follows nobody to another address: that one was not vouched for."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Follow nobody."""
        return None


def _ask(url: str) -> None:
    try:
        with build_opener(_NowhereElse).open(url, timeout=TIMEOUT) as answer:
            answer.read(1)
    except (OSError, HTTPException, ValueError) as error:
        log.warning("ping.failed", kind=type(error).__name__)
