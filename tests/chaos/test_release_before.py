"""What the release before promises it keeps on the schema that this one makes before its own code is deployed.

Its own tests say so: its exam for stores, its operators' commands, and its nodes under play while the engines go.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.architecture.tree import TESTS
from tests.kit.releases import Release

PLUGIN: Final = "migrated_ahead"
STORES: Final = ("tests/contracts", "tests/cli/test_operators.py", "-k", "postgres")
OF_RELEASES: Final = ("release_before", "releases", "two_releases", "upgrade")
"""Its tests that build other releases, which takes a repository; its sources here are in none."""
ALL_NODES: Final = (
    *("tests/chaos", "-k", "not one_server and not sqlite"),
    *(f"--ignore=tests/chaos/test_{name}.py" for name in OF_RELEASES),
)


def test_the_release_before_passes_its_exam_for_stores_on_the_schema_made_before_this_one(
    before: Release, present: Release, tmp_path: Path
) -> None:
    told = run_its_tests(before, present, tmp_path, *STORES)

    assert told["others"] == []
    assert len(told["passed"]) >= 80
    assert all("postgres" in name for name in told["passed"])
    assert set(told["revisions"]) == {present.facts.revision_needed}


@pytest.mark.long
def test_clusters_of_the_release_before_live_through_everything_on_the_schema_made_before_this_one(
    before: Release, present: Release, tmp_path: Path
) -> None:
    told = run_its_tests(before, present, tmp_path, *ALL_NODES)

    assert told["others"] == []
    assert len(told["passed"]) >= 8
    assert set(told["revisions"]) == {present.facts.revision_needed}


def run_its_tests(before: Release, present: Release, folder: Path, *arguments: str) -> dict[str, Any]:
    """What its tests came to, run by its own sources with its own package; the end of their output where they fail."""
    shutil.copy(TESTS / "kit" / f"{PLUGIN}.py", folder / f"{PLUGIN}.py")
    told = folder / "told.json"
    environment = {
        **before.environment,
        "PYTHONPATH": os.pathsep.join([str(before.installed), str(folder)]),
        "MINOTAUR_AHEAD": str(present.installed),
        "MINOTAUR_TOLD": str(told),
    }
    command = (
        sys.executable,
        "-m",
        "pytest",
        "-p",
        PLUGIN,
        "-p",
        "no:cacheprovider",
        "-p",
        "no:schemathesis",
        "-q",
        *arguments,
    )
    done = subprocess.run(command, cwd=before.sources, env=environment, capture_output=True, text=True, check=False)
    assert told.exists(), done.stdout + done.stderr
    found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    if done.returncode != 0:
        print(done.stdout[-8_000:], done.stderr[-2_000:])
    assert Path(found["module"]).is_relative_to(before.installed)
    return found
