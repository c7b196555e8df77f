"""Logs that are told line by line as they grow."""

from pathlib import Path

from clew.local import following
from clew.local.following import LogTail


def test_lines_are_told_once_they_are_whole_from_now_on_and_from_new_files_too(tmp_path: Path) -> None:
    old = tmp_path / "node-1.log"
    old.write_text("said before\n")
    told = list[tuple[str, str]]()
    follower = LogTail(tmp_path, lambda name, line: told.append((name, line)))

    with old.open("a") as file:
        file.write("one\nhalf")
    (tmp_path / "node-2.log").write_text("two\n")
    follower.look()
    with old.open("a") as file:
        file.write(" a line\n")
    follower.look()
    follower.look()

    assert told == [("node-1", "one"), ("node-2", "two"), ("node-1", "half a line")]


def test_a_line_without_end_is_cut(tmp_path: Path) -> None:
    told = list[str]()
    follower = LogTail(tmp_path, lambda _, line: told.append(line))
    (tmp_path / "node-1.log").write_text("x" * (following.READ_BYTES_MAX + 10) + "\n")

    follower.look()
    follower.look()

    assert [len(line) for line in told] == [following.READ_BYTES_MAX, 10]
