"""Who is in a replay, as a terminal shows them: by their seat's number and colour, by a name that is only a name."""

from collections.abc import Sequence
from typing import Final

from rich.text import Text

from minotaur.play.picture import HUES
from minotaur.play.wire_replay import ReplayMember
from minotaur.rules.names import MINOTAUR, PlayerId

BLOOD: Final = "#e5484d"


class Cast:
    """The players of one game, in the order of their seats, and the Minotaur."""

    def __init__(self, members: Sequence[ReplayMember]) -> None:
        self._names = {member.player_id: _plain(member.display_name) for member in members}
        self._numbers = {member.player_id: number for number, member in enumerate(members, 1)}

    def name(self, who: str) -> str:
        return "the Minotaur" if who == MINOTAUR else self._names.get(who, "somebody")

    def names(self, those: Sequence[str]) -> str:
        """``Ada, Bo and the Minotaur``."""
        words = [self.name(who) for who in those]
        return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

    def mark(self, who: str) -> Text:
        """One character: the seat's number, ``M`` for the Minotaur."""
        if who == MINOTAUR:
            return Text("M", f"bold {BLOOD}")
        number = self._numbers.get(who, 0)
        return Text(str(number), f"bold {HUES[(number - 1) % len(HUES)]}")

    def find(self, asked: str) -> list[PlayerId]:
        """Those meant by a seat's number, a player's id, or a name (large and small letters alike)."""
        wanted = asked.casefold()
        return [
            PlayerId(player)
            for player, name in self._names.items()
            if wanted in {player, str(self._numbers[player])} or name.casefold() == wanted
        ]


def _plain(name: str) -> str:
    """A file may hold anything, and a terminal obeys what it is sent."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
