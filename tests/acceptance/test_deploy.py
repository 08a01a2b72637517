"""The files that put avvisi to work name things that exist."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from scheduler import main

ROOT = Path(__file__).resolve().parents[2]
CONTAINERFILE = ROOT / "deploy" / "Containerfile"
UNIT = ROOT / "deploy" / "avvisi.service"


def read_instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", CONTAINERFILE.read_text(), flags=re.M).replace("\\\n", " ")
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in text.splitlines() if line.strip())]


def read_unit() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def environment_names() -> set[str]:
    command = main.get_command(None, "run")
    return {name for option in command.params for name in [option.envvar] if name}


def test_the_container_is_built_from_what_is_here():
    copied = [words for name, rest in read_instructions() if name == "COPY" and not rest.startswith("--from")
              for words in [shlex.split(rest)]]
    sources = [source for words in copied for source in words[:-1]]
    assert {"setup.cfg", "pyproject.toml", "scheduler.py", "crawler", "store"} <= set(sources)
    assert [source for source in sources if not (ROOT / source).exists()] == []
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    for name in ("README.md", "LICENSE"):
        assert name in sources
    (extras,) = re.findall(r"/src\[([^\]]*)\]", CONTAINERFILE.read_text())
    assert set(extras.split(",")) <= set(setup["options.extras_require"])


def test_the_container_runs_the_command_as_nobody():
    instructions = dict(read_instructions())
    assert instructions["USER"] == "65534:65534"
    assert instructions["ENTRYPOINT"] == '["avvisi"]'
    assert instructions["CMD"] == '["run"]'
    set_names = {word.partition("=")[0] for word in shlex.split(instructions["ENV"])}
    assert {name for name in set_names if name.startswith("AVVISI_")} <= environment_names()
    assert "127.0.0.1:9477/health" in CONTAINERFILE.read_text()


def test_the_unit_is_watched_and_names_settings_that_exist():
    unit = read_unit()
    assert unit["Type"] == ["notify"]
    assert int(unit["WatchdogSec"][0]) >= 30
    assert "AF_UNIX" in unit["RestrictAddressFamilies"][0]  # the notification socket
    assert set(re.findall(r"AVVISI_\w+", UNIT.read_text())) <= environment_names()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_reads_the_unit(tmp_path: Path):
    unit = tmp_path / "avvisi.service"
    text = re.sub(r"ExecStart=\S+", f"ExecStart={shutil.which('true')}", UNIT.read_text())
    unit.write_text(text.replace("Documentation=file:///opt/avvisi/docs/operating.md\n", ""))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True,
                          env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})
    assert [line for line in done.stderr.splitlines() if "avvisi.service" in line] == []
