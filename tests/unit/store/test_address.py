"""Reading the database's URL."""

from pathlib import Path

import pytest

from convener.errors import StoreError
from convener.store.address import read_address


def test_a_relative_path_starts_at_the_workspace(tmp_path: Path) -> None:
    """The default lies in the workspace, wherever the command is run."""
    assert tmp_path / "var/convener.db" == read_address("sqlite:///var/convener.db", tmp_path).path


def test_an_absolute_path_is_kept(tmp_path: Path) -> None:
    """Four slashes name a place anywhere."""
    assert Path("/srv/convener.db") == read_address("sqlite:////srv/convener.db", tmp_path).path


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_named_without_user_password_or_options(tmp_path: Path, scheme: str) -> None:
    """The label can be printed and logged (fault 38)."""
    found = read_address(f"{scheme}://ana:s3cret@db.example:5433/convener?password=s3cret", tmp_path)

    assert "PostgreSQL database db.example:5433/convener" == found.label
    assert "postgresql+psycopg" == found.url.drivername
    assert "s3cret" not in repr(found)


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite:", "sqlite://", "sqlite:///:memory:", "mysql://u:s3cret@h/d"])
def test_a_url_that_names_nothing_usable_is_refused_with_an_example(tmp_path: Path, url: str) -> None:
    """Wrong URL, unknown driver, no file: one message, an example, no password."""
    with pytest.raises(StoreError) as caught:
        read_address(url, tmp_path)

    assert "sqlite:///var/convener.db" in caught.value.hint
    assert "s3cret" not in str(caught.value)
