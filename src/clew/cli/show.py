"""What ``clew serve`` prints for the person, or script, that started it."""

import os
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from clew.sessions.records import Progress as ResumeProgress
from clew.sessions.records import Resumed
from clew.wiring.address import Urls
from clew.wiring.proxies import EVERYBODY
from clew.wiring.settings import ServerSettings


class Terminal:
    """Plain lines, and a progress bar while games resume if somebody is watching."""

    def __init__(self, console: Console, title: str) -> None:
        """``title`` is what the program calls itself."""
        self._console = console
        self._title = title
        self._progress: Progress | None = None

    def listening(self, settings: ServerSettings, urls: Urls) -> None:
        if not settings.rate_limits:
            self._say("Rate limits are off: for load tests only. Anybody can keep this server busy.")
        if EVERYBODY in settings.trusted_proxies:
            self._say("Every proxy is trusted: whoever reaches the port may say to come from any address.")
        if self._console.is_terminal:
            self._say(f"Listening at {urls.to_open}, resuming games…")

    def resuming(self, progress: ResumeProgress) -> None:
        if not self._console.is_terminal or not progress.total:
            return
        if self._progress is None:
            columns = (TextColumn("Resuming"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._progress = Progress(*columns, console=self._console, transient=True)
            self._progress.add_task("resume", total=progress.total)
            self._progress.start()
        self._progress.update(self._progress.task_ids[0], completed=progress.done, total=progress.total)

    def ready(self, settings: ServerSettings, urls: Urls, resumed: Resumed) -> None:
        self._end_progress()
        if resumed.sessions:
            self._say("Resumed 1 game." if resumed.sessions == 1 else f"Resumed {resumed.sessions} games.")
        for game_id, reason in resumed.quarantined:
            self._say(f"Put aside: game {game_id} ({reason}). It is kept as it is.")
        self._say(ready_line(self._title, urls.to_open))
        if urls.to_share is not None:
            self._say(f"Share it with others: {urls.to_share}")
        else:
            self._say("Only this machine can reach it. For others on your network: --host 0.0.0.0")
        where = settings.data if settings.database_url is None else "the nodes' database"
        self._say(f"Games are kept in {where}. Ctrl-C stops; they go on at the next start.")

    def stopping(self) -> None:
        self._end_progress()
        self._say("Stopping. Nothing is lost.")

    def _end_progress(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def _say(self, line: str) -> None:
        try:
            self._console.print(line, soft_wrap=True, markup=False, highlight=False)
        except OSError:  # a full disk, a pipe nobody reads: the game goes on without these lines
            _drop_output()


def ready_line(title: str, url: str) -> str:
    """Scripts wait for this line; it stays as it is."""
    return f"{title} is ready at {url}"


def _drop_output() -> None:
    """What can't be written must not be tried again when the process ends, which would then end with an error."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
