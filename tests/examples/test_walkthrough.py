"""Who follows a document notices whatever is not as it says."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit import walkthrough
from tests.kit.walkthrough import Command, Terminal, changed, follow, steps_of


@pytest.fixture
async def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Terminal]:
    monkeypatch.setattr(walkthrough, "SEEN_WITHIN_S", 3.0)
    terminal = await Terminal.open(tmp_path, {"PATH": os.environ["PATH"]})
    try:
        yield terminal
    finally:
        await terminal.close()


async def test_files_changes_commands_and_hands_come_in_the_order_of_the_page(
    tmp_path: Path, terminal: Terminal
) -> None:
    document = (
        "```text title=a/b.txt\none\ntwo\nthree\n```\n\n```diff title=a/b.txt\n one\n-two\n+2\n```\n"
        "```console\n$ cat a/b.txt\none\n2\nth…e\n$ echo done\ndone\n```\n<!-- by hand: look -->\n"
    )
    looked: list[str] = []

    async def look() -> None:
        looked.append((tmp_path / "a" / "b.txt").read_text())

    await follow(document, tmp_path, terminal, {"look": look})

    assert looked == ["one\n2\nthree\n"]


@pytest.mark.parametrize(
    "command",
    [Command("echo other", ("what it says",)), Command("false", ()), Command("printf 'b\\na\\n'", ("a", "b"))],
)
async def test_what_is_not_seen_and_what_fails_is_noticed(terminal: Terminal, command: Command) -> None:
    with pytest.raises(AssertionError):
        await terminal.type(command)


async def test_a_job_runs_on_until_it_is_killed(terminal: Terminal) -> None:
    await terminal.type(Command("sh -c 'echo up; exec sleep 60' &", ("up",)))

    await terminal.type(Command("kill -9 %1", ()))

    await terminal.type(Command("wait; jobs -r | wc -l", ("0",)))


def test_a_change_that_fits_nowhere_is_noticed() -> None:
    with pytest.raises(AssertionError, match="0 times"):
        changed("one\n", ("-two", "+2"))


def test_blocks_that_only_show_something_are_not_followed() -> None:
    assert list(steps_of("```python\nprint()\n```\n")) == []
