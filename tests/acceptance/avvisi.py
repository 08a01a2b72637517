"""Run the real command as a process, as a user would."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from store.database import open_database
from store.export import iter_records
from tests.localweb import LocalWeb
from tests.store.texts import make_sentence


class Avvisi:
    """The command in a folder of its own: database, catalogue, and the local web as its proxy."""

    def __init__(self, folder: Path, web: LocalWeb | None = None) -> None:
        self.folder = folder
        self.catalogue = folder / "sources.toml"
        proxy = {"http_proxy": web.proxy_url, "no_proxy": ""} if web else {}
        self.environment = {**os.environ, **proxy, "AVVISI_DATABASE_URL": self.database_url, "COLUMNS": "200"}

    @property
    def database_url(self) -> str:
        """Where the records are."""
        return f"sqlite:///{self.folder / 'avvisi.db'}"

    def write_sources(self, hosts: Iterable[str], **places: str) -> None:
        """Write a source a host; ``feeds="/feed.xml"`` and the like say where it announces its articles."""
        self.environment["AVVISI_SOURCES"] = str(self.catalogue)
        self.catalogue.write_text("", encoding="utf-8")
        self.add_sources(hosts, **places)

    def add_sources(self, hosts: Iterable[str], **places: str) -> None:
        """Write further sources."""
        with self.catalogue.open("a", encoding="utf-8") as file:
            file.writelines(source_entry(host, places) for host in hosts)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", "scheduler", *arguments],
            cwd=self.folder,
            env={**self.environment, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def crawl(self, *arguments: str) -> dict[str, Any]:
        """Crawl once; return what --json prints."""
        done = self.run("crawl", "--json", "--quiet", *arguments)
        assert done.stdout, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    def export(self) -> list[dict[str, Any]]:
        """Export all records."""
        done = self.run("export", "--format", "jsonl")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def records(self) -> list[dict[str, Any]]:
        """Read the records here: a process takes half a second, and what it writes is tested elsewhere."""
        with open_database(self.database_url) as database, database.read() as session:
            return list(iter_records(session))


def source_entry(host: str, places: Mapping[str, str]) -> str:
    """A source in TOML: ``every``, ``delay`` and the places, given as paths of its host."""
    fields = {"every": "30m", "delay": "0s", **places}
    lines = [f'id = "{host.replace(".", "-")}"', f'name = "{host}"', f'site = "http://{host}/"']
    for key, value in fields.items():
        lines.append(f'{key} = "{value}"' if key in ("every", "delay", "keep") else f'{key} = ["http://{host}{value}"]')
    return "[[source]]\n" + "\n".join(lines) + "\n\n"


def article_page(title: str, topic: str) -> bytes:
    """A page with an article of its own wording."""
    chance = random.Random(topic)
    paragraphs = "".join(
        f"<p>On {day} the matter of {topic} came up again. {' '.join(make_sentence(chance) for _ in range(3))}</p>"
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    )
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<main><article><h1>{title}</h1>{paragraphs}</article></main><footer>About us</footer></body></html>"
    ).encode()
