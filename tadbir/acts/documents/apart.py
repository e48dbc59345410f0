"""Typeset a long act in a process of its own.

Typst keeps what it typeset for the next ten documents: pages of a register would hold 80 MB each in a web worker,
up to a gigabyte. Measured for 500 lines: 200 MB and 1.5 s in a process that gives all of it back.
"""

import base64
import json
import subprocess
import sys
from typing import Any

from tadbir.acts.documents import pdf
from tadbir.acts.documents.canonical import canonical

#: Characters of canonical JSON above which a document is long: about a hundred lines of a register.
LONG = 20_000
#: Seconds that a process may take.
PATIENCE = 120


def render(document: dict[str, Any], *, message: bytes, signed: bytes | None = None, **words: str) -> bytes:
    """As `pdf.render`, apart when the document is long. Raises what that raises, as PdfRefused when apart."""
    text = canonical(document)
    if len(text) < LONG:
        return pdf.render(document, message=message, signed=signed, **words)
    sent = json.dumps(
        {
            "document": text.decode(),
            "message": base64.b64encode(message).decode(),
            "words": words,
            "signed": base64.b64encode(signed).decode() if signed else None,
        }
    )
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(command, input=sent.encode(), capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise pdf.PdfRefused(f"not typeset in {PATIENCE} s") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise pdf.PdfRefused(done.stderr.decode(errors="replace").strip()[-2000:] or f"status {done.returncode}")
    return done.stdout


def main() -> None:
    """The process: a document comes in as JSON, its PDF goes out."""
    sent = json.loads(sys.stdin.buffer.read())
    signed = base64.b64decode(sent["signed"]) if sent["signed"] else None
    message = base64.b64decode(sent["message"])
    made = pdf.render(json.loads(sent["document"]), message=message, signed=signed, **sent["words"])
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
