"""Whether something may go out of this database: not when it was copied, and not when it was put back (fault 15).

Two witnesses speak. The database knows its home: the file it was, or the PostgreSQL cluster and database. The
workspace keeps, outside of the database, which message was sent last: a database that does not know it as sent is
older than what happened. Whoever clones a whole machine clones both witnesses; that cannot be seen from inside.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from sqlalchemy import Connection, select, text

from convener.model import Dispatch, DispatchState
from convener.store.address import Address
from convener.store.facts import read_fact, write_fact
from convener.store.schema import ledger
from convener.store.whereabouts import instance

FILE = Path("var") / "instance.json"
"""The witness outside of the database, below the workspace."""
COPIED = "it is not where it was last used, so it may be a copy and another one may be at work"
OLDER = "it does not know that a message was sent which was, so it is an older one that was put back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What may be done with a database."""

    hold: str = ""
    """Why nothing may go out of it, in words; empty when all may."""


def settle_in(connection: Connection, address: Address) -> None:
    """Let a new database know its home, and hold one that finds itself elsewhere."""
    here, known = _home(connection, address), read_fact(connection, "home")
    if known and not _same_home(known, here):
        if not read_fact(connection, "hold"):
            write_fact(connection, "hold", COPIED)
    elif known != here:
        write_fact(connection, "home", here)


def read_standing(connection: Connection, workspace: Path) -> Standing:
    """Return how the database stands; once it is found to be an older one it is held, for every worker on it."""
    hold = read_fact(connection, "hold") or ""
    if not hold and _is_older(connection, workspace):
        hold = OLDER
        write_fact(connection, "hold", hold)
    return Standing(hold=hold)


def adopt(connection: Connection, address: Address) -> None:
    """Take the database as the one that counts, here and from now on: a person says so."""
    write_fact(connection, "home", _home(connection, address))
    write_fact(connection, "hold", "")


def note_sent(workspace: Path, name: str, dispatch: Dispatch) -> None:
    """Write down outside of the database *name* that *dispatch* was sent, once the database knows it.

    What cannot be written, or is lost with the power, makes a weaker witness and never a wrong one.
    """
    mark = {
        "client": dispatch.client,
        "programme": dispatch.programme,
        "automation": dispatch.automation,
        "due": dispatch.due.isoformat(),
        "digest": _digest(name, dispatch.key),
    }
    _write(workspace, {**_marks(workspace), name: mark})


def forget_sent(workspace: Path, name: str) -> None:
    """Forget what was sent last from the database *name*."""
    marks = _marks(workspace)
    if marks.pop(name, None):
        _write(workspace, marks)


def _home(connection: Connection, address: Address) -> str:
    """Return where the database is, as JSON."""
    if address.path is None:
        return json.dumps(_cluster(connection))
    status = address.path.stat()
    return json.dumps({"path": str(address.path), "file": status.st_ino, "device": status.st_dev})


def _cluster(connection: Connection) -> dict[str, str]:
    """Return which PostgreSQL cluster and database this is; some hosts do not tell the cluster."""
    number = "SELECT oid::text FROM pg_database WHERE datname = current_database()"
    found = {"database": connection.execute(text(number)).scalar_one()}
    if connection.execute(text("SELECT has_function_privilege('pg_control_system()', 'execute')")).scalar():
        cluster = "SELECT system_identifier::text FROM pg_control_system()"
        found["cluster"] = connection.execute(text(cluster)).scalar_one()
    return found


def _same_home(known: str, here: str) -> bool:
    """Tell whether two homes are one: a file may be renamed, and its device may get another number at a restart."""
    before: dict[str, object] = json.loads(known)
    now: dict[str, object] = json.loads(here)
    same = {name for name in before.keys() & now.keys() if before[name] == now[name]}
    if "file" in now:
        return "file" in same and bool(same & {"path", "device"})
    return same == before.keys() & now.keys()


def _is_older(connection: Connection, workspace: Path) -> bool:
    """Tell whether the database does not know as sent what the workspace knows to be."""
    name = instance(connection)
    mark = _marks(workspace).get(name)
    if mark is None:
        return False
    found = select(ledger.c.key).where(
        ledger.c.client == mark["client"],
        ledger.c.programme == mark["programme"],
        ledger.c.automation == mark["automation"],
        ledger.c.due == datetime.fromisoformat(mark["due"]),
        ledger.c.state == DispatchState.SENT.value,
    )
    return all(_digest(name, key) != mark["digest"] for key in connection.execute(found).scalars())


def _digest(name: str, key: str) -> str:
    """Return what stands for *key*, which may name a person."""
    return hashlib.sha256(f"{name}\n{key}".encode()).hexdigest()


def _marks(workspace: Path) -> dict[str, dict[str, Any]]:
    """Return the last message sent from each database; nothing that can be read is nothing known."""
    try:
        marks = json.loads((workspace / FILE).read_text(encoding="utf-8"))
        return {name: mark for name, mark in marks.items() if datetime.fromisoformat(mark["due"]) and mark["digest"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _write(workspace: Path, marks: dict[str, dict[str, Any]]) -> None:
    """Put *marks* in place, whole but unsynced: it happens after every few messages."""
    path = workspace / FILE
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".instance-", delete=False) as file:
            json.dump(marks, file)
        Path(file.name).replace(path)
