"""An XLSX file is a zip archive: look at its directory first, count while unpacking, pass on only what was counted."""

import io
import zipfile
import zlib

from convener import DataError
from convener_files.limits import MEGABYTE, Limits, too_many

ENCRYPTED_OR_OLD = b"\xd0\xcf\x11\xe0"
READ = (".xml", ".rels")
"""Parts that hold the cells; pictures and programs are left behind."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def repacked(source: str, content: bytes, limits: Limits) -> bytes:
    """Return the archive *content* with its parts unpacked and counted; raise DataError for a bomb or a broken one.

    The sizes an archive declares can lie and another reader may believe other ones, so the parts are read here and
    written anew, uncompressed: whoever reads the result sees exactly the bytes that were counted.
    """
    if content.startswith(ENCRYPTED_OR_OLD):
        raise DataError(f"{source}: protected by a password, or an old .xls file", hint="save it as .xlsx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(source, archive.infolist(), limits)
            return _repack(source, archive, limits)
    except BROKEN as cause:
        raise DataError(f"{source}: not a whole XLSX file ({type(cause).__name__})", hint="save it again") from None


def _check_directory(source: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.entries:
        raise too_many(source, "parts in the archive", limits.entries)
    if sum(part.file_size for part in parts) > limits.unpacked:
        raise too_many(source, "bytes when unpacked", limits.unpacked)
    for part in parts:
        if part.file_size > MEGABYTE and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise DataError(
                f"{source}: a part is packed more than {limits.ratio} times smaller than it is",
                hint="save the file again with a spreadsheet program",
            )


def _repack(source: str, archive: zipfile.ZipFile, limits: Limits) -> bytes:
    left = limits.unpacked
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as fresh:
        for part in archive.infolist():
            if not part.filename.endswith(READ):
                continue
            with archive.open(part) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise too_many(source, "bytes when unpacked", limits.unpacked)
            fresh.writestr(zipfile.ZipInfo(part.filename), content)
    return target.getvalue()
