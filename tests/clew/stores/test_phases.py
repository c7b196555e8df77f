"""Migrations come in two phases: what the release before can live with, and what waits until none of it is left."""

import re
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from clew.sessions.kinds import FIRST_KIND
from clew.stores.schema import migrating, revision
from clew.stores.schema.migrating import bring_alone, bring_beside, bring_to, make_transactional
from clew.stores.schema.phases import FOLDER, Migration, config_of, leading_before, migrations_in, missing_after
from clew.stores.schema.revision import (
    NEEDED,
    NEWEST,
    RELEASE_BEFORE,
    Migrated,
    OlderNodes,
    ThisRelease,
    is_beyond,
    is_served,
)
from tests.kit.postgres import new_database, through_alchemy

T = TypeVar("T")

NODE_COLUMNS: Final = "node_id text, incarnation int, release text, state_version_max int, lease_expires_at bigint"
MADE_UP: Final = (
    ("0001", "after", f"CREATE TABLE nodes ({NODE_COLUMNS})"),
    ("0002", "after", "CREATE TABLE old (a int)"),
    ("0002.1", "before", "CREATE TABLE new (a int)"),
    ("0002.2", "before", "CREATE INDEX ix_new ON new (a)"),
    ("0003", "after", "DROP TABLE old"),
)
"""A history whose release before ended at 0002. This release adds two steps, and then takes something away."""

SERVING: Final = ThisRelease("0.2.0", {FIRST_KIND: 3})


# --- the folder ------------------------------------------------------------------------------------------------------


def test_every_migration_says_when_it_may_be_applied_and_its_name_says_the_same() -> None:
    for one in migrations_in(FOLDER):
        assert re.fullmatch(r"\d{4}(\.\d+)?", one.revision), one
        assert one.phase == ("before" if "." in one.revision else "after"), one


def test_every_migration_is_in_a_file_of_its_name() -> None:
    known = ScriptDirectory.from_config(config_of(FOLDER)).walk_revisions()
    named = {Path(one.path).name: "v" + one.revision.replace(".", "_") + "_" for one in known}

    assert named
    assert {file: start for file, start in named.items() if not file.startswith(start)} == {}


def test_revisions_rise_and_a_step_stays_in_its_generation() -> None:
    revisions = [one.revision for one in migrations_in(FOLDER)]

    assert revisions[-1] == NEWEST
    for earlier, later in pairwise(revisions):
        (old, _, old_step), (new, _, step) = earlier.partition("."), later.partition(".")
        is_step = int(new) == int(old) and int(step or 0) > int(old_step or 0)
        assert is_step or (int(new), int(step or 0)) == (int(old) + 1, 0), (earlier, later)


def test_in_a_release_all_that_the_one_before_can_live_with_comes_first_and_is_all_that_is_needed() -> None:
    ours = missing_after(RELEASE_BEFORE, migrations_in(FOLDER))
    first = leading_before(ours)

    assert [one for one in ours[len(first) :] if one.phase == "before"] == [], "nobody could serve beside these"
    assert (first[-1].revision if first else RELEASE_BEFORE) == NEEDED


def test_this_release_serves_from_its_schema_before_and_after_its_last_migrations() -> None:
    ours = missing_after(NEEDED, migrations_in(FOLDER))

    assert all(is_served(found) for found in (NEEDED, NEWEST, *(one.revision for one in ours)))
    assert not any(is_beyond(one.revision) for one in ours)


# --- what is applied -------------------------------------------------------------------------------------------------


