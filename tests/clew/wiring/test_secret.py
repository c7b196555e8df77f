"""The secret key is made once and is nobody else's business."""

import stat
from pathlib import Path

import pytest

from clew.wiring.secret import KEY_FILE, SECRET_BYTES, BadSecret, read_or_make_secret


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    made = read_or_make_secret(tmp_path)
    again = read_or_make_secret(tmp_path)

    assert made == again
    assert len(made) == SECRET_BYTES
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_two_folders_have_two_keys(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert read_or_make_secret(tmp_path / "a") != read_or_make_secret(tmp_path / "b")


def test_a_key_that_others_may_read_is_made_private_again(tmp_path: Path) -> None:
    made = read_or_make_secret(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)

    again = read_or_make_secret(tmp_path)

    assert again == made
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 64])
def test_a_damaged_key_is_never_replaced_in_silence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(content)

    with pytest.raises(BadSecret, match=KEY_FILE):
        read_or_make_secret(tmp_path)

    assert (tmp_path / KEY_FILE).read_bytes() == content
