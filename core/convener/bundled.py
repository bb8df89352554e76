"""Where the shipped rule sets and templates are, in a wheel or in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal


def bundled(kind: Literal["rulesets", "templates", "data"]) -> Traversable:
    """Return the folder of shipped *kind*."""
    packaged = files("convener") / "_bundled" / kind
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / kind
