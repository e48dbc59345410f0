"""The web server as a process of its own: granian with Django behind `bridge`. Started by `serving`."""

import argparse
import os
from pathlib import Path

#: Connections that each worker holds at one time: one that says nothing costs little, and is closed after HEADERS.
CONNECTIONS = 2048
#: Milliseconds in which the headers of a request must be there; a slow line needs one or two seconds.
HEADERS = 20_000


def main(argv: list[str] | None = None) -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="tadbir web")
    parser.add_argument("--address", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    options = parser.parse_args(argv)
    os.environ["TADBIR_WEB"] = str(os.getpid())  # a worker ends with this process
    os.environ["TADBIR_POOL"] = "1"  # the workers keep connections to PostgreSQL open between requests
    from granian import Granian
    from granian.constants import Interfaces, SSLProtocols
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    Granian(
        "tadbir.operations.worker:application",
        address=options.address,
        port=options.port,
        interface=Interfaces.RSGI,
        workers=options.workers,
        backpressure=CONNECTIONS,
        backlog=CONNECTIONS,
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
