"""The connector: the names of the files, and one reader for all of them."""

from pathlib import Path
from typing import ClassVar

from convener import Settlement, Table
from convener_files.location import locate, shown
from convener_files.reading import read_table
from convener_files.settings import FilesSettings


class FilesConnector:
    """Reads people and answers from CSV and XLSX files."""

    plugin: ClassVar[str] = "files"
    settings: ClassVar[type[FilesSettings]] = FilesSettings
    settlement: ClassVar[Settlement] = Settlement.LOOKUP
    deadline: ClassVar[float] = 60.0

    def __init__(self, settings: FilesSettings, workspace: Path) -> None:
        self._settings = settings
        self._workspace = workspace

    def read_roster(self, path: str) -> Table:
        """Return the table in the file *path*: absolute, in the connector's folder, or in the workspace."""
        return self._read(self._locate(path))

    def read_coaches(self) -> Table | None:
        """Return the coaches; None when none are configured or the file of the default name is absent."""
        name = self._settings.coaches
        if not name:
            return None
        path = self._locate(name)
        if name == FilesSettings().coaches and not path.exists():
            return None
        return self._read(path)

    def read_availability(self, client: str, programme: str) -> Table | None:
        """Return the answers to the dates poll; None while there is no such file."""
        name = self._settings.availability.replace("{client}", client).replace("{programme}", programme)
        path = self._locate(name)
        return self._read(path) if path.exists() else None

    def _locate(self, name: str) -> Path:
        return locate(name, self._settings.folder, self._workspace)

    def _read(self, path: Path) -> Table:
        return read_table(path, shown(path, self._workspace), sheet=self._settings.sheet)
