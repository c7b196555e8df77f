"""Keys, one by one, as they are pressed: from now to the end nothing that is typed is shown or waits for *Enter*."""

import os
import select
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

import typer

LEAVE: Final = "q"
_ESCAPE: Final = b"\x1b"
_SEQUENCE_WITHIN_S: Final = 0.05
"""An arrow comes as an escape and what follows at once; the key *Escape* comes alone."""
_SEQUENCE_BYTES_MAX: Final = 8

if sys.platform == "win32":

    @contextmanager
    def pressed() -> Generator[Callable[[], str]]:
        """Gives what waits for the next key. What ends the input is like ``LEAVE``."""

        def key() -> str:
            try:
                return typer.getchar()
            except (EOFError, KeyboardInterrupt):
                return LEAVE

        yield key

else:
    import termios
    import tty

    @contextmanager
    def pressed() -> Generator[Callable[[], str]]:
        """Gives what waits for the next key. What ends the input is like ``LEAVE``."""
        keyboard = sys.stdin.fileno()
        before = termios.tcgetattr(keyboard)
        # Once for all keys, and without a flush: whoever types faster than a page is drawn loses none.
        tty.setcbreak(keyboard, termios.TCSADRAIN)
        try:
            yield lambda: _key(keyboard)
        finally:
            termios.tcsetattr(keyboard, termios.TCSADRAIN, before)

    def _key(keyboard: int) -> str:
        try:
            key = os.read(keyboard, 1)
        except KeyboardInterrupt:
            return LEAVE
        if key == _ESCAPE:
            while len(key) < _SEQUENCE_BYTES_MAX and not key[1:].strip(b"[O").isalpha():
                if not select.select([keyboard], [], [], _SEQUENCE_WITHIN_S)[0]:
                    break
                key += os.read(keyboard, 1)
        return key.decode(errors="replace") or LEAVE
