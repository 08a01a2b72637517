"""A service under attack, seen from within: `python -m tests.acceptance.attacked LOG MAP -- COMMAND ...`.

Runs avvisi's front door in this process with a resolver of the test's own (MAP, a JSON file: name -> addresses) and
with sockets that can reach loopback alone. Each try to reach another address is written to LOG, and refused: no packet
to it ever leaves. A try to reach a place on loopback that the guard should have kept shut is written, too.
"""

import json
import socket
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Take the names and the sockets into our own hands, then be avvisi."""
    log, names, port = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text()), int(sys.argv[3])
    sys.argv = ["avvisi", *sys.argv[5:]]

    def resolve(host: Any, service: Any, *args: Any, **options: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else str(host)
        addresses = names.get(name) or (["127.0.0.1"] if name.endswith(".attack.test") else None)
        if addresses is None:
            try:
                return real(host, service, *args, **{**options, "flags": socket.AI_NUMERICHOST})  # never asks a server
            except socket.gaierror as error:
                raise socket.gaierror(socket.EAI_NONAME, "no such name in this test") from error
        return [(socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "",
                 (each, int(service or 0), 0, 0) if ":" in each else (each, int(service or 0))) for each in addresses]

    real, socket.getaddrinfo = socket.getaddrinfo, resolve  # type: ignore[assignment]  # ours is for TCP alone

    class Watched(socket.socket):
        def connect(self, address: Any) -> None:
            if self.family in (socket.AF_INET, socket.AF_INET6) and address[:2] != ("127.0.0.1", port):
                with log.open("a") as file:
                    file.write(f"{address[0]} {address[1]}\n")
                raise ConnectionRefusedError(f"no packet leaves for {address[0]}")
            super().connect(address)

    socket.socket = Watched  # type: ignore[misc]  # for all that is imported from here on
    from scheduler import main as avvisi

    avvisi()


if __name__ == "__main__":
    main()
