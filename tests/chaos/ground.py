"""Where worlds stand: how far each has come when it is put up, and the copies they are made of."""

import itertools
import shutil
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType

import psycopg
from sqlalchemy import make_url
from tests.chaos.commands import Commands
from tests.chaos.example import CLIENT, FIRST_TICK, GO_LIVE, OPENING, SCOPE, draft
from tests.chaos.wire import Journal
from tests.chaos.world import Base, Wire, World, configure, expect, other_side, own

PutUp = Callable[..., AbstractContextManager[World]]
"""Puts a world up for a database and a wire, live unless a stage is named."""


class Stage(IntEnum):
    """How far a world has come when a scene begins."""

    DRAFT = 0
    PEOPLE = 1
    PROPOSED = 2
    FORMED = 3
    DATED = 4
    AGREED = 5
    LIVE = 6
    PLANNED = 7
    """What is due lies in the ledger, and nothing has gone out."""
    RUNNING = 8
    """What was due has gone out."""


STEPS: Mapping[Stage, tuple[datetime, tuple[str, ...]]] = MappingProxyType(
    {
        Stage.PEOPLE: (OPENING, ("sync", CLIENT)),
        Stage.PROPOSED: (OPENING, ("pods", "propose", SCOPE)),
        Stage.FORMED: (OPENING, ("pods", "accept", SCOPE)),
        Stage.DATED: (OPENING, ("dates", "propose", SCOPE)),
        Stage.AGREED: (OPENING, ("dates", "accept", SCOPE)),
        Stage.LIVE: (GO_LIVE, ("go", SCOPE)),
        Stage.PLANNED: (FIRST_TICK, ("tick", "--no-deliver")),
        Stage.RUNNING: (FIRST_TICK, ("tick",)),
    }
)
"""What brings a world to each stage."""


@dataclass(slots=True)
class Ground:
    """Where worlds stand: a folder, perhaps a PostgreSQL server, and workspaces to copy. Threads may share it."""

    folder: Path
    server: str = ""
    """URL of a PostgreSQL server on which databases can be made; empty for none."""
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _patterns: dict[tuple[Base, Stage], tuple[Path, str]] = field(default_factory=dict)
    _making: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def world(
        self, base: Base, wire: Wire, commands: Commands, *, stage: Stage = Stage.LIVE, adopt: bool = True
    ) -> Generator[World]:
        """Put a world up at a *stage* and take it down afterwards; *adopt* says that its copied database counts."""
        journal = Journal()
        with self._making:
            pattern = self._pattern(base, commands, stage)
        folder, database = self._copied(base, *pattern)
        try:
            with other_side(wire, journal) as port:
                world = World(folder, database, wire, commands, journal, port)
                configure(world)
                if adopt and stage is not Stage.DRAFT:
                    own(world)
                yield world
        finally:
            shutil.rmtree(folder)
            self._drop(database)

    def _pattern(self, base: Base, commands: Commands, stage: Stage) -> tuple[Path, str]:
        """Return the workspace to copy, made from the stage before when it is first asked for."""
        if (base, stage) not in self._patterns:
            if stage is Stage.DRAFT:
                folder, database = self._place(base)
                draft(folder)
            else:
                before = self._pattern(base, commands, Stage(stage - 1))
                folder, database = self._copied(base, *before)
                world = World(folder, database, Wire.OUTBOX, commands)
                configure(world)
                if stage - 1:
                    own(world)
                at, words = STEPS[stage]
                expect(world.convene(*words, at=at))
                shutil.rmtree(folder / "var" / "outbox", ignore_errors=True)
            self._patterns[base, stage] = folder, database
        return self._patterns[base, stage]

    def _place(self, base: Base) -> tuple[Path, str]:
        """Return where a new workspace and its new database are."""
        number = next(self._numbers)
        folder = self.folder / f"w{number}"
        if base is Base.SQLITE:
            return folder, "sqlite:///var/convener.db"
        name = f"rig_{number}"
        self._order(f'CREATE DATABASE "{name}"')
        return folder, make_url(self.server).set(database=name).render_as_string(hide_password=False)

    def _copied(self, base: Base, pattern: Path, database: str) -> tuple[Path, str]:
        number = next(self._numbers)
        folder = self.folder / f"w{number}"
        shutil.copytree(pattern, folder)
        if base is Base.SQLITE:
            return folder, database
        url, name = make_url(database), f"rig_{number}"
        self._order(f'CREATE DATABASE "{name}" TEMPLATE "{url.database}"')
        return folder, url.set(database=name).render_as_string(hide_password=False)

    def _drop(self, database: str) -> None:
        if not database.startswith("sqlite"):
            self._order(f'DROP DATABASE "{make_url(database).database}" WITH (FORCE)')

    def _order(self, sql: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.encode())
