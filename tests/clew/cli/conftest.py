"""Where the operators' commands are tried: on either store, or on what only a data folder can be."""

import asyncio
from pathlib import Path

import pytest

from tests.clew.cli.operating import Place, postgres_place, sqlite_place


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return asyncio.run(postgres_place()) if request.param == "postgres" else sqlite_place(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    """A data folder: what is true of these alone."""
    return sqlite_place(tmp_path / "data")
