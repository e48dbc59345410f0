"""`tadbir serve`: the web server and the queue under one supervisor, started and ended together.

The supervisor itself loads no Django: it takes little memory and cannot fail with it.
"""

import argparse
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from tadbir.operations import home, processes

READY_WITHIN = 30.0
_stop = False


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    made = argparse.ArgumentParser(prog="tadbir serve", description="Serve the councils of a folder.")
    made.add_argument("--folder", help="folder of the installation (TADBIR_HOME, else ./data)")
    made.add_argument("--address", default="", help="address to listen on (0.0.0.0 with a certificate, else 127.0.0.1)")
    made.add_argument("--port", type=int, default=0, help="port (8443 with a certificate, else 8000)")
    made.add_argument("--workers", type=int, default=2, help="web workers; 1 on a machine with 1 GB")
    made.add_argument("--no-queue", action="store_true", help="do not run the queue here")
    return made


def main(argv: list[str]) -> int:
    """Run until SIGTERM or SIGINT. Returns the exit status."""
    options = parser().parse_args(argv)
    folder = home.choose(options.folder)
    return serve(folder, options.address, options.port, options.workers, queue=not options.no_queue)


def serve(folder: Path, address: str, port: int, workers: int, *, queue: bool = True) -> int:
    """Check, start, watch, end."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _told_to_stop)
    begun = time.monotonic()
    checked = subprocess.run([sys.executable, "-m", "tadbir", "prepare_start"], check=False)
    if checked.returncode or _stop:
        return checked.returncode
    certificate, key = folder / "tls" / "server.crt", folder / "tls" / "server.key"
    secure = certificate.exists() and key.exists()
    address, port = address or ("0.0.0.0" if secure else "127.0.0.1"), port or (8443 if secure else 8000)  # noqa: S104
    words = ["--address", address, "--port", str(port), "--workers", str(workers)]
    if secure:
        words += ["--certificate", str(certificate), "--key", str(key)]
    if problem := _why_not(address, port):
        print(f"Port {port} of {address}: {problem}. Choose another one with --port.", file=sys.stderr)
        return 1
    children = [processes.start("tadbir.operations.web", *words)]
    scheme = "https" if secure else "http"
    try:
        if _is_ready(f"{scheme}://127.0.0.1:{port}/health", children):
            print(f"Ready in {time.monotonic() - begun:.1f} s: {scheme}://{address}:{port}/", flush=True)
        elif not _stop:
            print("The server does not answer; see the messages above.", file=sys.stderr)
            return 1
        if queue and not _stop:
            children.append(processes.start("tadbir.operations.queue"))
        return _watch(children)
    finally:
        processes.stop(children)


def _why_not(address: str, port: int) -> str:
    """Why nobody can listen there; empty when one can.

    Asked first: web workers share their port with each other, so a second server would share it too, and each of the
    two would answer every other page.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that ended a moment ago
        try:
            probe.bind((address, port))
        except OSError as error:
            return error.strerror or str(error)
    return ""


def _told_to_stop(number: int, frame: FrameType | None) -> None:
    global _stop  # noqa: PLW0603 - the one thing a signal handler may do safely
    _stop = True


def _is_ready(address: str, children: list[subprocess.Popen[bytes]]) -> bool:
    """Wait for the first answer that is not a failure of ours."""
    context = ssl._create_unverified_context() if address.startswith("https") else None  # noqa: S323 - ourselves
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not _stop and children[0].poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5, context=context):  # noqa: S310 - our own address
                return True
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return True
            time.sleep(0.5)
        except OSError:
            time.sleep(0.05)
    return False


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Until told to stop; a child that ends by itself ends everything, so that whoever watches us restarts us."""
    while not _stop:
        for child in children:
            if child.poll() is not None:
                print(f"A part of the server ended by itself ({child.returncode}); stopping.", file=sys.stderr)
                return 1
        time.sleep(0.2)
    return 0
