"""A start looks at the schema first, and loads the migrations only where they have work to do."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clew.stores.schema import revision
from clew.stores.schema.revision import (
    NEEDED,
    NEWEST,
    Migrated,
    SchemaBehind,
    UnknownSchema,
    is_ahead,
    is_beyond,
    is_served,
)
from clew.stores.sqlite.beside import open_beside
from clew.stores.sqlite.migrating import migrate_sqlite
from clew.stores.sqlite.schema import bring_up_to_date
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in

OPEN_AND_LIST_MODULES = """
import sys
from pathlib import Path
from clew.stores.folder import DataFolder
from clew.stores.sqlite.store import open_data
from clew.wiring.clock import RealClock
with open_data(DataFolder(Path(sys.argv[1]), "minotaur"), RealClock()):
    print(sorted({name.partition(".")[0] for name in sys.modules} & {"alembic", "sqlalchemy"}))
"""


def modules_loaded_to_open(folder: Path) -> str:
    command = [sys.executable, "-c", OPEN_AND_LIST_MODULES, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_the_newest_revision_is_the_last_migration(tmp_path: Path) -> None:
    assert migrate_sqlite(tmp_path / FILE_NAME).after == NEWEST


def test_what_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path / FILE_NAME)

    assert bring_up_to_date(tmp_path / FILE_NAME) == Migrated(NEWEST, NEWEST)


@pytest.fixture
def amid_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release whose newest schema is 0007.10, and that can serve from 0007.9 on."""
    monkeypatch.setattr(revision, "NEEDED", "0007.9")
    monkeypatch.setattr(revision, "NEWEST", "0007.10")


@pytest.mark.usefixtures("amid_steps")
@pytest.mark.parametrize(
    ("found", "served", "beyond", "ahead"),
    [
        ("0006.11", False, False, False),
        ("0007", False, False, False),
        ("0007.8", False, False, False),
        ("0007.9", True, False, False),
        ("0007.10", True, False, False),
        ("0007.11", True, False, True),
        ("0008", False, True, True),
        ("0008.1", False, True, True),
        ("ae1027a6acf", False, True, True),
    ],
)
def test_a_release_serves_from_what_it_needs_up_to_the_end_of_its_generation(
    found: str, served: bool, beyond: bool, ahead: bool
) -> None:
    assert (is_served(found), is_beyond(found), is_ahead(found)) == (served, beyond, ahead)


def test_a_schema_with_one_step_more_is_served_from_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    bring_up_to_date(path)
    later = f"{NEWEST.partition('.')[0]}.99"
    _say_it_is_at(path, later)

    assert bring_up_to_date(path) == Migrated(later, later)
    assert migrate_sqlite(path) == Migrated(later, later)
    with open_data(data_in(tmp_path), HandClock()), open_beside(data_in(tmp_path), HandClock(), read_only=True):
        pass


def test_an_operator_beside_the_server_is_told_of_a_schema_that_does_not_fit(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path / FILE_NAME)

    _say_it_is_at(tmp_path / FILE_NAME, "0001")
    with (
        pytest.raises(SchemaBehind, match=f"has schema revision 0001, this release needs {NEEDED}"),
        open_beside(data_in(tmp_path), HandClock(), read_only=True),
    ):
        pass

    _say_it_is_at(tmp_path / FILE_NAME, "9999")
    with pytest.raises(UnknownSchema, match="9999"), open_beside(data_in(tmp_path), HandClock(), read_only=True):
        pass


def _say_it_is_at(path: Path, found: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (found,))


def test_a_second_start_does_not_load_the_migrations(tmp_path: Path) -> None:
    assert modules_loaded_to_open(tmp_path) == "['alembic', 'sqlalchemy']"

    assert modules_loaded_to_open(tmp_path) == "[]"


def test_only_its_owner_reads_a_file_made_here(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path), HandClock()):
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob(f"{FILE_NAME}*")}

    assert set(modes) >= {FILE_NAME, f"{FILE_NAME}-wal"}
    assert set(modes.values()) == {0o600}
