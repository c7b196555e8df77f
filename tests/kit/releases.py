"""Releases of this game beside each other: each built from its own sources, and run from a folder of its own.

No network and no UI: a wheel of the sources as they are, installed beside nothing, run by this environment's
interpreter with this environment's dependencies. The editable install of this checkout is not what runs.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.version import Version

from tests.architecture.tree import ROOT
from tests.kit.once import made_once

DISTRIBUTION: Final = "minotaur-game"
PARTS: Final = ("pyproject.toml", "README.md", "LICENSE")
"""What the game's wheel is made from besides ``src``."""
RUNTIME: Final = Path("wheels") / "clew"
"""What the runtime's wheel is made from, since it has one."""
TOLD: Final = "built.json"
"""Where a release is found that is built in a folder."""
COMMAND: Final = (sys.executable, "-m", "minotaur")

_SECTION: Final = re.compile(r"^## (\S+)$")
_COMMIT: Final = re.compile(r"^Commit `([0-9a-f]{40})`\.$")
_PIP: Final = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
_FACTS: Final = """
import json, importlib.metadata, importlib.util, minotaur
from minotaur.play.codec import STATE_VERSION
if importlib.util.find_spec("minotaur.stores"):  # 0.2.0 and before were one package
    from minotaur.stores.revision import NEEDED, NEWEST
else:
    from clew.stores.schema.revision import NEEDED, NEWEST
version = importlib.metadata.version("minotaur-game")
print(json.dumps([minotaur.__file__, version, STATE_VERSION, NEEDED, NEWEST]))
"""


class CannotBuildError(Exception):
    """The message says what to do."""


@dataclass(frozen=True)
class Facts:
    """What a release says of itself when it runs."""

    module: Path
    version: str
    state_version: int
    revision_needed: str
    revision_newest: str


@dataclass(frozen=True)
class Release:
    """One release, built and installed."""

    sources: Path
    """What it was built from."""
    installed: Path
    """Its package and nothing else."""

    @property
    def environment(self) -> dict[str, str]:
        """What makes ``COMMAND`` run this release."""
        return {**os.environ, "PYTHONPATH": str(self.installed)}

    @cached_property
    def facts(self) -> Facts:
        """Asked once, of the interpreter that is to run it."""
        module, *others = json.loads(self.run_python("-c", _FACTS))
        return Facts(Path(module), *others)

    @property
    def version(self) -> str:
        return self.facts.version

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of its commands, to its end, whatever it is."""
        return subprocess.run(
            [*COMMAND, *arguments], env=self.environment, cwd=self.sources, capture_output=True, text=True, check=False
        )

    def told(self, *arguments: str) -> str:
        """What a command that goes well says."""
        done = self.run(*arguments)
        assert done.returncode == 0, (
            f"{self.version}: {arguments} ended with {done.returncode}\n{done.stdout}{done.stderr}"
        )
        return done.stdout

    def run_python(self, *arguments: str) -> str:
        """What the interpreter says that would run it."""
        return _output((sys.executable, *arguments), self.environment, self.sources)


# --- which ones ------------------------------------------------------------------------------------------------------


def released(changelog: str) -> list[tuple[str, str]]:
    """Every released version with the commit that the changelog names for it, newest first."""
    found, version = list[tuple[str, str]](), None
    for line in changelog.splitlines():
        if section := _SECTION.match(line):
            version = section[1]
        elif (commit := _COMMIT.match(line)) and version is not None:
            found.append((version, commit[1]))
    return found


def release_before(changelog: str, present: str) -> tuple[str, str]:
    """The newest released version before this one, and the commit that the changelog names for it."""
    for version, commit in released(changelog):
        if Version(version) < Version(present):
            return version, commit
    raise CannotBuildError(f"CHANGELOG.md names no commit of a release before {present}")


def build_release_before(folder: Path) -> Release:
    """The release before this one, from the commit that the changelog names, its tests among the sources."""
    present = _project_version((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version, commit = release_before((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), present)
    sources = folder / f"sources-{version}"
    _unpack(version, commit, sources)
    return _build(sources, folder / f"installed-{version}", version)


def built_once(folder: Path, build: Callable[[Path], Release]) -> Release:
    """What was built in this folder, by whichever process of this run came first."""

    def make(folder: Path) -> None:
        release = build(folder)
        (folder / TOLD).write_text(json.dumps([str(release.sources), str(release.installed)]))

    sources, installed = json.loads((made_once(folder, make) / TOLD).read_text())
    return Release(Path(sources), Path(installed))


def build_present(folder: Path) -> Release:
    """This checkout, committed or not."""
    sources = folder / "sources-present"
    shutil.copytree(ROOT / "src", sources / "src", ignore=shutil.ignore_patterns("static", "__pycache__"))
    for name in PARTS:
        shutil.copy(ROOT / name, sources / name)
    shutil.copytree(ROOT / RUNTIME, sources / RUNTIME, symlinks=True)
    version = _project_version((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return _build(sources, folder / "installed-present", version)


def _unpack(version: str, commit: str, to: Path) -> None:
    """The tree of a commit. Raises ``CannotBuildError`` where the clone does not have it."""
    git = ("git", "-C", str(ROOT))
    known = subprocess.run([*git, "cat-file", "-e", f"{commit}^{{commit}}"], capture_output=True, check=False)
    if known.returncode != 0:
        raise CannotBuildError(
            f"Release {version} was built from commit {commit}, and this clone does not have it: "
            f"`git fetch --unshallow` brings it. ({known.stderr.decode(errors='replace').strip()})"
        )
    archive = subprocess.run([*git, "archive", "--format=tar", commit], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(to, filter="data")


def _build(sources: Path, installed: Path, version: str) -> Release:
    wheels = sources / "dist"
    environment = dict(os.environ)
    projects = [str(project) for project in (sources / RUNTIME, sources) if project.is_dir()]
    make = (*_PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(wheels), *projects)
    _output(make, environment, sources)
    made = [str(wheel) for wheel in wheels.glob("*.whl")]
    _output((*_PIP, "install", "--no-deps", "--no-index", "--target", str(installed), *made), environment, sources)
    if unmet := unmet_by(installed):
        raise CannotBuildError(f"Release {version} can't run beside this one, whose locks give it {', '.join(unmet)}")
    release = Release(sources, installed)
    facts = release.facts
    assert facts.version == version, f"{version} was to be built, {facts.version} runs"
    assert facts.module.is_relative_to(installed), f"{facts.module} runs, not what was installed in {installed}"
    return release


def unmet_by(installed: Path) -> list[str]:
    """What the release asks for and this environment does not have, in words."""
    (distribution,) = metadata.distributions(name=DISTRIBUTION, path=[str(installed)])
    asked = [Requirement(line) for line in distribution.requires or ()]
    needed = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    return [
        f"{one.name} {found} for {one}" for one in needed if (found := _version_here(one.name)) not in one.specifier
    ]


def _version_here(name: str) -> str:
    """What no specifier takes, where there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "0.dev0"


def _project_version(pyproject: str) -> str:
    return str(tomllib.loads(pyproject)["project"]["version"])


def _output(command: tuple[str, ...], environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout
