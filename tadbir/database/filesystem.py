"""On what kind of disk a file lies (SQLite's locks cannot be trusted over a network), and what is durable on it."""

import os
from pathlib import Path

NETWORK = {
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "drvfs",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "orangefs",
    "smb2",
    "smb3",
    "smbfs",
    "sshfs",
    "vboxsf",
    "vmhgfs",
    "webdav",
}
MOUNTS = Path("/proc/self/mountinfo")


def kind_of(path: Path, mountinfo: str | None = None) -> str | None:
    """The file system type under `path` (which need not exist yet); None when the system does not say."""
    if mountinfo is None:
        try:
            mountinfo = MOUNTS.read_text("utf-8", "surrogateescape")
        except OSError:
            return None
    wanted = path.resolve()
    best: tuple[int, str] | None = None
    for line in mountinfo.splitlines():
        left, separator, right = line.partition(" - ")
        fields = left.split()
        if not separator or len(fields) < 5 or not right.split():
            continue
        point = Path(_unescape(fields[4]))
        # A later line covers an earlier one on the same point.
        if (wanted == point or point in wanted.parents) and (best is None or len(point.parts) >= best[0]):
            best = (len(point.parts), right.split()[0])
    return best[1] if best else None


def is_network(kind: str) -> bool:
    """Whether a file system type reaches its disk over a network (or pretends to, as shared folders do)."""
    return kind.removeprefix("fuse.") in NETWORK or kind in {"fuse.rclone", "fuse.s3fs", "fuse.davfs2"}


def _unescape(text: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable: they must survive a power cut as what they name does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
