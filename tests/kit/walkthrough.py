"""A document followed as its reader would: files written, changes made, commands typed into one shell, output compared.

* A fenced block whose first line says ``title=PATH`` is that file; one of ``diff`` with a title is a change to it.
* In a block of ``console``, a line that begins with ``$`` is typed, and those below it are what must be seen, in that
  order, among whatever else is printed; ``…`` stands for anything.
* A comment ``<!-- by hand: NAME -->`` is where the reader does something with their own hands: the caller knows what.
"""

import asyncio
import os
import re
import signal
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TypeAlias, assert_never

FENCE: Final = re.compile(r"^```(\w+)(?: title=(\S+))?\n(.*?)^```$|^<!-- by hand: (.+?) -->$", re.MULTILINE | re.DOTALL)
SEEN_WITHIN_S: Final = 90.0
"""Loaded machines are slow, and what hangs is to be found out."""


@dataclass(frozen=True)
class File:
    """A file the reader writes."""

    path: str
    text: str


@dataclass(frozen=True)
class Change:
    """A change the reader makes: lines with a sign and lines around them, as ``diff -u`` has them."""

    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Command:
    """What the reader types, and lines that they see then."""

    typed: str
    seen: tuple[str, ...]


@dataclass(frozen=True)
class ByHand:
    """What no command does."""

    name: str


Step: TypeAlias = File | Change | Command | ByHand
Hands: TypeAlias = Mapping[str, Callable[[], Awaitable[None]]]


def steps_of(document: str) -> Iterator[Step]:
    """What a reader does, in order. Blocks of other languages are read, not done."""
    for language, title, body, by_hand in FENCE.findall(document):
        if by_hand:
            yield ByHand(by_hand)
        elif language == "console":
            yield from _commands_of(body)
        elif title:
            yield Change(title, tuple(body.splitlines())) if language == "diff" else File(title, body)


def changed(text: str, lines: tuple[str, ...]) -> str:
    """The text with every hunk of a change made. Raises ``AssertionError`` where a hunk fits no place, or several."""
    for hunk in "\n".join(lines).split("\n...\n"):
        marked = hunk.splitlines()
        before = "".join(f"{line[1:]}\n" for line in marked if line[:1] != "+")
        after = "".join(f"{line[1:]}\n" for line in marked if line[:1] != "-")
        assert text.count(before) == 1, f"this is there {text.count(before)} times:\n{before}"
        text = text.replace(before, after)
    return text


class Terminal:
    """One shell, in which jobs can be left running; what they print is kept."""

    def __init__(self, shell: asyncio.subprocess.Process) -> None:
        self._shell = shell
        self._output = ""
        self._more = asyncio.Event()
        self._count = 0
        self._reader = asyncio.get_running_loop().create_task(self._read(), name="terminal")

    @classmethod
    async def open(cls, folder: Path, environment: Mapping[str, str]) -> Self:
        shell = await asyncio.create_subprocess_exec(
            "bash", "-m", cwd=folder, env=environment, stdin=PIPE, stdout=PIPE, stderr=STDOUT, start_new_session=True
        )
        return cls(shell)

    async def type(self, command: Command) -> None:
        """Until it has ended with 0, or runs on by itself, and all was seen that should be."""
        assert self._shell.stdin is not None, "it was opened with one"
        start = len(self._output)
        self._count += 1
        end = f"-- {self._count} ended with"
        self._shell.stdin.write(f'{command.typed}\necho "{end} $?"\n'.encode())
        pattern = re.compile(r".*?".join(map(_pattern_of, command.seen)), re.DOTALL | re.MULTILINE)
        await self._until(lambda: re.search(rf"^{end} \d+$", self._output[start:], re.MULTILINE), command, start)
        ended = re.search(rf"^{end} (\d+)$", self._output[start:], re.MULTILINE)
        assert ended is not None and ended.group(1) == "0", f"{command.typed}\n{self._output[start:]}"
        await self._until(lambda: pattern.search(self._output[start:]), command, start)

    async def close(self) -> None:
        """The shell, and every job that it still has."""
        for number in _session_of(self._shell.pid):
            os.kill(number, signal.SIGKILL)
        await self._shell.wait()
        await self._reader

    async def _read(self) -> None:
        assert self._shell.stdout is not None, "it was opened with one"
        while read := await self._shell.stdout.read(65_536):
            self._output += read.decode(errors="replace")
            self._more.set()

    async def _until(self, found: Callable[[], object], command: Command, start: int) -> None:
        try:
            async with asyncio.timeout(SEEN_WITHIN_S):
                while not found():
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            wanted = "\n".join(command.seen)
            raise AssertionError(f"{command.typed}\n{self._output[start:]}\n-- should be seen:\n{wanted}") from None


async def follow(document: str, folder: Path, terminal: Terminal, hands: Hands) -> None:
    """Do all that a document says, in this folder."""
    for step in steps_of(document):
        match step:
            case File(path, text):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")
            case Change(path, lines):
                before = (folder / path).read_text(encoding="utf-8")
                (folder / path).write_text(changed(before, lines), encoding="utf-8")
            case Command():
                await terminal.type(step)
            case ByHand(name):
                await hands[name]()
            case _:
                assert_never(step)


def _commands_of(block: str) -> Iterator[Command]:
    typed, seen = "", list[str]()
    for line in block.splitlines():
        if line.startswith("$ "):
            if typed:
                yield Command(typed, tuple(seen))
            typed, seen = line.removeprefix("$ "), []
        elif line.strip():
            assert typed, f"nothing was typed before {line!r}"
            seen.append(line)
    if typed:
        yield Command(typed, tuple(seen))


def _pattern_of(line: str) -> str:
    """The beginning of a line. Blanks are as wide as the terminal makes them."""
    words = [r"\s+".join(map(re.escape, part.split())) for part in line.split("…")]
    return r"^[ \t]*" + r"[^\n]*?".join(words)


def _session_of(leader: int) -> list[int]:
    """The processes of a shell's session, the shell too."""
    members: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[3]) == leader:
                members.append(int(entry.name))
    return members
