"""What every room's tests may ask for."""

import itertools
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from types import FrameType

import psycopg
import pytest
from sqlalchemy import URL, create_engine, make_url, text
from tests.servers import postgresql_server as own_server

from convener.runtime import open_workspace

_numbers = itertools.count(1)
DATABASE = 'database = "sqlite:///var/convener.db"'


class Calls:
    """How many functions were called: what work costs, the same on every machine however busy."""

    def __init__(self) -> None:
        self.count = 0

    def note(self, _frame: FrameType, event: str, _of: object) -> None:
        """Count a call, of Python or of C."""
        self.count += event in {"call", "c_call"}


@pytest.fixture
def counted() -> Callable[[], AbstractContextManager[Calls]]:
    """Count the calls within a block; a second of this project's work is about five million of them."""

    @contextmanager
    def count() -> Iterator[Calls]:
        calls = Calls()
        sys.setprofile(calls.note)
        try:
            yield calls
        finally:
            sys.setprofile(None)

    return count


class Housing:
    """Where the databases of workspaces are: in their folders, or each on its own on the server they are tested on."""

    def __init__(self, server: URL, engine: str) -> None:
        self.server = server
        self.made: list[str] = []
        """Databases that are there, in the order made."""
        self._lines = f'engine = "{engine}"\ndatabase = "{{}}"\n'

    def new(self, folder: Path, pattern: Path | None = None) -> Path:
        """Give the workspace *folder* a database of its own, empty or like that of the workspace *pattern*."""
        url = self.create(make_url(self._url_in(pattern)).database if pattern else None)
        self.made.append(str(url.database))
        config = folder / "config.toml"
        text = re.sub(
            r"(?m)^(engine = .*\n)?database = .*\n",
            self._lines.format(url.render_as_string(hide_password=False)),
            config.read_text("utf-8"),
            count=1,
        )
        config.write_text(text, encoding="utf-8")
        return folder

    def create(self, pattern: str | None = None) -> URL:
        """Return the URL of a new database, empty or like the one called *pattern*."""
        name = f"convener_test_{os.getpid()}_{next(_numbers)}"
        self._tell(f"CREATE DATABASE {name}" + (f" TEMPLATE {pattern}" if pattern else ""))
        return self.server.set(database=name)

    def drop(self, names: Iterable[str]) -> None:
        """Remove databases, whoever still uses them."""
        for name in names:
            self._tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @staticmethod
    def _url_in(folder: Path) -> str:
        url: str = tomllib.loads((folder / "config.toml").read_text("utf-8"))["database"]
        return url

    def _tell(self, statement: str) -> None:
        address = self.server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def housing() -> Iterator[Housing | None]:
    """Return where the databases are when CONVENER_DATABASE_URL names a server; no test hears of it by itself."""
    url, engine = os.environ.pop("CONVENER_DATABASE_URL", ""), os.environ.pop("CONVENER_ENGINE", "embedded")
    if not url.startswith("postgres"):
        yield None
        return
    housing = Housing(make_url(url), engine)
    yield housing
    housing.drop(housing.made)


@pytest.fixture(autouse=True)
def moved_out(housing: Housing | None) -> Iterator[None]:
    """Remove the databases that a test had made for itself."""
    before = len(housing.made) if housing else 0
    yield
    if housing:
        housing.drop(housing.made[before:])
        del housing.made[before:]


@pytest.fixture(scope="session")
def housed(housing: Housing | None) -> Callable[[Path], Path]:
    """Give a new workspace its database where the tests are to have theirs; on SQLite it has one anyway."""
    return housing.new if housing else lambda folder: folder


@pytest.fixture(scope="session")
def on_sqlite() -> Callable[[Path], Path]:
    """Give a workspace its database in its own folder: the test is about SQLite, wherever the others have theirs."""

    def move(folder: Path) -> Path:
        config = folder / "config.toml"
        text = re.sub(r"(?m)^(engine = .*\n)?database = .*$", DATABASE, config.read_text("utf-8"), count=1)
        config.write_text(text, encoding="utf-8")
        return folder

    return move


@pytest.fixture(scope="session")
def duplicated(housing: Housing | None) -> Callable[[Path, Path], Path]:
    """Copy a workspace with its database, which is held from then on; nobody may have that of *folder* open."""

    def copy(folder: Path, target: Path) -> Path:
        shutil.copytree(folder, target)
        if housing and not (target / "var" / "convener.db").exists():
            housing.new(target, pattern=folder)
        return target

    return copy


@pytest.fixture(scope="session")
def copied(housing: Housing | None, duplicated: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    """Copy a workspace with its database, and take that, which would be held, for the one that counts."""

    def copy(folder: Path, target: Path) -> Path:
        if housing or (folder / "var" / "convener.db").exists():
            with closing(open_workspace(duplicated(folder, target), environ={})) as workspace:
                workspace.store.adopt()
            return target
        return duplicated(folder, target)

    return copy


@pytest.fixture(scope="session")
def postgresql_server(housing: Housing | None) -> Iterator[str]:
    """Give the URL of a PostgreSQL of our own for the whole session, or a database on the one we are told of."""
    if housing:
        url = housing.create()
        yield url.render_as_string(hide_password=False)
        housing.drop([str(url.database)])
        return
    with own_server() as server:
        yield server.get_uri()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Give the URL of an empty schema that is gone after the test."""
    schema = f"test_{next(_numbers)}"
    url = make_url(postgresql_server)
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
