"""What a folder remembers of the games it was served with."""

from pathlib import Path

import pytest

from clew.wiring.remembered import NAMES_MAX, remember_games, remembered_games

NAMES = ("bids.game:Bids", "hanabi.game:Hanabi")


def test_the_names_that_were_given_last_are_remembered(tmp_path: Path) -> None:
    remember_games(tmp_path, "clew", ("old.game:Old",))
    remember_games(tmp_path, "clew", NAMES)

    assert remembered_games(tmp_path, "clew") == NAMES
    assert [path.name for path in tmp_path.iterdir()] == ["clew.games"]


def test_another_program_and_another_folder_remember_nothing_of_them(tmp_path: Path) -> None:
    remember_games(tmp_path, "clew", NAMES)

    assert remembered_games(tmp_path, "medusa") == ()
    assert remembered_games(tmp_path / "nowhere", "clew") == ()


@pytest.mark.parametrize(
    "found", [b"", b"[", b"{}", b"[1]", b"\xff", b'["os"]', b'["a:b", "__import__(1):X"]', b'["a.b:C d"]']
)
def test_what_something_else_wrote_there_is_not_taken_for_names(found: bytes, tmp_path: Path) -> None:
    (tmp_path / "clew.games").write_bytes(found)

    assert remembered_games(tmp_path, "clew") == ()


def test_more_than_anybody_serves_are_not_kept(tmp_path: Path) -> None:
    remember_games(tmp_path, "clew", tuple(f"game:G{number}" for number in range(NAMES_MAX + 1)))

    assert len(remembered_games(tmp_path, "clew")) == NAMES_MAX


def test_a_folder_that_cannot_be_written_to_is_served_all_the_same(tmp_path: Path) -> None:
    remember_games(tmp_path / "gone", "clew", NAMES)

    assert remembered_games(tmp_path / "gone", "clew") == ()
