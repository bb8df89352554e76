"""Daemons in processes of their own: what systemd, a person and a crash do to them."""

import json
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import libfaketime
import pytest
from tests.servers import postgresql_server

from convener.daemon.logs import FIELDS
from convener.operations.initialise import initialise

pytestmark = pytest.mark.integration
RULES = "rulesets/northern-health.toml"
BROKEN = ("schema = 1", "schema = 1\nsurprise = true")
PEOPLE = 40
EMBEDDED = {"CONVENER_ENGINE": "embedded"}
CAP = 60.0
DAY = 86400
Edit = Callable[[str, str, str], None]
Start = Callable[..., Any]
Mails = Callable[[], int]


def ended(process: Any) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit code of a daemon that is told to end, and the rest of its log."""
    process.child.send_signal(signal.SIGTERM)
    rest = process.child.communicate()[1]
    return process.child.returncode, [json.loads(line) for line in rest.splitlines()]


def page(port: int, path: str) -> tuple[int, str]:
    """Return status and text of one page of a daemon; 0 when nobody answers."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=CAP) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except URLError:
        return 0, ""


def becomes(port: int, path: str, status: int) -> bool:
    """Tell whether a page gets that status, within a generous time."""
    for _ in range(int(CAP * 10)):
        if page(port, path)[0] == status:
            return True
        threading.Event().wait(0.1)
    return False


def test_it_delivers_refuses_a_second_and_ends_on_a_signal(folder: Path, started: Start, mails: Mails) -> None:
    """Everyone is welcomed; the second daemon exits 75 with one message; SIGTERM ends the first with 0 (N5)."""
    first = started(EMBEDDED)
    (delivered,) = first.heard("dispatches.delivered")
    second = started(EMBEDDED)
    refusal = second.child.communicate()[1]
    code, rest = ended(first)

    assert PEOPLE == delivered["sent"] == mails()
    assert 75 == second.child.returncode
    assert (1, 0) == (refusal.count("another daemon works on this workspace"), refusal.count("Traceback"))
    assert (0, "daemon.stopped") == (code, rest[-1]["event"])


def test_a_killed_process_leaves_no_lock_and_its_last_good_rules(started: Start, edit: Edit) -> None:
    """After kill -9 amid a bad edit the next one simply starts and goes on by what was right (P14, fault 14)."""
    first = started()
    first.heard("dispatches.delivered")
    edit(RULES, *BROKEN)
    first.child.kill()
    first.child.communicate()
    second = started()
    reloaded, refused = second.heard("rules.reloaded", "rules.refused")

    assert (["northern-health"], "northern-health") == (reloaded["clients"], refused["client"])


def test_it_lives_through_bad_edits(
    folder: Path, started: Start, edit: Edit, health: Callable[[], dict[str, Any]]
) -> None:
    """Broken, it is degraded with the place and goes on by the last good set; mended, it is well again (P14, P15)."""
    written = (folder / RULES).read_text(encoding="utf-8")
    (folder / "rulesets" / "southern-health.toml").write_text(written, encoding="utf-8")
    process = started()
    (first,) = process.heard("rules.reloaded")
    process.heard("health.changed")
    edit(RULES, *BROKEN)
    edit("rulesets/southern-health.toml", "Primary care pilot", "South")
    process.child.send_signal(signal.SIGHUP)
    other, refused, _ = process.heard("rules.reloaded", "rules.refused", "health.changed")
    degraded = health()
    edit(RULES, *reversed(BROKEN))
    process.child.send_signal(signal.SIGHUP)
    mended, _ = process.heard("rules.reloaded", "health.changed")
    well = health()
    ended(process)
    line = written.splitlines().index("schema = 1") + 2
    place = {"client": "northern-health", "file": RULES, "line": line, "column": 1, "code": "unknown-key"}

    assert ["northern-health", "southern-health"] == first["clients"]
    assert (["southern-health"], ["northern-health"]) == (other["clients"], mended["clients"])
    assert place == {key: refused[key] for key in place}
    assert [place | {"automation": ""}] == degraded["problems"]
    assert ([], "stopped") == (well["problems"], health()["status"])


