"""Disks that are full, that fail, and files that somebody else holds: what is acknowledged is kept, the rest is not."""

import json
import shutil
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE, Popen, run

import pytest

from convener.store import Store

pytestmark = pytest.mark.integration

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
WRITER = """
import json, sys
from datetime import datetime
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, setrlimit

from convener.errors import StoreError
from convener.model import Dispatch, DispatchState, Parcel, Verb
from convener.store import Store

store, now, longest = Store.open("sqlite:///convener.db", workspace=Path(sys.argv[1])), *sys.argv[2:]
kept, errors = [], []


def put(number):
    slot = str(number)
    dispatch = Dispatch(
        client="north", programme="care", automation="remind", step="send.reminder.email", subject="care", slot=slot,
        recipient="E-001", channel="email", connector="mail", due=datetime.fromisoformat(now), reason="soon",
        verb=Verb.SEND, what="reminder",
    )
    parcel = Parcel(message_id=f"<{slot}@convener>", to_name="Ana", to_email="ana@north.example", text="x" * 20_000)
    try:
        with store.begin() as tx:
            tx.add([(dispatch, parcel, DispatchState.READY)], at=datetime.fromisoformat(now))
    except StoreError as error:
        errors.append(str(error))
    else:
        kept.append(slot)


def limit(size):
    setrlimit(RLIMIT_FSIZE, (size, RLIM_INFINITY))


for number in range(5):
    put(number)
limit(int(longest) or RLIM_INFINITY)
for number in range(5, 20):
    put(number)
with store.begin() as tx:
    read = len(tx.ledger())
limit(RLIM_INFINITY)
for number in range(20, 25):
    put(number)
print(json.dumps([kept, errors, read]))
"""
TRACE = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64,fdatasync", "-e"]
FAULTS: dict[str, tuple[list[str], int, str]] = {"file-too-long": ([], 200_000, "the disk reported an error")}
"""How writing is made to fail: words before the command, the longest a file may be, and what is said of it."""
if shutil.which("strace"):
    FAULTS |= {
        "disk-full": ([*TRACE, "inject=pwrite64:error=ENOSPC:when=45..60"], 0, "the disk is full"),
        "write-fails": ([*TRACE, "inject=pwrite64:error=EIO:when=45..60"], 0, "the disk reported an error"),
        "sync-fails": ([*TRACE, "inject=fdatasync:error=EIO:when=6..9"], 0, "the disk reported an error"),
    }


def _written(before: Iterable[str], folder: Path, longest: int) -> tuple[list[str], list[str], int]:
    """Write in a process of its own, in which writing fails for a while."""
    command = [*before, sys.executable, "-c", WRITER, str(folder), NOON.isoformat(), str(longest)]
    kept, errors, read = json.loads(run(command, check=True, stdout=PIPE, text=True).stdout)
    return kept, errors, read


@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_acknowledged_is_kept_and_the_rest_is_not(tmp_path: Path, fault: str) -> None:
    """While writing fails reading works; when it works again the same process goes on (faults 3, 4)."""
    before, longest, said = FAULTS[fault]
    Store.open("sqlite:///convener.db", workspace=tmp_path).close()
    kept, errors, read = _written(before, tmp_path, longest)
    with closing(Store.open("sqlite:///convener.db", workspace=tmp_path)) as store:
        with store.begin() as tx:
            found = {row.dispatch.slot for row in tx.ledger()}
        assert (set(kept), ()) == (found, store.verify().faults)

    assert ("24", True, True) == (kept[-1], read > 0, len(errors) > 0)
    assert [True] * len(errors) == [said in error for error in errors]


def test_a_database_that_somebody_holds_is_waited_for(tmp_path: Path) -> None:
    """Another process holds it alone for a while; nothing is lost, and nobody hears of it (fault 5)."""
    Store.open("sqlite:///convener.db", workspace=tmp_path).close()
    holder = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
database.execute("COMMIT")
"""
    other = Popen([sys.executable, "-c", holder, str(tmp_path / "convener.db")], stdin=PIPE, stdout=PIPE, text=True)
    assert (other.stdout and other.stdin) is not None
    assert other.stdout.readline() == "held\n"
    writer = Popen([sys.executable, "-c", WRITER, str(tmp_path), NOON.isoformat(), "0"], stdout=PIPE, text=True)
    assert writer.poll() is None
    other.communicate("go on\n", timeout=100)
    kept, errors, read = json.loads(writer.communicate(timeout=100)[0])

    assert ([str(number) for number in range(25)], [], 20) == (kept, errors, read)
