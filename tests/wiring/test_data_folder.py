"""A data folder is taken as it is named, and what can't be served from is told in one line."""

from pathlib import Path

import pytest

from minotaur.stores.sqlite import FILE_NAME
from minotaur.wiring.faults import CannotStart
from minotaur.wiring.storage import migrate_storage, open_storage


@pytest.mark.parametrize("name", ["with space", "100%", "why?not=this", "a#b", "Höhle"])
def test_a_folder_may_have_any_name_and_keeps_its_games_inside(name: str, tmp_path: Path) -> None:
    data = tmp_path / name

    with open_storage(data, "http://127.0.0.1:1"):
        pass

    assert (data / FILE_NAME).is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_schema_is_brought_up_to_date_once(tmp_path: Path) -> None:
    first = migrate_storage(tmp_path)

    second = migrate_storage(tmp_path)

    assert first.before is None
    assert second.before == second.after == first.after


def test_a_file_that_is_no_database_is_told_in_one_line_and_left_as_it_is(tmp_path: Path) -> None:
    found = b"This is somebody's diary.\n" * 400
    (tmp_path / FILE_NAME).write_bytes(found)

    with pytest.raises(CannotStart, match="cannot be opened: file is not a database") as told:
        migrate_storage(tmp_path)

    assert "\n" not in str(told.value)
    assert (tmp_path / FILE_NAME).read_bytes() == found


def test_a_second_server_on_one_folder_is_told_where_the_first_is(tmp_path: Path) -> None:
    with open_storage(tmp_path, "http://127.0.0.1:8765"), pytest.raises(CannotStart, match=r"http://127\.0\.0\.1:8765"):
        migrate_storage(tmp_path)
