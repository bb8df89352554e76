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


@pytest.mark.parametrize("listen", ["", "9464", "localhost", "localhost:", "localhost:99999", "a b:1", "http://h:1"])
def test_health_is_told_at_a_host_and_a_port(listen: str) -> None:
    """Anything else is refused, and not found out when somebody asks."""
    with pytest.raises(ValidationError):
        DaemonTable(listen=listen)


@pytest.mark.parametrize("listen", ["127.0.0.1:9464", "[::1]:9464", "monitoring.example:80", "127.0.0.1:0"])
def test_names_and_addresses_of_both_kinds_may_listen(listen: str) -> None:
    """Port 0 is nowhere."""
    assert listen == DaemonTable(listen=listen).listen


@pytest.mark.parametrize("ping", ["http://far.example/t0ken", "ftp://h/t0ken", "t0ken", "https://", "https://h:t0ken/"])
def test_a_ping_goes_out_encrypted(ping: str) -> None:
    """Or stays on this machine; what it may hold is not repeated in the refusal (P14)."""
    with pytest.raises(ValidationError) as caught:
        DaemonTable(ping=ping)

    assert "t0ken" not in caught.value.errors()[0]["msg"]


@pytest.mark.parametrize("ping", ["", "https://watch.example/t0ken", "http://localhost:8000/t", "http://[::1]/t"])
def test_a_ping_over_https_or_at_home_is_taken(ping: str) -> None:
    """Empty means none."""
    assert ping == DaemonTable(ping=ping).ping
