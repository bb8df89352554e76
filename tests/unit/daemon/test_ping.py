"""The dead-man's switch."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from convener.clock import VirtualClock
from convener.daemon.ping import Ping
from convener.daemon.site import PLAIN, Site
from convener.settings import Settings, load_settings

pytestmark = pytest.mark.integration
NOON = datetime(2027, 1, 18, 12, tzinfo=UTC)


class Watch:
    """Somebody who hears pings."""

    def __init__(self) -> None:
        self.heard = threading.Semaphore(0)
        self.site = Site("127.0.0.1:0", {"/token-1": self._page, "/elsewhere": self._page})

    def _page(self, _accept: str) -> tuple[int, str, bytes]:
        self.heard.release()
        return 200, PLAIN, b"thank you"

    @property
    def count(self) -> int:
        """How many pings there were since somebody asked."""
        count = 0
        while self.heard.acquire(blocking=False):
            count += 1
        return count


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Listen on this machine."""
    watching = Watch()
    with closing(watching.site):
        yield watching


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of an empty configuration, which pings nobody."""
    (tmp_path / "config.toml").touch()
    return load_settings(tmp_path, {})


def test_an_address_is_asked_after_a_good_round_but_not_after_each(watch: Watch, settings: Settings) -> None:
    """Silence means trouble; noise would mean nothing."""
    clock = VirtualClock(NOON)
    ping, counts = Ping(clock), []
    asked = replace(settings, ping=f"http://127.0.0.1:{watch.site.port}/token-1", ping_every=300.0)
    for minute in (0, 1, 4, 5):
        clock.move_to(NOON + timedelta(minutes=minute))
        ping.after_good_round(asked)
        ping.join()
        counts.append(watch.count)

    assert [1, 0, 0, 1] == counts


def test_without_an_address_nobody_is_asked(settings: Settings) -> None:
    """That is how it is as a rule."""
    ping = Ping(VirtualClock(NOON))
    ping.after_good_round(settings)
    ping.join()


@pytest.mark.parametrize("path", ["/gone", ":x"])
def test_an_address_that_fails_is_told_without_its_name(watch: Watch, settings: Settings, path: str) -> None:
    """It holds a token; the daemon goes on (fault 38)."""
    ping = Ping(VirtualClock(NOON))
    with capture_logs() as said:
        ping.after_good_round(replace(settings, ping=f"http://127.0.0.1:{watch.site.port}{path}"))
        ping.join()

    assert ["ping.failed"] == [line["event"] for line in said]
    assert path not in str(said)


class Redirecting(BaseHTTPRequestHandler):
    """Sends everybody to another address."""

    where = ""

    def do_GET(self) -> None:
        """Answer with a redirect."""
        self.send_response(302)
        self.send_header("Location", self.where)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


def test_nobody_is_followed_elsewhere(settings: Settings, watch: Watch) -> None:
    """A redirect leads to an address that nobody vouched for."""
    Redirecting.where = f"http://127.0.0.1:{watch.site.port}/token-1"
    with HTTPServer(("127.0.0.1", 0), Redirecting) as server, capture_logs() as said:
        threading.Thread(target=server.handle_request, daemon=True).start()
        ping = Ping(VirtualClock(NOON))
        ping.after_good_round(replace(settings, ping=f"http://127.0.0.1:{server.server_port}/token-1"))
        ping.join()

    assert ([("ping.failed", "HTTPError")], 0) == ([(line["event"], line["kind"]) for line in said], watch.count)
