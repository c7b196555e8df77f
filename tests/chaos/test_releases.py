"""Two releases run beside each other: what the tests of deploys stand on."""

import subprocess
from pathlib import Path

import pytest
from packaging.version import Version

from clew.stores.schema.revision import NEWEST, RELEASE_BEFORE
from minotaur.play.codec import STATE_VERSION
from tests.architecture.tree import ROOT
from tests.kit import releases
from tests.kit.releases import CannotBuildError, Release, build_release_before, release_before

CHANGELOG = """
Commit `0000000000000000000000000000000000000000`.
## 0.3.0
- something
## 0.2.0
Commit `2222222222222222222222222222222222222222`.
## 0.1.0
Commit `1111111111111111111111111111111111111111`.
"""


@pytest.mark.parametrize(("present", "version"), [("0.3.0", "0.2.0"), ("0.2.1", "0.2.0"), ("0.2.0", "0.1.0")])
def test_the_release_before_is_the_newest_below_this_one_that_was_released(present: str, version: str) -> None:
    assert release_before(CHANGELOG, present) == (version, version[2] * 40)


def test_without_a_release_before_it_is_said_that_the_changelog_names_none() -> None:
    with pytest.raises(CannotBuildError, match=r"names no commit of a release before 0\.1\.0"):
        release_before(CHANGELOG, "0.1.0")


def test_two_releases_run_side_by_side_and_neither_is_the_editable_install(before: Release, present: Release) -> None:
    for release in (before, present):
        assert release.told("version").strip() == release.version
        assert release.facts.module == release.installed / "minotaur" / "__init__.py"

    assert Version(before.version) < Version(present.version)
    assert (present.facts.state_version, present.facts.revision_newest) == (STATE_VERSION, NEWEST)
    assert before.facts.state_version <= STATE_VERSION


def test_this_release_knows_where_the_schema_of_the_one_before_ended(before: Release) -> None:
    assert before.facts.revision_newest == RELEASE_BEFORE, "revision.py: a release was made, and this not moved"


def test_a_clone_without_the_commit_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shallow = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", ROOT.as_uri(), str(shallow)], check=True)
    monkeypatch.setattr(releases, "ROOT", shallow)

    with pytest.raises(CannotBuildError, match="does not have it: `git fetch --unshallow` brings it"):
        build_release_before(tmp_path / "built")


def test_a_release_whose_requirements_are_not_met_here_is_not_run(tmp_path: Path) -> None:
    described = tmp_path / "minotaur_game-0.1.0.dist-info"
    described.mkdir()
    asks = ["packaging>=24", "msgspec>=999", "no-such-package>=1", 'rich>=999; extra == "cluster"']
    lines = [
        "Metadata-Version: 2.4",
        "Name: minotaur-game",
        "Version: 0.1.0",
        *(f"Requires-Dist: {one}" for one in asks),
    ]
    (described / "METADATA").write_text("\n".join(lines) + "\n")

    unmet = releases.unmet_by(tmp_path)

    assert [line.split()[0] for line in unmet] == ["msgspec", "no-such-package"]
