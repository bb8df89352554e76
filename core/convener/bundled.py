"""Where the shipped rule sets, templates, example data and example configuration are, in a wheel or in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal


def bundled(kind: Literal["rulesets", "templates", "data", "config.example.toml"]) -> Traversable:
    """Return the folder of shipped *kind*, or the example configuration."""
    packaged = files("convener") / "_bundled"
    return (packaged if packaged.is_dir() else Path(__file__).parents[2]) / kind
