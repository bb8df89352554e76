"""File systems that lie on another machine."""

from pathlib import Path, PurePosixPath

import pytest

from convener.operations.mounts import NETWORK, network_file_system, type_of

MOUNTS = """\
/dev/vda / ext4 rw,relatime 0 0
server:/export /srv nfs4 rw,vers=4.2 0 0
/dev/vdb /srv/local xfs rw 0 0
//server/share /srv/two\\040words cifs rw 0 0
tmpfs /mnt tmpfs rw 0 0
someone@server: /mnt/far fuse.sshfs rw 0 0
overlay /over overlay rw 0 0
server:/x /over nfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("/data/w", "ext4"),
        ("/srv/coaching", "nfs4"),
        ("/srv", "nfs4"),
        ("/srvice", "ext4"),
        ("/srv/local/w", "xfs"),
        ("/srv/two words/w", "cifs"),
        ("/mnt/w", "tmpfs"),
        ("/mnt/far/w", "fuse.sshfs"),
        ("/over/w", "nfs"),
    ],
)
def test_a_folder_lies_on_the_deepest_mount(folder: str, found: str) -> None:
    """The last one where two have the same place."""
    assert found == type_of(PurePosixPath(folder), MOUNTS)
    assert (found in NETWORK) == (found in {"nfs4", "cifs", "fuse.sshfs", "nfs"})


def test_this_machine_is_no_network(tmp_path: Path) -> None:
    """A folder of the tests, and one that is not there yet."""
    assert ("", "") == (network_file_system(tmp_path), network_file_system(tmp_path / "new"))
