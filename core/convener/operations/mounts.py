"""File systems that lie on another machine: locks and the write-ahead log of SQLite cannot be relied on there."""

import re
from pathlib import Path, PurePosixPath

NETWORK = frozenset(
    {"9p", "afs", "afpfs", "ceph", "cifs", "davfs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs2"}
    | {"glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs"}
)
"""Types of file systems, as Linux calls them, that several machines may write to."""
_MOUNTS = Path("/proc/self/mounts")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def network_file_system(folder: Path) -> str:
    """Return the type of the network file system that *folder* lies on, empty when it lies on this machine.

    Where the system does not tell, nothing is said.
    """
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = type_of(PurePosixPath(folder.resolve().as_posix()), mounts)
    return found if found in NETWORK else ""


def type_of(folder: PurePosixPath, mounts: str) -> str:
    """Return the type of the file system that *folder*, an absolute path, lies on by a table of *mounts*.

    The table is that of proc(5): device, place and type in each line, with octal escapes; later lines hide earlier.
    """
    deepest, found = -1, ""
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) < 3:  # noqa: PLR2004 - device, place, type
            continue
        place = PurePosixPath(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), words[1]))
        if folder.is_relative_to(place) and len(place.parts) >= deepest:
            deepest, found = len(place.parts), words[2]
    return found
