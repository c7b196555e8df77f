"""Which games a folder was served with last, by the names that were given: so that nobody has to give them again."""

import os
import re
from pathlib import Path
from typing import Final

import msgspec

NAMES_MAX: Final = 64
"""More are not remembered: whoever serves so many names them."""
_NAME: Final = re.compile(r"[\w.]{1,200}:\w{1,200}")
_NAMES: Final = msgspec.json.Decoder(list[str])


def remember_games(folder: Path, program: str, names: tuple[str, ...]) -> None:
    """Keep them in a folder that this process holds. Where it can't be written to they are not remembered."""
    path = _file(folder, program)
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        beside.write_bytes(msgspec.json.encode(names[:NAMES_MAX]) + b"\n")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)


def remembered_games(folder: Path, program: str) -> tuple[str, ...]:
    """Those that were kept there; none where there are none, or something else wrote them."""
    try:
        names = _NAMES.decode(_file(folder, program).read_bytes())
    except (OSError, msgspec.DecodeError):
        return ()
    return tuple(names) if all(map(_NAME.fullmatch, names)) else ()


def _file(folder: Path, program: str) -> Path:
    return folder / f"{program}.games"
