"""The runtime's wing speaks of no game by name, but where stored bytes or a deploy hang on it (decision 0107)."""

import re
from typing import Final

from tests.architecture.tree import SOURCE

EXPLAINED: Final = {
    ("sessions/kinds.py", '"minotaur"'),
    ("stores/schema/tables.py", '"minotaur"'),
    ("stores/schema/migrations/versions/v0002_6_kinds.py", '"minotaur"'),
    ("stores/postgres/lifelines.py", "'minotaur lifeline '"),
    ("stores/postgres/nodes.py", "'minotaur node '"),
    ("wiring/secret.py", '"minotaur print"'),
}
_QUOTED: Final = re.compile(r"""["'][^"']*minotaur[^"']*["']""")


def test_the_runtime_names_the_game_only_where_the_decision_says_why() -> None:
    found = [
        (path.relative_to(SOURCE / "clew").as_posix(), said(line))
        for path in (SOURCE / "clew").rglob("*.py")
        for line in path.read_text().splitlines()
        if "minotaur" in line.lower()
    ]

    assert set(found) == EXPLAINED and len(found) == len(EXPLAINED)


def said(line: str) -> str:
    """The text in a line that names the game, or the line where it is no text."""
    quoted = _QUOTED.search(line)
    return line if quoted is None else quoted.group()
