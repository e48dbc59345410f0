"""`tadbir verify FILE`: needs no installation, no database and no network.

    tadbir verify receipt.pdf --keys keys.json        a PDF, an act.json, a text file with the QR text, a scan
    tadbir verify receipt.png --keys keys.json        a picture: the QR code is read from it

`keys.json` is the list the council publishes at https://HOST/<slug>/v/keys.json. In an installation,
`head_known` asks the register of the council that sealed it whether the head printed on the paper is in its chain.
"""

import argparse
import io
import json
import os
import sys
from pathlib import Path

from tadbir.acts.documents import pki, qr, verify, witness
from tadbir.reading.files import Unreadable, read_picture

#: Said instead of a verdict: without keys a genuine paper looks like any other.
NO_KEYS = {
    "ar": "لا مفاتيح هنا للتحقق: أعطوا لائحة مفاتيح المجلس بالخيار --keys (تنشر في /v/keys.json من موقعه).",
    "fr": "Aucune clé ici pour en juger : donnez avec --keys la liste du conseil (publiée sur son site, /v/keys.json).",
}

UNREAD = {
    "ar": "تعذرت قراءة %s: ليس ملفا PDF ولا صورة ولا نصا، أو لا يوجد ملف بهذا الاسم.",
    "fr": "%s ne peut être lu : ce n’est ni un PDF, ni une image, ni un texte, ou aucun fichier ne porte ce nom.",
}


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
    arguments: list[str], known: list[pki.KnownKey] | None = None, head_known: witness.HeadKnown = witness.no_register
) -> int:
    """Run the command; 0 when the document is authentic, 1 when not, 2 when nobody can judge it here: a file that
    cannot be read, or keys that we do not have.

    `known` are the keys of this installation, used when `--keys` is not given.
    """
    parser = argparse.ArgumentParser(prog="tadbir verify", description="Check an official document off line.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--keys", type=Path, help="key list of the council (v/keys.json)")
    parser.add_argument("--language", choices=["ar", "fr"], default="fr" if _is_french() else "ar")
    options = parser.parse_args(arguments)
    try:
        keys = read_keys(options.keys) if options.keys else known or []
        if not keys:
            sys.stderr.write(f"{NO_KEYS[options.language]}\n")
            return 2
        report = verify.verify(content_of(options.file), keys, head_known)
    except (OSError, ValueError):
        sys.stderr.write(f"{UNREAD[options.language] % options.file}\n")
        return 2
    sys.stdout.write(verify.as_text(report, options.language) + "\n")
    return 0 if report.good else 2 if report.undecided else 1


def _is_french() -> bool:
    """Whether the command line speaks French (it says so to what it runs)."""
    return os.environ.get("LANGUAGE", "").startswith("fr")
