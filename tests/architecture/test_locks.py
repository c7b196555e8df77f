"""What is installed is what was locked: every requirement by hash, no lock with an address."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.architecture.tree import ROOT, SOURCE, python_modules

WINGS: Final = {"clew": ROOT / "wheels" / "clew", "minotaur": ROOT}
"""The two distributions, by the package each holds."""

IMPORTED_AS: Final = {
    "argon2-cffi": "argon2",
    "fluent-runtime": "fluent",
    "fluent-syntax": "fluent",
    "nats-py": "nats",
    "open-spiel": "pyspiel",
}
UNSEEN: Final = {"httptools"}
"""Named to uvicorn, which loads it."""

TESTING: Final = SOURCE / "clew" / "testing"

REQUIREMENT: Final = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.IGNORECASE)


def locked(name: str) -> dict[str, str]:
    """The versions one hashed requirement file pins, by project name."""
    entries = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return {match[1].lower(): match[2] for entry in entries if (match := REQUIREMENT.match(entry))}


def project_of(wing: str) -> dict[str, Any]:
    return tomllib.loads((WINGS[wing] / "pyproject.toml").read_text(encoding="utf-8"))


def named(requirements: list[str]) -> set[str]:
    """The names of the projects in a list of requirements."""
    return {re.split(r"[^A-Za-z0-9._-]", entry)[0].lower() for entry in requirements}


def imported_by(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(module=str(module)):
            return [module]
        case _:
            return []


@pytest.mark.parametrize(
    "lock", [*(f"requirements/{name}.txt" for name in ("runtime", "dev", "build")), "bench/peers/requirements.txt"]
)
def test_every_locked_requirement_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")

    entries = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]

    assert entries
    assert [entry for entry in entries if not REQUIREMENT.match(entry) or "--hash=sha256:" not in entry] == []


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    runtime, dev = {**locked("build"), **locked("runtime")}, locked("dev")

    assert {name: (version, dev.get(name)) for name, version in runtime.items() if dev.get(name) != version} == {}


def test_every_dependency_of_the_two_wings_is_locked() -> None:
    declared = set[str]().union(*(named(project_of(wing)["project"]["dependencies"]) for wing in WINGS))
    development = named(project_of("minotaur")["dependency-groups"]["dev"])

    assert declared - locked("runtime").keys() == {"clew"}, "which is built from here"
    assert development - locked("dev").keys() == set()


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_declares_what_it_imports_and_nothing_else(wing: str) -> None:
    imported = imported_in(
        [path for path in python_modules() if path.is_relative_to(SOURCE / wing) and not asks_more(path)]
    )
    declared = {
        IMPORTED_AS.get(name, name.replace("-", "_")) for name in named(project_of(wing)["project"]["dependencies"])
    }

    assert imported - declared - sys.stdlib_module_names - {wing} == set()
    assert declared - imported - UNSEEN == set()


@pytest.mark.parametrize(("wing", "extra"), [("clew", "testing"), ("minotaur", "research")])
def test_who_asks_for_more_gets_what_that_imports(wing: str, extra: str) -> None:
    brought = named(project_of(wing)["project"]["optional-dependencies"][extra])
    development = named(project_of("minotaur")["dependency-groups"]["dev"])

    asked = [path for path in python_modules() if path.is_relative_to(SOURCE / wing) and asks_more(path)]

    assert brought <= development
    assert {IMPORTED_AS.get(name, name.replace("-", "_")) for name in brought} <= imported_in(asked)


def asks_more(path: Path) -> bool:
    """Whether a module belongs to the exam for games, or to research, which nobody needs who only plays."""
    exam = path.is_relative_to(TESTING / "exam") or path == TESTING / "plugin.py"
    return exam or path.is_relative_to(SOURCE / "minotaur" / "research")


def imported_in(paths: Iterable[Path]) -> set[str]:
    """The packages that these modules import."""
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    return {name.partition(".")[0] for module in modules for node in ast.walk(module) for name in imported_by(node)}


@pytest.mark.parametrize("folder", ["ui", "clients/ts", "clients/page", "bench/peers"])
def test_a_lock_of_the_browser_side_has_hashes_and_no_addresses(folder: str) -> None:
    lock: dict[str, Any] = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages: dict[str, dict[str, Any]] = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / folder / ".npmrc").read_text(encoding="utf-8")


def test_both_pages_are_built_with_the_same_tools() -> None:
    locks: list[dict[str, Any]] = [
        json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        for folder in ("ui", "clients/page")
    ]
    ui, page = ({name: entry["version"] for name, entry in lock.items() if name} for lock in locks)

    assert page
    assert page.keys() - ui.keys() == set()
    assert {name: (version, ui[name]) for name, version in page.items() if version != ui[name]} == {}
