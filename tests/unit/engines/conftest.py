"""A small programme that is live, on PostgreSQL, and engines on it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from convener.clock import VirtualClock
from convener.engines import Engine, open_engine
from convener.model import Dispatch, DispatchState, Parcel, Verb
from convener.operations import pods
from convener.operations.go import go
from convener.operations.initialise import initialise
from convener.operations.sync import sync
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

RULES = """\
schema = 1
extends = ["small-group-coaching@1"]

[client]
name = "Acme"
timezone = "Europe/London"

[stack]
roster = "files"
email = "mail"
text = "sms"
calendar = "mail"
polls = "web"
reports = ["pages"]

[rules.pod-size]
flexibility = "inflexible"
min = 3
target = 3
max = 4
reason = "Small ones here."

[programmes.first]
title = "First steps"
starts = 2027-01-11
sessions = { count = 2, length = "2 hours" }
topics = ["Kick-off", "Listening"]
roster = { path = "acme.csv" }
coaches = "all"
"""
ROSTER = """\
id,name,email,timezone,manager,manager_email
1,Ana Ruiz,ana@acme.example,Europe/London,Mia Holt,mia@acme.example
2,Ben Osei,ben@acme.example,Europe/London,Mia Holt,mia@acme.example
3,Cleo Tan,cleo@acme.example,Europe/London,Max Bell,max@acme.example
"""
COACHES = "email,name,timezone,max_pods,accredited,years,away\ncora@coaches.example,Cora Vale,Europe/London,2,,5,\n"
LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)
DUE = LIVE - timedelta(minutes=1)


@pytest.fixture
def environ(postgresql_url: str) -> dict[str, str]:
    """Say which database and which engine."""
    return {"CONVENER_DATABASE_URL": postgresql_url, "CONVENER_ENGINE": "procrastinate"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a workspace with rules and people, nothing brought in yet."""
    folder = tmp_path / "w"
    initialise(folder)
    (folder / "rulesets" / "my-client.toml").unlink()
    (folder / "rulesets" / "acme.toml").write_text(RULES, encoding="utf-8")
    (folder / "data" / "acme.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "data" / "coaches.csv").write_text(COACHES, encoding="utf-8")
    return folder


@pytest.fixture
def live_at() -> VirtualClock:
    """Give a clock that stands where the programme goes live."""
    return VirtualClock(LIVE)


@pytest.fixture
def opened(folder: Path, environ: dict[str, str], live_at: VirtualClock) -> Iterator[Callable[[], Workspace]]:
    """Open the workspace on a clock that stands still, as often as asked."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_workspace(folder, clock=live_at, environ=environ)))


@pytest.fixture
def live(opened: Callable[[], Workspace]) -> Workspace:
    """Give the workspace of a programme that went live on 7 December 2026."""
    workspace = opened()
    sync(workspace, "acme")
    pods.propose(workspace, "acme/first")
    pods.accept(workspace, "acme/first")
    go(workspace, "acme/first")
    return workspace


@pytest.fixture
def engine(live: Workspace) -> Iterator[Engine]:
    """Give the engine of the live workspace, its worker at work."""
    with closing(open_engine(live)) as engine:
        yield engine


@pytest.fixture
def ready() -> Callable[..., None]:
    """Write dispatches into the ledger that are due, for any client through any connector."""

    def write(
        workspace: Workspace, count: int, client: str = "acme", connector: str = "mail", due: datetime = DUE
    ) -> None:
        with workspace.store.begin() as tx:
            tx.add([_entry(f"{client}-{connector}-{nth}", client, connector, due) for nth in range(count)], at=LIVE)

    return write


def _entry(slot: str, client: str, connector: str, due: datetime) -> tuple[Dispatch, Parcel, DispatchState]:
    dispatch = Dispatch(
        client=client,
        programme="first",
        automation="hello",
        step="send.hello.email",
        subject="first",
        slot=slot,
        recipient="1",
        channel="email",
        connector=connector,
        due=due,
        reason="a test",
        verb=Verb.SEND,
        what="hello",
    )
    parcel = Parcel(message_id=f"<{slot}@acme.example>", to_name="Ana", to_email="ana@acme.example", text="Hello.")
    return dispatch, parcel, DispatchState.READY
