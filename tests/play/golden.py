"""The bytes of each released version of a match and its events, and how the first ones were made.

    python -m tests.play.golden

writes the files of the present version. Once a version is released its files are never written again: newer code has to
read them as they are.
"""

from pathlib import Path
from typing import Final

from minotaur.play.codec import EVENT_VERSION, STATE_VERSION, MatchCodec
from minotaur.rules.settings import labyrinth
from tests.play.driving import Action, Table

FOLDER: Final = Path(__file__).parent / "golden"
SEED: Final = 2

_SETTINGS: Final = labyrinth(
    4, radius=3, health=15, minotaur_health=6, minotaur_damage=1, collapse_first=3, collapse_every=2, autopilot_after=2
)
_SCRIPT: Final[tuple[Action, ...]] = (
    ("plan", 0, (1, 2)),
    ("plan", 1, (3, 4)),
    ("ready", 0, ()),
    ("credit", 0, (5,)),
    ("end", 0, ()),
    ("plan", 2, (7, 7, 7)),
    ("end", 0, ()),
    ("plan", 0, (6, 5)),
    ("end", 0, ()),
    ("resign", 1, ()),
)


def played() -> Table:
    """A match in which everything happens that can happen: three people, a bot, a short and violent game."""
    table = Table.laid(_SETTINGS, SEED)
    table.start(humans=3)
    for action in _SCRIPT:
        table.act(action)
    table.play_out()
    return table


def state_path(version: int) -> Path:
    return FOLDER / f"states-{version}.jsonl"


def events_path(version: int) -> Path:
    return FOLDER / f"events-{version}.jsonl"


def write() -> None:
    """The state after every commit, and every event, one a line."""
    codec, table = MatchCodec(), played()
    FOLDER.mkdir(exist_ok=True)
    states = [codec.encode_state(commit.after) for commit in table.commits]
    events = [codec.encode_event(entry.event) for entry in table.journal if entry.event is not None]
    state_path(STATE_VERSION).write_bytes(b"".join(line + b"\n" for line in states))
    events_path(EVENT_VERSION).write_bytes(b"".join(line + b"\n" for line in events))


if __name__ == "__main__":
    write()
