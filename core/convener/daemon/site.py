"""Where the daemon answers for its health: three small pages, on this machine unless somebody says otherwise."""

import threading
from collections.abc import Callable, Iterable, Mapping
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import structlog

Page = Callable[[str], tuple[int, str, bytes]]
"""Takes what the reader accepts; returns status, content type and content."""

PLAIN = "text/plain; charset=utf-8"
REASONS = {200: "OK", 404: "Not Found", 405: "Method Not Allowed", 500: "Internal Server Error"}
UNAVAILABLE = 503
log = structlog.get_logger("convener.daemon")


class Site:
    """Serves *pages* by path until it is closed; a thread for each reader."""

    def __init__(self, listen: str, pages: Mapping[str, Page]) -> None:
        """Listen at *listen* (`host:port`); raise OSError when that cannot be."""
        host, _, port = listen.rpartition(":")
        self._server = _Server((host.strip("[]"), int(port)), pages)
        self.port: int = self._server.server_port
        threading.Thread(target=self._server.serve_forever, name="site", daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def open_site(listen: str, pages: Mapping[str, Page]) -> Site | None:
    """Return a site at *listen*; None for port 0 and for a place that cannot be had, which is told in the log."""
    port = int(listen.rpartition(":")[2])
    if port == 0:
        return None
    try:
        site = Site(listen, pages)
    except OSError as error:
        kind = type(error).__name__
    else:
        log.info("site.opened", port=site.port)
        return site
    log.error("site.refused", port=port, kind=kind)
    return None


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], pages: Mapping[str, Page]) -> None:
        self.address_family = 10 if ":" in address[0] else 2
        super().__init__(address, _Handler)
        self.set_app(_answering(pages))

    def server_bind(self) -> None:
        """Bind without asking the network for our name, which may take long."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a reader goes away."""


class _Handler(WSGIRequestHandler):
    timeout = 10
    """Seconds that a reader may take to ask."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Say nothing of who reads."""


def _answering(pages: Mapping[str, Page]) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """Return the WSGI application of *pages*: GET and HEAD, and nothing that changes anything."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        status, kind, content = _page(environ, pages)
        reason = REASONS.get(status, "Service Unavailable")
        headers = [("Content-Type", kind), ("Content-Length", str(len(content))), ("Cache-Control", "no-store")]
        start(f"{status} {reason}", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else content]

    return answer


def _page(environ: dict[str, Any], pages: Mapping[str, Page]) -> tuple[int, str, bytes]:
    page = pages.get(environ.get("PATH_INFO", ""))
    if page is None:
        return 404, PLAIN, f"there are {', '.join(sorted(pages))}\n".encode()
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return 405, PLAIN, b"only GET and HEAD\n"
    try:
        return page(environ.get("HTTP_ACCEPT", ""))
    except Exception as error:  # noqa: BLE001 - whatever breaks a page is told by its kind: the rest may name somebody
        return _broken(type(error).__name__)


def _broken(kind: str) -> tuple[int, str, bytes]:
    log.error("site.broke", kind=kind)
    return 500, PLAIN, b"internal error\n"
