"""The configuration as a value."""

from dataclasses import FrozenInstanceError

import pytest

from convener.errors import Place
from convener.settings import ConnectorConfig


def test_a_connector_is_a_value() -> None:
    """It does not change, and its options are not printed."""
    connector = ConnectorConfig(name="mail", plugin="smtp", options={"password": "hush"}, place=Place("config.toml"))

    assert "hush" not in repr(connector)
    with pytest.raises(FrozenInstanceError):
        connector.name = "other"  # type: ignore[misc]  # the type checker refuses it as well
