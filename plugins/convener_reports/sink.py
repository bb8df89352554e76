"""The connector: one file a format, in a folder a programme."""

import re
from pathlib import Path
from typing import ClassVar

from convener import PermanentError, Publication, RetryError, Settlement, write_whole
from convener_reports.settings import ReportsSettings


class ReportsSink:
    """Writes `FOLDER/CLIENT/PROGRAMME/NAME-DATE.FORMAT`; the same report again replaces its files."""

    plugin: ClassVar[str] = "reports"
    settings: ClassVar[type[ReportsSettings]] = ReportsSettings
    settlement: ClassVar[Settlement] = Settlement.SAME_ID
    deadline: ClassVar[float] = 30.0

    def __init__(self, settings: ReportsSettings, workspace: Path) -> None:
        self._settings = settings
        self._folder = workspace / settings.folder

    def publish(self, publication: Publication) -> str:
        """Write every format of the settings and return the path of the first."""
        folder = self._folder / _safe(publication.client) / _safe(publication.programme)
        stem = f"{_safe(publication.name)}-{publication.as_of.isoformat()}"
        absent = [ending for ending in self._settings.formats if ending not in publication.files]
        if absent:
            raise PermanentError(f"the report {publication.name!r} has no {' or '.join(absent)}")
        paths = [folder / f"{stem}.{ending}" for ending in self._settings.formats]
        try:
            for path, ending in zip(paths, self._settings.formats, strict=True):
                write_whole(path, publication.files[ending])
        except OSError as cause:
            raise RetryError(f"cannot write the report: {cause.strerror or type(cause).__name__}") from cause
        return str(paths[0])


def _safe(part: str) -> str:
    """Refuse a name that would leave the folder."""
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", part):
        raise PermanentError(f"{part!r} cannot be part of a file name")
    return part
