"""What the nursery does once, so that a thousand commands need not: read the code, and compile the templates.

Nothing here changes what a command does. Templates are kept as Jinja's own cache of bytecode keeps them, in memory
instead of in files, by their source.
"""

import importlib
import pkgutil
from collections.abc import Callable
from contextlib import closing, suppress
from functools import wraps
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from tests.chaos.example import draft

from convener.runtime import open_workspace

PACKAGES = ("convener", "convener_files", "convener_outbox", "convener_reports", "convener_smtp")


class Kept(BytecodeCache):
    """Compiled templates, by the kind of their environment, their name and their source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if we can."""
        bucket.code = self._kept.get(self._name(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in the bucket."""
        if bucket.code is not None:
            self._kept[self._name(bucket)] = bucket.code

    @staticmethod
    def _name(bucket: Bucket) -> tuple[str, str, str]:
        return type(bucket.environment).__qualname__, bucket.key, bucket.checksum

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name alone: workspaces lie in many places and hold the same templates."""
        return name


def warm(folder: Path) -> None:
    """Read all the code, and read the rules of the example once in *folder*."""
    for package in PACKAGES:
        _import_all(package)
    _keep_templates(Kept())
    draft(folder)
    with closing(open_workspace(folder, environ={})) as workspace:
        workspace.rules.reload()


def _import_all(name: str) -> None:
    """Import a package and everything in it but its migrations; importing does nothing else (house rule).

    What cannot be imported is told by the command that needs it.
    """
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            with suppress(ImportError):
                importlib.import_module(module.name)


def _keep_templates(kept: Kept) -> None:
    """Give every environment that is made from now on the same cache."""
    make: Callable[..., None] = Environment.__init__

    @wraps(make)
    def made(self: Environment, *arguments: object, **options: object) -> None:
        make(self, *arguments, **options)
        self.bytecode_cache = kept

    Environment.__init__ = made  # type: ignore[method-assign]  # the one place that all of them pass
