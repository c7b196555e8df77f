"""The schema comes from the migrations in the package, whole or not at all."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from clew.stores.schema.revision import NEWEST, Migrated, UnknownSchema, Unopenable
from clew.stores.schema.tables import metadata
from clew.stores.sqlite.migrating import migrate_sqlite
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.old_schema import examine_what_was_migrated, leave_old
from tests.kit.store_records import bodies, made, register


def test_an_empty_file_gets_the_newest_schema_and_nothing_the_second_time(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME

    assert migrate_sqlite(path) == Migrated(None, NEWEST)
    before = path.read_bytes()
    assert migrate_sqlite(path) == Migrated(NEWEST, NEWEST)
    assert path.read_bytes() == before


def test_the_migrations_make_exactly_the_tables_of_the_schema(tmp_path: Path) -> None:
    migrate_sqlite(tmp_path / FILE_NAME)

    engine = sa.create_engine(f"sqlite:///{tmp_path / FILE_NAME}")
    with engine.connect() as connection:
        difference: Sequence[object] = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert difference == []


def test_a_schema_from_the_future_is_refused_and_left_alone(tmp_path: Path) -> None:
    migrate_sqlite(tmp_path / FILE_NAME)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (tmp_path / FILE_NAME).read_bytes()

    with pytest.raises(UnknownSchema, match=f"9999 is not known to this release, whose newest is {NEWEST}"):
        migrate_sqlite(tmp_path / FILE_NAME)

    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("CREATE TABLE game_events (in_the_way)")

    with pytest.raises(Unopenable, match="already exists"):
        migrate_sqlite(tmp_path / FILE_NAME)

    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert tables == ["game_events"]


async def test_a_migrated_file_keeps_its_sessions(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path), HandClock()) as store:
        await made(store, "g1", await register(store))

    migrate_sqlite(tmp_path / FILE_NAME)

    with open_data(data_in(tmp_path), HandClock()) as store:
        assert len(await bodies(store, "g1")) == 1


async def test_a_file_of_the_first_release_plays_on(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / FILE_NAME}")
    with engine.begin() as connection:
        leave_old(connection)
    engine.dispose()

    assert migrate_sqlite(tmp_path / FILE_NAME) == Migrated("0001", NEWEST)

    with open_data(data_in(tmp_path), HandClock(7_000)) as store:
        await examine_what_was_migrated(store)
