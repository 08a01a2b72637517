"""These tests speak to loopback directly, whatever proxy their runner has."""

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_proxy_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(autouse=True)
def dates_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the dates of the built-in catalogue away from those of whoever runs the tests."""
    monkeypatch.setenv("AVVISI_CHECKED", str(tmp_path / "own" / "checked.json"))


@pytest.fixture
def closed_ports() -> list[int]:
    """Five ports of loopback on which nobody listens."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(5)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
