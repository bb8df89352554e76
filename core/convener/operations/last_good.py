"""The last good rule files of each client, kept below `var/`: a restart amid a bad edit goes on by them (P14)."""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from convener.documents import is_id
from convener.durable import write_whole
from convener.operations.reading import ClientRules, read_client
from convener.operations.stamps import RULES, digest_of, own_files, sources, stamp_of
from convener.operations.surroundings import Surroundings

FOLDER = Path("var") / "rules"
"""Where they are kept, a JSON file for each client: names and texts of its file and of the packs below it."""


@dataclass(frozen=True, slots=True)
class LastGood:
    """Copies of the rule files of the workspace *folder* as they were when they were last right."""

    folder: Path

    def keep(self, rules: ClientRules, around: Surroundings) -> None:
        """Keep the files that *rules* were read from, unless they changed since.

        What cannot be written is not there after a restart, which is how it was without; it stops nothing.
        """
        found = tuple(sources(self.folder, rules.client))
        if digest_of(found, around.signature) != rules.stamp:
            return
        files = {name: content.decode("utf-8", "surrogateescape") for name, content in own_files(found)}
        if files != self._files(rules.client):
            with suppress(OSError):
                write_whole(self._path(rules.client), json.dumps(files, indent=1).encode())

    def read(self, client: str, around: Surroundings) -> ClientRules | None:
        """Return the rules of *client* as they were when they were last right; None when none are kept."""
        files = self._files(client)
        if not files:
            return None
        with TemporaryDirectory() as name:
            place = Path(name)
            (place / RULES).mkdir()
            for file, text in files.items():
                (place / RULES / f"{file}.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
            return read_client(place, client, around, stamp_of(place, client, around.signature))

    def forget_all_but(self, clients: Collection[str]) -> None:
        """Forget those that are no longer there: a client that comes back is a new one."""
        with suppress(OSError):
            for path in (self.folder / FOLDER).glob("*.json"):
                if path.stem not in clients:
                    path.unlink()

    def _path(self, client: str) -> Path:
        return self.folder / FOLDER / f"{client}.json"

    def _files(self, client: str) -> Mapping[str, str]:
        try:
            files = json.loads(self._path(client).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        sound = isinstance(files, dict) and all(is_id(name) and isinstance(files[name], str) for name in files)
        return files if sound else {}
