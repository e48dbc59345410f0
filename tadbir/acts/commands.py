"""`tadbir verify FILE`: needs no installation, no database and no network.

    tadbir verify receipt.pdf --keys keys.json        a PDF, an act.json, a text file with the QR text, a scan
    tadbir verify receipt.png --keys keys.json --fr   (a picture: the QR code is read from the picture)

`keys.json` is the list the council publishes at https://HOST/<slug>/v/keys.json. In an installation,
`head_known` asks the register whether the head printed on the paper is still in its chain.
"""

import argparse
import io
import json
import sys
from pathlib import Path

from tadbir.acts.documents import pki, qr, verify
from tadbir.reading.files import Unreadable, read_picture


def read_keys(path: Path) -> list[pki.KnownKey]:
    """The keys of a published list. Raises ValueError when the file is no such list."""
    try:
        return [pki.KnownKey.from_json(line) for line in json.loads(path.read_text("utf-8"))["keys"]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name} is not a list of keys") from error


def content_of(path: Path) -> bytes:
    """The bytes to verify: those of the file, or the QR text found in a picture."""
    data = path.read_bytes()
    try:
        picture = read_picture(io.BytesIO(data))
    except Unreadable:
        if b"%PDF-" not in data[:1024]:
            data.decode("utf-8")  # a text then, or nothing that can be read
        return data
    return (qr.read(picture.content or data) or [""])[0].encode()


def main(
    arguments: list[str], known: list[pki.KnownKey] | None = None, head_known: verify.HeadKnown = lambda head: None
) -> int:
    """Run the command; 0 when the document is authentic, 1 when not, 2 when a file cannot be read.

    `known` are the keys of this installation, used when `--keys` is not given.
    """
    parser = argparse.ArgumentParser(prog="tadbir verify", description="Check an official document off line.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--keys", type=Path, help="key list of the council (v/keys.json)")
    parser.add_argument("--fr", action="store_true", help="answer in French")
    options = parser.parse_args(arguments)
    try:
        keys = read_keys(options.keys) if options.keys else known or []
        report = verify.verify(content_of(options.file), keys, head_known)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(verify.as_text(report, "fr" if options.fr else "ar") + "\n")
    return 0 if report.good else 1