def test_a_storm_of_nudges_neither_kills_nor_blocks(started: Start) -> None:
    """A signal may come at any point of the code, also while the daemon holds a lock of its own."""
    process = started()
    process.heard("rules.reloaded", "dispatches.delivered")
    for _ in range(5000):
        process.child.send_signal(signal.SIGHUP)
    code, rest = ended(process)

    assert (0, "daemon.stopped") == (code, rest[-1]["event"])


def test_a_nudge_while_it_begins_does_not_kill(started: Start) -> None:
    """Signals are caught before the rest of it is loaded, long before it says that it has started."""
    process = started()
    status = Path(f"/proc/{process.child.pid}/status")
    caught = (line for _ in iter(int, 1) for line in status.read_text("ascii").splitlines() if line[:7] == "SigCgt:")
    assert next(line for line in caught if int(line.split()[1], 16) & 1 << (signal.SIGHUP - 1))
    for _ in range(100):
        process.child.send_signal(signal.SIGHUP)
    began = process.heard("daemon.started")

    assert began != [{}]
    assert 0 == ended(process)[0]


def test_systemd_is_told(started: Start, tmp_path: Path) -> None:
    """Ready once it works, alive as often as it is asked for, reloading and ready again, stopping (N5)."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as service:
        service.bind(str(tmp_path / "notify"))
        service.settimeout(CAP)
        process = started({"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "300000"})

        def told(word: str) -> str:
            """Return the first of the next datagrams that begins with *word*."""
            return next(said for said in iter(lambda: service.recv(4096).decode(), "") if said.startswith(word))

        began = [told("READY=1"), told("WATCHDOG=1")]
        process.child.send_signal(signal.SIGHUP)
        again = [told("RELOADING=1"), told("READY=1")]
        process.child.send_signal(signal.SIGTERM)
        over = told("STOPPING=1")
        process.child.communicate()

    assert ["READY=1", "WATCHDOG=1"] == began
    assert ("READY=1", "STOPPING=1", True) == (again[1], over, "MONOTONIC_USEC=" in again[0])


@pytest.fixture
def server() -> Iterator[Any]:
    """Start a PostgreSQL that may be stopped and started."""
    with postgresql_server() as running:
        yield running


def test_a_database_that_stops_and_starts_again_is_told_and_survived(
    started: Start, free_port: int, server: Any
) -> None:
    """`/readyz` is red meanwhile and green again by itself; `/livez` and the process never minded (fault 6)."""
    process = started({"CONVENER_DATABASE": server.get_uri(), "CONVENER_DAEMON_LISTEN": f"127.0.0.1:{free_port}"})
    was_ready = becomes(free_port, "/readyz", 200)
    server.stop()
    was_red = becomes(free_port, "/readyz", 503)
    alive, metrics = page(free_port, "/livez"), page(free_port, "/metrics")[1]
    server.start()
    is_ready = becomes(free_port, "/readyz", 200)
    code, _ = ended(process)

    assert (True, True, True, 0) == (was_ready, was_red, is_ready, code)
    assert ((200, "ok\n"), True) == (alive, "convener_database_up 0.0" in metrics)


def test_a_clock_that_is_set_is_noticed_and_doubles_nothing(started: Start, tmp_path: Path, folder: Path) -> None:
    """Three days forward and back again, in the running process (fault 12)."""
    now, then = tmp_path / "now", tmp_path / "then"
    now.write_text("+0", encoding="utf-8")
    library = Path(libfaketime.__file__).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"
    settings = {"TIMESTAMP_FILE": str(now), "NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1"}
    process = started({"LD_PRELOAD": str(library), **{f"FAKETIME_{name}": value for name, value in settings.items()}})
    process.heard("dispatches.delivered")
    jumps = []
    for offset in ("+3d", "+0"):
        then.write_text(offset, encoding="utf-8")
        then.replace(now)
        process.child.send_signal(signal.SIGHUP)  # so that nobody waits for the minute
        jumps += process.heard("clock.jumped")
    ended(process)
    mails = [mail.read_bytes() for mail in (folder / "var" / "outbox").rglob("*.eml")]
    ids = [next(line for line in mail.splitlines() if line.lower().startswith(b"message-id:")) for mail in mails]

    assert [3, -3] == [round(jump["seconds"] / DAY) for jump in jumps]
    assert PEOPLE <= len(ids) == len(set(ids))


CANARY = """\
redirect_all = "canary-redirect@acme.example"

[sender]
name = "Canary Sender"
email = "canary-sender@acme.example"

[daemon]
listen = "127.0.0.1:{port}"
ping = "http://127.0.0.1:{nobody}/canary-token"

[connectors.mail]
plugin = "smtp"
host = "127.0.0.1"
port = {nobody}
username = "canary-user"
password = {{ env = "CANARY_PASSWORD" }}
security = "none"
"""


def test_no_secret_and_no_person_is_told(started: Start, folder: Path, free_port: int, tmp_path: Path) -> None:
    """A canary in each field of the configuration and of each person, everything failing: none is seen (fault 38)."""
    config = folder / "config.toml"
    sections = config.read_text(encoding="utf-8").split("\n[")
    kept = [part for part in sections[1:] if not part.startswith(("sender]", "daemon]", "connectors.mail]"))]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    own = CANARY.format(port=free_port, nobody=nobody)
    config.write_text("\n[".join([sections[0] + "\n" + own, *kept]), encoding="utf-8")
    roster = folder / "data" / "northern-health.csv"
    lines = roster.read_text(encoding="utf-8").splitlines()
    strange = lines[1].replace(lines[1].split(",")[1], "Canary Bird", 1)
    roster.write_text("\n".join([*lines, strange, 'canary,"broken']), encoding="utf-8")
    process = started({"CANARY_PASSWORD": "canary-password"})
    said = process.heard("tick.planned", "dispatches.delivered")
    assert becomes(free_port, "/readyz", 200)
    pages = [page(free_port, path)[1] for path in ("/metrics", "/livez", "/readyz")]
    _, rest = ended(process)
    told = json.dumps([*said, *rest]) + "".join(pages) + (folder / "var" / "health.json").read_text(encoding="utf-8")
    people = {part for line in lines[1:] for part in line.split(",") if "@" in part or " " in part}

    assert (True, 0) == ("retry" in said[1], said[1]["sent"])
    assert "canary" not in told.lower()
    assert [] == [part for part in people if part in told]
    assert {field for line in (*said, *rest) for field in line} <= FIELDS.keys()


def test_an_empty_workspace_may_have_a_daemon(tmp_path: Path, started: Start) -> None:
    """Nothing to do is nothing wrong."""
    initialise(tmp_path / "empty")
    process = started({"CONVENER_DAEMON_LISTEN": "127.0.0.1:0"}, where=tmp_path / "empty")
    process.heard("daemon.started")

    assert 0 == ended(process)[0]


def test_with_a_queue_several_share_a_workspace(tmp_path: Path, started: Start, postgresql_url: str) -> None:
    """Nobody is refused, and all end when they are told to (N7)."""
    initialise(tmp_path / "shared")
    shared = {"CONVENER_DATABASE": postgresql_url, "CONVENER_ENGINE": "procrastinate"}
    several = [
        started({**shared, "CONVENER_DAEMON_LISTEN": "127.0.0.1:0"}, where=tmp_path / "shared") for _ in range(2)
    ]
    began = [process.heard("daemon.started")[0]["engine"] for process in several]

    assert (["procrastinate"] * 2, [0, 0]) == (began, [ended(process)[0] for process in several])
