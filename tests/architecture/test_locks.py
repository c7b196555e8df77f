"""What is installed is what was locked: every requirement by hash, no lock with an address."""

import json
import re
import tomllib
from typing import Any, Final

import pytest

from tests.architecture.tree import ROOT

REQUIREMENT: Final = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.IGNORECASE)


def locked(name: str) -> dict[str, str]:
    """The versions one hashed requirement file pins, by project name."""
    entries = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return {match[1].lower(): match[2] for entry in entries if (match := REQUIREMENT.match(entry))}


@pytest.mark.parametrize("name", ["runtime", "dev", "build"])
def test_every_locked_requirement_has_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")

    entries = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]

    assert entries
    assert [entry for entry in entries if not REQUIREMENT.match(entry) or "--hash=sha256:" not in entry] == []


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    runtime, dev = {**locked("build"), **locked("runtime")}, locked("dev")

    assert {name: (version, dev.get(name)) for name, version in runtime.items() if dev.get(name) != version} == {}


def test_every_dependency_of_the_package_is_locked() -> None:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {re.split(r"[^A-Za-z0-9._-]", entry)[0].lower() for entry in project["project"]["dependencies"]}
    development = {re.split(r"[^A-Za-z0-9._-]", entry)[0].lower() for entry in project["dependency-groups"]["dev"]}

    assert declared - locked("runtime").keys() == set()
    assert development - locked("dev").keys() == set()


def test_the_uis_lock_has_hashes_and_no_addresses() -> None:
    lock: dict[str, Any] = json.loads((ROOT / "ui" / "package-lock.json").read_text(encoding="utf-8"))
    packages: dict[str, dict[str, Any]] = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "ui" / ".npmrc").read_text(encoding="utf-8")
