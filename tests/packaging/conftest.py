"""The wheels of this checkout, and environments that hold them and nothing else."""

import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.packaging.environment import pip, run


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of this checkout: the runtime's, and the game's."""
    for wing in ("clew", "minotaur"):
        built = ROOT / "src" / wing / "web" / "static" / "index.html"
        assert built.is_file(), f"the pages of {wing} are not built: run `make setup` first"
    folder = tmp_path_factory.mktemp("dist")
    for project in (ROOT / "wheels" / "clew", ROOT):
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, project)
    (runtime,), (game,) = folder.glob("clew-*.whl"), folder.glob("minotaur_game-*.whl")
    return runtime, game


def environment_with(folder: Path, *wheels: Path) -> Path:
    """The ``bin`` folder of an environment that holds the locked runtime requirements and these, nothing else."""
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    pip(folder / "bin", "install", "--require-hashes", "-r", ROOT / "requirements" / "runtime.txt")
    pip(folder / "bin", "install", "--no-deps", "--no-index", *wheels)
    return folder / "bin"


@pytest.fixture(scope="session")
def installed(wheels: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the game."""
    return environment_with(tmp_path_factory.mktemp("installed"), *wheels)


@pytest.fixture(scope="session")
def runtime_alone(wheels: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the runtime and no game."""
    return environment_with(tmp_path_factory.mktemp("runtime"), wheels[0])
