"""The wheels of this checkout, and environments that hold them and nothing else: all made once for a run."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.kit.once import folder_of_run, made_once
from tests.packaging.environment import pip, run


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of this checkout: the runtime's, and the game's."""
    folder = made_once(folder_of_run(tmp_path_factory) / "dist", _build_wheels)
    (runtime,), (game,) = folder.glob("clew-*.whl"), folder.glob("minotaur_game-*.whl")
    return runtime, game


@pytest.fixture(scope="session")
def requirements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the locked runtime requirements."""
    return made_once(folder_of_run(tmp_path_factory) / "requirements", _install_requirements)


@pytest.fixture(scope="session")
def installed(wheels: tuple[Path, Path], requirements: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the game."""
    return environment_with(folder_of_run(tmp_path_factory) / "installed", requirements, *wheels)


@pytest.fixture(scope="session")
def runtime_alone(wheels: tuple[Path, Path], requirements: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the runtime and no game."""
    return environment_with(folder_of_run(tmp_path_factory) / "runtime", requirements, wheels[0])


def environment_with(folder: Path, requirements: Path, *wheels: Path) -> Path:
    """The ``bin`` folder of an environment that holds the locked runtime requirements and these, nothing else."""

    def make(folder: Path) -> None:
        run(sys.executable, "-m", "venv", "--without-pip", folder)
        shutil.copytree(_packages_of(requirements), _packages_of(folder), dirs_exist_ok=True)
        pip(folder / "bin", "install", "--no-deps", "--no-index", *wheels)

    return made_once(folder, make) / "bin"


def _build_wheels(folder: Path) -> None:
    for wing in ("clew", "minotaur"):
        built = ROOT / "src" / wing / "web" / "static" / "index.html"
        assert built.is_file(), f"the pages of {wing} are not built: run `make setup` first"
    for project in (ROOT / "wheels" / "clew", ROOT):
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, project)


def _install_requirements(folder: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    # Not compiled: most of it is never imported here, and what is compiles itself.
    pip(folder / "bin", "install", "--no-compile", "--require-hashes", "-r", ROOT / "requirements" / "runtime.txt")


def _packages_of(environment: Path) -> Path:
    (found,) = environment.glob("lib/python*/site-packages")
    return found
