"""Several processes on one database, and databases that do not answer."""

import json
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE, Popen, run

import pytest
from sqlalchemy import make_url

from convener.errors import StoreError
from convener.model import Dispatch, DispatchState, Verb
from convener.store import Store

pytestmark = pytest.mark.integration

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
ROWS = 150
SENDER = """
import json, sys
from datetime import datetime, timedelta
from pathlib import Path
from convener.model import DispatchState
from convener.store import Settled, Store

url, workspace, owner, now = sys.argv[1], Path(sys.argv[2]), sys.argv[3], datetime.fromisoformat(sys.argv[4])
store, sent = Store.open(url, workspace=workspace), []
print("ready", flush=True)
sys.stdin.readline()
while True:
    with store.begin() as tx:
        claims = tx.claim(now, lease=timedelta(minutes=5), limit=5, owner=owner)
    if not claims:
        break
    for claim in claims:
        with store.begin() as tx:
            sent.extend(tx.settle_many(owner, [Settled(claim.row.dispatch.key, DispatchState.SENT)], at=now))
store.close()
print(json.dumps(sent))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Give the URL of an empty database, of each kind."""
    if request.param == "sqlite":
        return "sqlite:///convener.db"
    found: str = request.getfixturevalue("postgresql_url")
    return found


def _dispatch(number: int) -> Dispatch:
    return Dispatch(
        client="north",
        programme="care",
        automation="remind",
        step="send.reminder.email",
        subject="care/tyne/1",
        slot=str(number),
        recipient="E-001",
        channel="email",
        connector="mail",
        due=NOON,
        reason="two days before",
        verb=Verb.SEND,
        what="reminder",
    )


def test_processes_never_send_the_same_row(url: str, tmp_path: Path) -> None:
    """Two senders at once settle every row, each exactly once (faults 5, 14)."""
    store = Store.open(url, workspace=tmp_path)
    with store.begin() as tx:
        tx.add([(_dispatch(number), None, DispatchState.READY) for number in range(ROWS)], at=NOON)
    senders = [
        Popen(
            [sys.executable, "-c", SENDER, url, str(tmp_path), f"sender-{number}", NOON.isoformat()],
            stdin=PIPE,
            stdout=PIPE,
            text=True,
        )
        for number in range(2)
    ]
    for sender in senders:
        assert sender.stdout is not None
        assert "ready" == sender.stdout.readline().strip()
    sent = Counter[str]()
    outputs = []
    for sender in senders:
        assert sender.stdin is not None
        sender.stdin.write("go\n")
        sender.stdin.flush()
    for sender in senders:
        outputs.append(sender.communicate(timeout=100)[0])
        sent.update(json.loads(outputs[-1]))

    assert ROWS == len(sent)
    assert {1} == set(sent.values())
    with store.begin() as tx:
        assert [1] * ROWS == [row.attempts for row in tx.ledger(states=[DispatchState.SENT])]
    store.close()


def test_a_killed_transaction_leaves_nothing(url: str, tmp_path: Path) -> None:
    """A process that dies before its commit has done nothing, and locks nobody out (fault 1)."""
    store = Store.open(url, workspace=tmp_path)
    code = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from convener.model import ProgrammeState, Register, event_of
from convener.store import Store

now, empty = datetime.fromisoformat(sys.argv[3]), Register(client="north", programme="care")
with Store.open(sys.argv[1], workspace=Path(sys.argv[2])).begin() as tx:
    tx.save(empty, empty, [event_of("programme.live", "north/care", "care", at=now)])
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = run([sys.executable, "-c", code, url, str(tmp_path), NOON.isoformat()], check=False)

    assert -9 == killed.returncode
    with store.begin() as tx:
        assert [] == tx.scopes()
        assert None is tx.verify_events()
    store.close()


def test_two_processes_may_create_the_database_at_once(url: str, tmp_path: Path) -> None:
    """Both find it usable; one did the work."""
    code = (
        "import sys; from pathlib import Path; from convener.store import Store;"
        "Store.open(sys.argv[1], workspace=Path(sys.argv[2])).close()"
    )
    makers = [Popen([sys.executable, "-c", code, url, str(tmp_path)]) for _ in range(2)]

    assert [0, 0] == [maker.wait(timeout=100) for maker in makers]


def test_a_server_that_is_not_there_is_one_message(tmp_path: Path) -> None:
    """Unreachable PostgreSQL: what, where, why, cure, and no password (fault 38)."""
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://ana:s3cret@127.0.0.1:1/convener", workspace=tmp_path)

    assert "PostgreSQL database 127.0.0.1:1/convener cannot be used: nothing answers there" in str(caught.value)
    assert "s3cret" not in str(caught.value) + caught.value.hint


def test_a_database_that_does_not_exist_is_one_message(postgresql_server: str, tmp_path: Path) -> None:
    """A wrong database name says how to make one."""
    url = make_url(postgresql_server).set(database="nowhere")
    with pytest.raises(StoreError, match="does not exist") as caught:
        Store.open(url.render_as_string(hide_password=False), workspace=tmp_path)

    assert "createdb" in caught.value.hint


def test_a_folder_nobody_may_write_to_is_one_message(tmp_path: Path) -> None:
    """Not even root can make a database below /proc."""
    with pytest.raises(StoreError) as caught:
        Store.open("sqlite:////proc/convener.db", workspace=tmp_path)

    assert caught.value.hint


def test_erased_text_is_gone_from_the_file(tmp_path: Path) -> None:
    """A deleted note is overwritten, not only unlinked (fault 39)."""
    store = Store.open("sqlite:///convener.db", workspace=tmp_path)
    with store.begin() as tx:
        tx.put_proposal("north/care", "pods", {"canary": "s3cret-canary" * 50}, at=NOON)
    with store.begin() as tx:
        tx.put_proposal("north/care", "pods", {}, at=NOON)
    store.close()
    with closing(sqlite3.connect(tmp_path / "convener.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    assert b"s3cret-canary" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
