"""A start looks at the schema first, and loads the migrations only where they have work to do."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from minotaur.stores.migrating import migrate_sqlite
from minotaur.stores.revision import NEWEST, Migrated, bring_up_to_date, is_newest
from minotaur.stores.sqlite import FILE_NAME, open_data
from tests.kit.hand_clock import HandClock

OPEN_AND_LIST_MODULES = """
import sys
from pathlib import Path
from minotaur.stores.sqlite import open_data
from minotaur.wiring.clock import RealClock
with open_data(Path(sys.argv[1]), RealClock()):
    print(sorted({name.partition(".")[0] for name in sys.modules} & {"alembic", "sqlalchemy"}))
"""


def modules_loaded_to_open(folder: Path) -> str:
    command = [sys.executable, "-c", OPEN_AND_LIST_MODULES, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_the_newest_revision_is_the_last_migration(tmp_path: Path) -> None:
    assert migrate_sqlite(tmp_path / FILE_NAME).after == NEWEST
    assert is_newest(tmp_path / FILE_NAME)


def test_what_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path / FILE_NAME)

    assert bring_up_to_date(tmp_path / FILE_NAME) == Migrated(NEWEST, NEWEST)


def test_an_older_or_newer_or_broken_schema_is_not_the_newest(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    assert not is_newest(path)
    assert not path.exists()

    migrate_sqlite(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    assert not is_newest(path)

    path.write_bytes(b"no database")
    assert not is_newest(path)


def test_a_second_start_does_not_load_the_migrations(tmp_path: Path) -> None:
    assert modules_loaded_to_open(tmp_path) == "['alembic', 'sqlalchemy']"

    assert modules_loaded_to_open(tmp_path) == "[]"


def test_only_its_owner_reads_a_file_made_here(tmp_path: Path) -> None:
    with open_data(tmp_path, HandClock()):
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob(f"{FILE_NAME}*")}

    assert set(modes) >= {FILE_NAME, f"{FILE_NAME}-wal"}
    assert set(modes.values()) == {0o600}
