"""The tree keeps its shape: small files, a docstring for each, tests where their sources are."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.tree import ROOT, SOURCE, TESTS, name_of, python_modules, tracked_files

LINES_MAX: Final = 400
"""No file is longer: one reader can hold it in their head (STYLE 2)."""

GENERATED: Final = "Generated from"
"""How the first line of a file says that nobody wrote it."""

EXTRA_TEST_FOLDERS: Final = frozenset(
    {
        "architecture",
        "bench",
        "bots",
        "browser",
        "chaos",
        "clew",
        "contracts",
        "deploy",
        "examples",
        "golden",
        "kit",
        "packaging",
    }
)
"""Tests of more than one package. All other folders carry the name of the package they test."""

DOOR: Final = SOURCE / "clew" / "__init__.py"
"""The one package file that gives names: those that a game is written with (docs/decisions/0101)."""

EXAMINED: Final = frozenset({"testing"})
"""What sits the same exams as the real thing needs no folder of its own (tests/clew/contracts)."""

DESK_PATH: Final = re.compile(r"/(?:root|home/[a-z][\w-]*|Users/[A-Za-z][\w-]*)/")
"""What a path on somebody's desk looks like."""

REGISTRY_HOSTS: Final = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
)
"""Which registry a name is fetched from is each machine's own business."""


def test_no_source_file_outgrows_its_reader() -> None:
    sources = {name_of(path): text_of(path).splitlines() for path in tracked_files(".py", ".ts", ".svelte", ".sh")}
    written = {name: lines for name, lines in sources.items() if lines and GENERATED not in lines[0]}

    assert {name: len(lines) for name, lines in written.items() if len(lines) > LINES_MAX} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [name_of(path) for path in python_modules() if ast.get_docstring(parsed(path)) is None]

    assert silent == []


def test_package_files_hold_a_docstring_and_nothing_else() -> None:
    packages = [path for path in tracked_files(".py") if path.name == "__init__.py" and path != DOOR]

    assert [name_of(path) for path in packages if len(parsed(path).body) != 1] == []


@pytest.mark.parametrize(("wing", "tests"), [("clew", TESTS / "clew"), ("minotaur", TESTS)])
def test_tests_mirror_the_packages(wing: str, tests: Path) -> None:
    inside = SOURCE / wing
    packages = {path.parent.name for path in python_modules() if path.parent.parent == inside and path.name[0] != "_"}
    folders = {path.parent.name for path in tracked_files(".py") if path.parent.parent == tests}

    assert packages - folders - EXAMINED == set(), "a package without a folder of tests"
    assert folders - packages - EXTRA_TEST_FOLDERS == set(), "a folder of tests that mirrors nothing"


def test_no_file_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    findings: list[str] = []
    for path in tracked_files():
        text = text_of(path)
        findings += [f"{name_of(path)}: {host}" for host in REGISTRY_HOSTS if host in text]
        findings += [f"{name_of(path)}: {match}" for match in DESK_PATH.findall(text)]
        findings += [f"{name_of(path)}: {ROOT}"] * (str(ROOT) in text)

    assert findings == []


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")
