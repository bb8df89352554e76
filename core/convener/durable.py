"""Write a file so that it is there whole or not at all, also after a power cut."""

import contextlib
import os
import tempfile
from collections.abc import Generator
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Put *content* at *path*, as `whole` does."""
    with whole(path) as beside:
        beside.write_bytes(content)


@contextlib.contextmanager
def whole(path: Path) -> Generator[Path]:
    """Yield an empty file beside *path* to be filled; when the block ends well it is synced and takes that place.

    Raise OSError and leave nothing behind. A new file is for its owner only; one that is replaced stays readable by
    whom it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb+") as stream:
            os.fsync(stream.fileno())
        with contextlib.suppress(FileNotFoundError):
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where folders can be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
