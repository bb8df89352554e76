"""The configuration of a workspace: `config.toml`, the environment over it, secrets from elsewhere."""

from convener.settings.loader import load_settings
from convener.settings.settings import ConnectorConfig, Settings

__all__ = ["ConnectorConfig", "Settings", "load_settings"]