def test_only_what_comes_before_the_first_that_must_wait_is_led_by() -> None:
    one, two, three = Migration("0002.1", "before"), Migration("0003", "after"), Migration("0003.1", "before")

    assert leading_before([one, two, three]) == [one]
    assert leading_before([two, three]) == []
    assert leading_before([Migration("0002.1", None), one]) == [], "who does not say may be anything"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations that were made up, in a folder, as those of this release."""
    made = tmp_path / "migrations 100%"
    (made / "versions").mkdir(parents=True)
    shutil.copy(FOLDER / "env.py", made / "env.py")
    down = None
    for number, (name, phase, statement) in enumerate(MADE_UP):
        text = f'from alembic import op\nrevision = "{name}"\ndown_revision = {down!r}\nphase = "{phase}"\n'
        text += f'def upgrade():\n    op.execute("{statement}")\n'
        (made / "versions" / f"v{number}.py").write_text(text)
        down = name
    for module in (revision, migrating):
        monkeypatch.setattr(module, "NEWEST", "0003")
    monkeypatch.setattr(revision, "NEEDED", "0002.2")
    return made


@contextmanager
def sqlite() -> Generator[sa.Connection]:
    engine = sa.create_engine("sqlite://")
    make_transactional(engine)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_beside_the_release_before_its_steps_are_applied_and_the_rest_is_named(folder: Path) -> None:
    with sqlite() as connection:
        bring_to(connection, "0002", folder)

        assert bring_beside(connection, folder) == Migrated("0002", "0002.2", left=("0003",))
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version", "nodes", "old", "new"}
        assert bring_beside(connection, folder) == Migrated("0002.2", "0002.2", left=("0003",))

        assert bring_alone(connection, None, folder) == Migrated("0002.2", "0003")
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version", "nodes", "new"}
        assert bring_beside(connection, folder) == Migrated("0003", "0003")


def test_of_a_database_that_is_two_releases_old_nothing_is_applied_that_its_nodes_might_not_live_with(
    folder: Path,
) -> None:
    with sqlite() as connection:
        bring_to(connection, "0001", folder)

        assert bring_beside(connection, folder) == Migrated("0001", "0001", left=("0002", "0002.1", "0002.2", "0003"))


def test_an_empty_database_has_no_release_before_and_gets_all(folder: Path) -> None:
    with sqlite() as connection:
        assert bring_beside(connection, folder) == Migrated(None, "0003")


def test_a_schema_with_one_step_more_is_left_as_it_is(folder: Path) -> None:
    with sqlite() as connection:
        bring_to(connection, "0003", folder)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003.1'")

        assert bring_beside(connection, folder) == Migrated("0003.1", "0003.1")
        assert bring_alone(connection, SERVING, folder) == Migrated("0003.1", "0003.1")


@pytest.mark.parametrize(
    ("label", "reads", "lives", "is_older"),
    [
        ("0.1.0", 2, True, True),
        ("0.1.0+7", 3, True, True),
        ("0.2.0+9", 2, True, True),  # it goes by a newer name, to be given games, and is not
        ("who knows", 3, True, True),
        ("0.1.0", 2, False, False),
        ("0.2.0+1", 3, True, False),
        ("0.2.0", 3, True, False),
        ("0.3.0", 4, True, False),
    ],
)
async def test_what_an_older_node_can_not_live_with_waits_until_it_is_gone(
    folder: Path, label: str, reads: int, lives: bool, is_older: bool
) -> None:
    def work(connection: sa.Connection) -> Migrated | str:
        bring_to(connection, "0002", folder)
        until = "9999999999999" if lives else "1000"
        connection.exec_driver_sql(f"INSERT INTO nodes VALUES ('host-1', 1, '{label}', {reads}, {until})")
        bring_beside(connection, folder)
        try:
            return bring_alone(connection, SERVING, folder)
        except OlderNodes as older:
            return str(older)

    done = await _in_postgres(work)

    if is_older:
        assert done == (
            "0003 may be applied only once no node of an older release is left, and there are: "
            f"host-1 ({label}, reads state v{reads})"
        )
    else:
        assert done == Migrated("0002.2", "0003")


async def test_what_an_older_node_can_live_with_is_applied_beside_it_by_either_command(folder: Path) -> None:
    def work(connection: sa.Connection) -> Migrated:
        bring_to(connection, "0002", folder)
        connection.exec_driver_sql("INSERT INTO nodes VALUES ('host-1', 1, '0.1.0', 1, 9999999999999)")
        (folder / "versions" / "v4.py").unlink()
        return bring_alone(connection, SERVING, folder)

    assert await _in_postgres(work) == Migrated("0002", "0002.2")


async def _in_postgres(work: Callable[[sa.Connection], T]) -> T:
    async with new_database(migrated=False) as url:
        return await through_alchemy(url, work)
