"""The tables of a configuration."""

import pytest
from pydantic import ValidationError

from convener.settings.tables import ConfigFile, DaemonTable


@pytest.mark.parametrize(
    "url",
    ["sqlite:///var/convener.db", "sqlite:////var/lib/convener.db", "postgresql://h/d", "postgresql+psycopg://u@h/d"],
)
def test_a_database_we_speak_to_is_taken(url: str) -> None:
    """SQLite and PostgreSQL."""
    assert url == ConfigFile(database=url).database


@pytest.mark.parametrize("url", ["", "var/convener.db", "mysql://h/d", "sqlite://"])
def test_another_database_is_refused(url: str) -> None:
    """Nothing is found out later, half-way through."""
    with pytest.raises(ValidationError):
        ConfigFile(database=url)


@pytest.mark.parametrize("text", ["0 minutes", "1 month", "2 working days", "soon", "1minute"])
def test_a_rhythm_is_the_same_everywhere(text: str) -> None:
    """A month has no fixed length, and nothing happens every nothing."""
    with pytest.raises(ValidationError):
        DaemonTable.model_validate({"tick": text})
