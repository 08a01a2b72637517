"""What many tests use: the folder beside the project, a clean environment, a local web."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.localweb import LocalWeb

TESTERS = ("AVVISI_SHARED", "AVVISI_TEST_POSTGRES")  # what the tests themselves are told

@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run folders on all cores, and chosen files in this process, which needs no other to start."""
    return None if all(Path(argument).is_dir() for argument in config.args) else 0


@pytest.fixture(scope="session", autouse=True)
def _clean_environment() -> Iterator[None]:
    """Keep the tester's own settings and proxies out of the tests."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in list(os.environ):
            if (name.startswith("AVVISI_") and name not in TESTERS) or name.lower().endswith("_proxy"):
                monkeypatch.delenv(name)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds and corpora beside the project; tests that need it are skipped without it."""
    folder = Path(os.environ.get("AVVISI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip("needs the folder shared/ beside the project (or AVVISI_SHARED)")
    return folder


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    """A local web to crawl."""
    with LocalWeb() as local:
        yield local
