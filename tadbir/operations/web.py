"""The web server as a process of its own: granian with Django behind `bridge`. Started by `serving`.

Django is loaded once, to see that everything is as it must be; the workers are forks of that process.
"""

import argparse
import gc
import os
import resource
from contextlib import suppress
from pathlib import Path

#: Milliseconds in which the headers of a request must be there; a slow line needs one or two seconds.
HEADERS = 20_000
#: Connections that a worker holds at one time, where the machine lets it open as many files: `lines` looks after them.
IN_ALL = 2048
#: Said to the supervisor when nothing stands against a start.
CHECKED = b"checked"
#: Files that a worker opens for anything else: bodies on their way, the database, what it hands out.
OTHER_FILES = 448


def at_most() -> int:
    """Connections that a worker may hold here. Raises the limit of open files, which many systems set for terminals."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = IN_ALL + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return IN_ALL if soft == resource.RLIM_INFINITY else max(64, min(IN_ALL, soft - OTHER_FILES))


def load() -> None:
    """Load the program and ask whether it may start; ends here, with the reason, where it may not.

    No worker may use a connection that its parent opened, nor speak the language of the terminal.
    """
    from tadbir import cli

    cli.main(["prepare_start"])
    from django.db import connections
    from django.urls import get_resolver
    from django.utils import translation

    get_resolver().url_patterns  # noqa: B018 - all pages, as the first visitor would have it
    translation.deactivate()
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.settings_dict.get("OPTIONS", {}).get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]
    gc.freeze()  # what the workers share is not written to by each of them


def main(argv: list[str] | None = None) -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="tadbir web")
    parser.add_argument("--address", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    parser.add_argument("--checked", type=int, required=True, help="end of a pipe: told that all may start")
    options = parser.parse_args(argv)
    os.environ["TADBIR_WEB"] = str(os.getpid())  # a worker ends with this process
    os.environ["TADBIR_POOL"] = "1"  # the workers keep connections to PostgreSQL open between requests
    load()
    with os.fdopen(options.checked, "wb") as supervisor:
        supervisor.write(CHECKED)
    from granian import Granian
    from granian.constants import Interfaces, SSLProtocols
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    connections = at_most()
    Granian(
        "tadbir.operations.worker:application",
        address=options.address,
        port=options.port,
        interface=Interfaces.RSGI,
        workers=options.workers,
        backpressure=connections,
        backlog=IN_ALL,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS),
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
        ssl_cert=options.certificate,
        ssl_key=options.key,
        websockets=False,
        ssl_protocol_min=SSLProtocols.tls12,  # an old computer at a counter may know no later one
    ).serve()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")
    main()
