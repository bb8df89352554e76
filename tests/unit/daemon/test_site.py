"""Three small pages."""

import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from structlog.testing import capture_logs

from convener.daemon.site import PLAIN, Site, open_site

pytestmark = pytest.mark.integration


def broken(_accept: str) -> tuple[int, str, bytes]:
    """Break with somebody's address in the words."""
    raise RuntimeError("ana@acme.example")


PAGES = {
    "/livez": lambda _: (200, PLAIN, b"ok\n"),
    "/readyz": lambda _: (503, PLAIN, b"no\n"),
    "/echo": lambda accept: (200, PLAIN, accept.encode()),
    "/broken": broken,
}


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve at a port of the system's choice."""
    with closing(Site("127.0.0.1:0", PAGES)) as serving:
        yield serving


def ask(site: Site, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Return status, content and headers of one answer."""
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=30)) as connection:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())


def test_pages_are_found_by_path(site: Site) -> None:
    """Whatever follows the path; nobody keeps what they say."""
    assert (200, b"ok\n", "no-store") == (*ask(site, "/livez?x=1")[:2], ask(site, "/livez")[2]["Cache-Control"])
    assert (503, b"no\n") == ask(site, "/readyz")[:2]
    assert (200, b"text/x") == ask(site, "/echo", Accept="text/x")[:2]
    assert (404, b"there are /broken, /echo, /livez, /readyz\n") == ask(site, "/metrics/")[:2]


def test_nothing_but_reading_is_possible(site: Site) -> None:
    """HEAD is reading without the content."""
    assert (405, b"") == (ask(site, "/livez", "POST")[0], ask(site, "/livez", "HEAD")[1])


def test_a_page_that_breaks_says_nothing_of_what_it_held(site: Site) -> None:
    """Neither to the reader nor to the log (fault 38)."""
    with capture_logs() as said:
        status, content, _ = ask(site, "/broken")

    assert (500, b"internal error\n") == (status, content)
    assert [{"event": "site.broke", "kind": "RuntimeError", "log_level": "error"}] == said


def test_rubbish_and_silence_keep_nobody_else_waiting(site: Site) -> None:
    """Each reader has a thread of its own."""
    with socket.create_connection(("127.0.0.1", site.port)) as silent, socket.socket() as rude:
        rude.connect(("127.0.0.1", site.port))
        rude.sendall(b"\x00\xff rubbish\r\n\r\n")
        silent.sendall(b"GET /li")

        assert 200 == ask(site, "/livez")[0]


def test_a_port_that_is_taken_is_told_and_no_more(site: Site) -> None:
    """Messages go out whether or not somebody can look (P14)."""
    with capture_logs() as said:
        second = open_site(f"127.0.0.1:{site.port}", PAGES)

    assert (None, "site.refused", site.port) == (second, said[0]["event"], said[0]["port"])


def test_port_0_means_nowhere() -> None:
    """Who wants no port gets none."""
    assert open_site("127.0.0.1:0", PAGES) is None


def test_a_site_may_be_on_the_newer_protocol(free_port: int) -> None:
    """An address in brackets is one of IPv6."""
    site = open_site(f"[::1]:{free_port}", PAGES)
    assert site is not None
    with closing(site), closing(HTTPConnection("::1", site.port, timeout=30)) as connection:
        connection.request("GET", "/livez")

        assert 200 == connection.getresponse().status
