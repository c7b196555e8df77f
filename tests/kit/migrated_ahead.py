"""A plugin for the tests of the release before: their PostgreSQL databases get this release's steps as well.

It runs beside their code and never beside ours (``python -m pytest -p migrated_ahead`` in their sources): what it needs
of this release it asks of another process. It tells what it saw in the file that ``MINOTAUR_TOLD`` names.
"""

import asyncio
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any, cast

import asyncpg
import pytest

import minotaur

AHEAD = os.environ["MINOTAUR_AHEAD"]
"""Where this release is installed."""
TOLD = Path(os.environ["MINOTAUR_TOLD"])

_made: list[str] = []
_passed: list[str] = []
_others: list[str] = []


def _their_schema() -> Any:
    """Theirs first where it was until 0.2.0: ``clew``, if there is any, is then not theirs."""
    try:
        return importlib.import_module("minotaur.stores.postgres_schema")
    except ModuleNotFoundError:
        return importlib.import_module("clew.stores.postgres.schema")


_postgres_schema = _their_schema()
_their_own = _postgres_schema.migrate_postgres


async def migrate_ahead(url: str, *arguments: Any, **named: Any) -> Any:
    """As theirs; whatever is then not of this release's schema is brought there by what a deploy runs first."""
    done = await _their_own(url, *arguments, **named)
    command = (sys.executable, "-m", "minotaur", "migrate", "--before", "--database-url", url)
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, "PYTHONPATH": AHEAD})
    assert await process.wait() == 0, command
    connection = cast("Any", await asyncpg.connect(url))  # pyright: ignore[reportUnknownMemberType]
    try:
        _made.append(str(await connection.fetchval("SELECT version_num FROM alembic_version")))
    finally:
        await connection.close()
    return done


_postgres_schema.migrate_postgres = migrate_ahead  # now, before any conftest takes the name


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.passed and report.when == "call":
        _passed.append(report.nodeid)
    elif not report.passed:
        _others.append(f"{report.outcome}: {report.nodeid}")


def pytest_sessionfinish() -> None:
    told = {"module": minotaur.__file__, "revisions": _made, "passed": _passed, "others": _others}
    TOLD.write_text(json.dumps(told), encoding="utf-8")
