"""How much of something there is, in words, and how much of it is done, while somebody watches."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TransferSpeedColumn


def counted(number: int, one: str, several: str | None = None) -> str:
    """So many, with the right word for it."""
    return f"1 {one}" if number == 1 else f"{number:,} {several or f'{one}s'}"


@contextmanager
def bytes_shown(doing: str, size: int | None) -> Generator[Callable[[int], None]]:
    """Call it with the bytes that are done; a terminal shows a bar. ``size``: all of them, where that is known."""
    columns = (SpinnerColumn(), TextColumn(doing), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as shown:
        task = shown.add_task(doing, total=size)
        yield lambda done: shown.update(task, completed=done)
