"""A data folder is taken as it is named, and a file that is no database is left as it is."""

from pathlib import Path

import pytest

from clew.stores.schema.revision import Unopenable
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in


@pytest.mark.parametrize("name", ["with space", "100%", "why?not=this", "a#b", "Höhle"])
def test_a_folder_may_have_any_name_and_keeps_its_games_inside(name: str, tmp_path: Path) -> None:
    data = tmp_path / name

    with open_data(data_in(data), HandClock()):
        pass

    assert (data / FILE_NAME).is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    found = b"This is somebody's diary.\n" * 400
    (tmp_path / FILE_NAME).write_bytes(found)

    with (
        pytest.raises(Unopenable, match=r"^file is not a database: choose another folder"),
        open_data(data_in(tmp_path), HandClock()),
    ):
        pass

    assert (tmp_path / FILE_NAME).read_bytes() == found
