"""The messages of every bench: one reminder as Convener renders it, for as many people as are asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import ticking

from convener.model import Dispatch, DispatchState, Parcel, Register
from convener.operations.initialise import initialise
from convener.operations.tick import tick
from convener.operations.workspace import Workspace

CONFIG = """\
database = "{database}"

[sender]
name = "Convener"
email = "convener@bench.example"

[daemon]
lease = "1 minute"
listen = "127.0.0.1:0"

[connectors.files]
plugin = "files"
folder = "data"

[connectors.web]
plugin = "files"
folder = "data"

[connectors.sms]
plugin = "outbox"
folder = "var/outbox"

[connectors.pages]
plugin = "reports"
folder = "var/reports"
formats = ["html"]

[connectors.mail]
plugin = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
"""
SQLITE = "sqlite:///var/convener.db"


def reminder() -> tuple[Dispatch, Parcel]:
    """Return a reminder of one participant, planned and rendered by a tick."""
    with ticking.world(1, 1) as (workspace, clock):
        with workspace.store.begin() as tx:
            after, live = ticking.populated("client-0", "run-0")
            tx.save(Register(client="client-0", programme="run-0"), after, (live,))
        clock.move_to(ticking.MORNING)
        dispatch = next(each for each in tick(workspace).planned if each.what == "reminder")
        with workspace.store.begin() as tx:
            parcel = tx.parcel(dispatch.key)
        assert parcel is not None
        return dispatch, parcel


def parcels(parcel: Parcel, count: int) -> Iterator[Parcel]:
    """Yield *parcel* for *count* people, each with a Message-ID of its own."""
    for number in range(count):
        name = f"person-{number:06}"
        yield replace(
            parcel, message_id=f"<{name}@bench.example>", to_name=f"Robin {number}", to_email=f"{name}@bench.example"
        )


def fill(workspace: Workspace, dispatch: Dispatch, parcel: Parcel, dues: list[datetime]) -> None:
    """Write a reminder into the ledger for each of *dues*."""
    rows = [
        (replace(dispatch, recipient=f"person-{number:06}", due=due, not_after=None), each, DispatchState.READY)
        for number, (due, each) in enumerate(zip(dues, parcels(parcel, len(dues)), strict=True))
    ]
    with workspace.store.begin() as tx:
        assert tx.add(rows, at=workspace.clock.now()) == len(dues)


def make_workspace(folder: Path, *, port: int, database: str = SQLITE) -> Path:
    """Make a workspace in *folder* whose mail goes to the sink at *port*."""
    initialise(folder)
    (folder / "config.toml").write_text(CONFIG.format(database=database, port=port), encoding="utf-8")
    return folder
