"""The wheel of this checkout, and an environment that holds it and nothing else."""

import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.packaging.environment import pip, run


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    built = ROOT / "src" / "minotaur" / "web" / "static" / "index.html"
    assert built.is_file(), "the UI is not built: run `make setup` first"
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the locked runtime requirements and the wheel, nothing else."""
    environment = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    pip(environment / "bin", "install", "--require-hashes", "-r", ROOT / "requirements" / "runtime.txt")
    pip(environment / "bin", "install", "--no-deps", "--no-index", wheel)
    return environment / "bin"
