"""Secrets stay out of the file: `{ env = "NAME" }` or `{ file = "path" }` stands in for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from convener.documents import Spot, quoted
from convener.errors import Problem

_SOURCES = ("env", "file")
_TELLING = re.compile(r"(^|_)(password|passwd|secret|token|api_key)$")
_LARGEST = 64 * 1024
"""Longest secret, in bytes; a key file of a service account fits."""


@dataclass
class Secrets:
    """Fills secrets in, and notes every one that cannot be."""

    workspace: Path
    environ: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def fill(self, value: Any, at: Spot) -> Any:
        """Return *value*, which stands *at*, with every reference to a secret replaced by the secret."""
        if isinstance(value, list):
            return [self.fill(item, at / index) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        source = _source(value)
        if source:
            return self._secret(source, value[source], at)
        return {key: self.fill(self._refuse_plain(key, item, at / key), at / key) for key, item in value.items()}

    def _secret(self, source: str, name: str, at: Spot) -> str:
        if source == "env":
            if not self.environ.get(name):
                hint = f"set it before starting: export {name}=…"
                self._refuse("missing-secret", f"the environment variable {quoted(name)} is not set", at, hint)
            return self.environ.get(name, "")
        return self._read(name, at)

    def _read(self, name: str, at: Spot) -> str:
        hint = "write the secret, and nothing else, into that file; the path is relative to the workspace"
        try:
            with (self.workspace / name).open("rb") as stream:
                return stream.read(_LARGEST).decode("utf-8").strip()
        except (OSError, ValueError):
            self._refuse("missing-secret", f"the file {quoted(name)} cannot be read", at, hint)
            return ""

    def _refuse_plain(self, key: str, value: Any, at: Spot) -> Any:
        if isinstance(value, str) and value and _TELLING.search(key):
            hint = f'{key} = {{ env = "NAME" }} or {{ file = "path" }}'
            self._refuse("plain-secret", f"a secret is written out in {quoted(key)}", at, hint)
        return value

    def _refuse(self, code: str, message: str, at: Spot, hint: str) -> None:
        self.problems.append(Problem(code=code, message=message, place=at.value_place(), hint=hint))


def _source(value: dict[str, Any]) -> str:
    """Return `env` or `file` when *value* is a reference to a secret and nothing else."""
    key = next(iter(value)) if len(value) == 1 else ""
    return key if key in _SOURCES and isinstance(value[key], str) else ""
