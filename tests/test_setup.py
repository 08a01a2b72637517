"""What the code imports is declared: a fresh machine has nothing else."""

import ast
import configparser
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {"crawler", "scheduler", "store", "tests"}
FOR_THE_PRODUCT = ("notify", "plot", "postgres", "tables")
FOR_THE_TESTS = (*FOR_THE_PRODUCT, "test", "train")


def read_requirements() -> dict[str, list[str]]:
    """Read what is required, by extra; under no name what always is."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    extras = {"": setup["options"]["install_requires"], **setup["options.extras_require"]}
    return {name: [line for line in lines.splitlines() if line.strip()] for name, lines in extras.items()}


def normalize(name: str) -> str:
    """Spell the name of a distribution as PEP 503 does."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()


def find_imports(path: Path) -> Iterator[str]:
    """Find the top-level names that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("importorskip", "import_module")):
            yield from (str(each.value).partition(".")[0] for each in node.args if isinstance(each, ast.Constant))


@pytest.mark.parametrize(("places", "extras"), [
    (("scheduler.py", "crawler/**/*.py", "store/**/*.py"), FOR_THE_PRODUCT),
    (("tests/**/*.py",), FOR_THE_TESTS),
], ids=["product", "tests"])
def test_what_is_imported_is_declared(places, extras):
    requirements = read_requirements()
    declared = {normalize(line) for extra in ("", *extras) for line in requirements[extra]}
    imported = {name for place in places for path in ROOT.glob(place) for name in find_imports(path)}
    distributions = packages_distributions()
    needed = {name: distributions.get(name, [name]) for name in imported - OURS - sys.stdlib_module_names}
    assert "scrapy" in needed
    assert {name for name, dists in needed.items() if not declared & set(map(normalize, dists))} == set()


def test_each_requirement_has_a_lower_bound():
    unbound = [line for lines in read_requirements().values() for line in lines if ">=" not in line]
    assert unbound == []


def test_what_the_tests_skip_without_is_in_their_extra():
    named = {name for path in (ROOT / "tests").glob("**/test_*.py")
             for name in re.findall(r'importorskip\("(\w+)', path.read_text(encoding="utf-8"))}
    assert named
    assert {normalize(name) for name in named} <= {normalize(line) for line in read_requirements()["test"]}
