"""The archive of a backup: a plain tar that ends with a manifest, the SHA-256 of every other member, and its signature.

Nothing of an archive is believed before its manifest was compared with what was unpacked, and whoever restores it said
by whose key it must be signed.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from tadbir.database.filesystem import sync_folder
from tadbir.operations import signer
from tadbir.operations.refusals import isolated
from tadbir.operations.words import _

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FORMAT = 2
#: Archives of this format bear no signature.
UNSIGNED = 1
#: What a backup holds, and nothing else. A file of the register is named by its hash.
OURS = re.compile(
    r"manifest\.(json|sig)|tadbir\.sqlite3|database\.jsonl|secret\.key|tadbir\.toml"
    r"|files/\d+/(swept|(?P<two>[0-9a-f]{2})/(?P<sha>(?P=two)[0-9a-f]{62}))"
    r"|(keys|tls|outbox|witnesses)/[^/\\\0]+(/[^/\\\0]+){0,3}"
)
_BLOCK = 1 << 20


class Corrupted(RuntimeError):
    """The archive is not what was written: nothing of it may be used. The message says what is wrong; `step` what to
    do, where that is not to take another copy."""

    def __init__(self, text: str, step: str = "") -> None:
        super().__init__(text)
        self.step = step


class _Hashing(io.RawIOBase):
    """Reads a file for tar and hashes it on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


def write(
    target: Path, members: Iterator[tuple[str, Path]], about: dict[str, Any], sign: Callable[[bytes], bytes]
) -> dict[str, Any]:
    """Write the archive beside its final name, flush it to the disk, then give it its name. Returns the manifest.

    Raises FileExistsError rather than overwrite, OSError when the disk is full (nothing is left behind).
    """
    if target.exists():
        raise FileExistsError(_("%(file)s exists: a backup never overwrites another.") % {"file": target})
    part = target.with_name(target.name + ".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            manifest = _fill(out, members, about, sign)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return manifest


def _fill(
    out: IO[bytes], members: Iterator[tuple[str, Path]], about: dict[str, Any], sign: Callable[[bytes], bytes]
) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in members:
            with path.open("rb") as source:
                info = tarfile.TarInfo(name)
                info.size, info.mode = os.fstat(source.fileno()).st_size, 0o600
                reader = _Hashing(source)
                tar.addfile(info, reader)
            files[name] = {"size": info.size, "sha256": reader.digest.hexdigest()}
        manifest = {"format": FORMAT, **about, "files": files}
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
        for name, data in ((MANIFEST, text), (SIGNATURE, sign(text))):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(data), 0o600
            tar.addfile(info, io.BytesIO(data))
    return manifest


def unpack(source: Path, folder: Path) -> tuple[dict[str, Any], str]:
    """Unpack into an empty folder and compare everything with the manifest. Raises Corrupted; OSError.

    Returns the manifest and the fingerprint of the key that signed it, empty where none did.
    """
    try:
        with tarfile.open(source, mode="r:") as tar:
            found = dict(_members(tar, folder))
            _refuse_more(source, tar)
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (tarfile.TarError, EOFError, ValueError, FileNotFoundError) as error:
        raise Corrupted(_why_not_read(source, error)) from error
    _compare(found, manifest)
    return dict(manifest), "" if manifest["format"] == UNSIGNED else _signer(folder)


def _why_not_read(source: Path, error: Exception) -> str:
    """In words, why nothing can be made of a file that should be a backup."""
    if source.stat().st_size == 0:
        return _("the file is empty")
    if isinstance(error, FileNotFoundError):
        return _("its manifest is not there: it is no backup of Tadbir, or its end is missing")
    if isinstance(error, EOFError) or "unexpected end" in str(error):
        return _("it ends too early: it was not copied to its end")
    if isinstance(error, ValueError):
        return _("its manifest cannot be read")
    return _("it is no backup of Tadbir, or it is damaged (%(said)s)") % {"said": isolated(str(error))}


def _signer(folder: Path) -> str:
    try:
        return signer.signer_of((folder / MANIFEST).read_bytes(), (folder / SIGNATURE).read_bytes())
    except FileNotFoundError as error:
        raise Corrupted(_("it is not signed")) from error
    except signer.WrongSignature as error:
        raise Corrupted(_("its signature does not hold")) from error


def _members(tar: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for info in tar:
        target, named = folder / info.name, OURS.fullmatch(info.name)
        if (
            not info.isfile()
            or not named
            or ".." in info.name.split("/")
            or not target.resolve().is_relative_to(folder.resolve())
        ):
            raise Corrupted(_("the archive holds something that is not a file of ours: %(name)s") % {"name": info.name})
        if target.exists():
            raise Corrupted(_("the archive holds %(name)s twice") % {"name": info.name})
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        stream = tar.extractfile(info)
        assert stream is not None  # noqa: S101 - it is a regular file
        digest, size = hashlib.sha256(), 0
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            for block in iter(_reader(stream), b""):
                digest.update(block)
                size += len(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        if size != info.size:
            raise Corrupted(_("%(name)s ends too early") % {"name": info.name})
        if named["sha"] not in (None, digest.hexdigest()):
            raise Corrupted(_("%(name)s is not the file that its name says") % {"name": info.name})
        yield info.name, {"size": size, "sha256": digest.hexdigest()}


def _refuse_more(source: Path, tar: tarfile.TarFile) -> None:
    """Nothing stands between the files or after them: bytes that no manifest names would go unread, and be kept."""
    with source.open("rb") as raw:
        for info in tar.getmembers():
            raw.seek(info.offset_data + info.size)
            if raw.read(-info.size % tarfile.BLOCKSIZE).strip(b"\0"):
                raise Corrupted(_("something stands behind %(name)s in the archive") % {"name": info.name})
        raw.seek(tar.offset)
        tail = raw.read(2 * tarfile.RECORDSIZE)
    whole = (2 * tarfile.BLOCKSIZE) + -(tar.offset + 2 * tarfile.BLOCKSIZE) % tarfile.RECORDSIZE
    if len(tail) != whole or tail.strip(b"\0"):
        raise Corrupted(_("the archive does not end where its last file does"))


def _reader(stream: IO[bytes]) -> Callable[[], bytes]:
    return lambda: stream.read(_BLOCK)


def _compare(found: dict[str, dict[str, Any]], manifest: Any) -> None:
    if not isinstance(manifest, dict) or manifest.get("format") not in (FORMAT, UNSIGNED):
        raise Corrupted(_("the manifest is not one of Tadbir"))
    expected = manifest.get("files", {})
    found = {name: said for name, said in found.items() if name not in (MANIFEST, SIGNATURE)}
    if set(found) != set(expected):
        others = {"names": ", ".join(sorted(set(found) ^ set(expected))[:5])}
        raise Corrupted(_("files are missing or added: %(names)s") % others)
    changed = sorted(name for name, said in found.items() if said != expected[name])
    if changed:
        raise Corrupted(_("files were changed: %(names)s") % {"names": ", ".join(changed[:5])})
