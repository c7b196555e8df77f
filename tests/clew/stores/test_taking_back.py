"""What a release's steps made is taken back by whoever gives it up, and made again, with all that was there before."""

from collections.abc import Sequence
from typing import Final

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.runtime.migration import MigrationContext

from clew.stores.schema.migrating import bring_to, make_transactional
from clew.stores.schema.phases import FOLDER, config_of, migrations_in, missing_after
from clew.stores.schema.revision import NEWEST, RELEASE_BEFORE
from clew.stores.schema.tables import metadata
from tests.kit.postgres import new_database, through_alchemy

STEPS: Final = [RELEASE_BEFORE, *(one.revision for one in missing_after(RELEASE_BEFORE, migrations_in(FOLDER)))]
OF_ADA: Final = "INSERT INTO users VALUES ('ada', 'Ada', 1)"


@pytest.mark.parametrize("revision", STEPS[:-1])
def test_each_step_is_taken_back_and_made_again_on_sqlite(revision: str) -> None:
    engine = sa.create_engine("sqlite://")
    make_transactional(engine)

    with engine.begin() as connection:
        there_and_back(connection, revision)
    engine.dispose()


@pytest.mark.parametrize("revision", STEPS[:-1])
async def test_each_step_is_taken_back_and_made_again_on_postgresql(revision: str) -> None:
    async with new_database(migrated=False) as url:
        await through_alchemy(url, lambda connection: there_and_back(connection, revision))


def there_and_back(connection: sa.Connection, revision: str) -> None:
    """Holds that a schema which went back to this revision is what it was at it, and that forward again nothing is
    missing, with a user in it all the time.
    """
    bring_to(connection, revision)
    connection.execute(sa.text(OF_ADA))
    before = shape(connection)
    bring_to(connection, NEWEST)

    config = config_of(FOLDER)
    config.attributes["connection"] = connection
    downgrade(config, revision)
    back = shape(connection)
    bring_to(connection, NEWEST)

    difference: Sequence[object] = compare_metadata(MigrationContext.configure(connection), metadata)
    assert back == before
    assert difference == []
    assert connection.execute(sa.text("SELECT user_id FROM users")).scalars().all() == ["ada"]


def shape(connection: sa.Connection) -> dict[str, list[str]]:
    """Each table's columns and indexes by name."""
    found = sa.inspect(connection)
    return {
        table: sorted(
            [
                *(column["name"] for column in found.get_columns(table)),
                *(str(index["name"]) for index in found.get_indexes(table)),
            ]
        )
        for table in found.get_table_names()
    }
