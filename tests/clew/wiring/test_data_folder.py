"""A data folder is brought up to date, and one that can't be served from is told of in one line."""

from pathlib import Path

import pytest

from clew.wiring.faults import CannotStart
from clew.wiring.storage import migrate_storage, open_storage
from tests.kit.data import FILE_NAME, data_in


def test_a_schema_is_brought_up_to_date_once(tmp_path: Path) -> None:
    first = migrate_storage(data_in(tmp_path))

    second = migrate_storage(data_in(tmp_path))

    assert first.before is None
    assert second.before == second.after == first.after


def test_a_file_that_is_no_database_is_told_of_in_one_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"This is somebody's diary.\n" * 400)

    with pytest.raises(CannotStart, match="cannot be opened: file is not a database") as told:
        migrate_storage(data_in(tmp_path))

    assert "\n" not in str(told.value)


def test_a_second_server_on_one_folder_is_told_where_the_first_is(tmp_path: Path) -> None:
    with (
        open_storage(data_in(tmp_path), "http://127.0.0.1:8765"),
        pytest.raises(CannotStart, match=r"http://127\.0\.0\.1:8765"),
    ):
        migrate_storage(data_in(tmp_path))
