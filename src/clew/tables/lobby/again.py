"""The same people once more: who makes a rematch, what it follows, and who else is to sit where."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from clew.people.names import told_apart
from clew.people.user import User
from clew.sessions.ids import GameId
from clew.sessions.records import Refused
from clew.tables.lobby.gathering import Gathering
from clew.tables.lobby.members import Member


class Again(NamedTuple):
    """The people of a rematch, as the event that makes it has them: each in the seat they had, and bots as before."""

    host: Member
    others: tuple[Member, ...]
    follows: GameId


def again(at: Gathering, user: User) -> Again | Refused:
    """This user has the game once more, if it is over and they sat in it, however it ended for them."""
    if at.status == "canceled":
        return Refused("game_canceled", "This game was called off.")
    if at.status != "concluded":
        return Refused("game_not_over", "The game is not over yet.")
    seated = at.member_of(user.user_id)
    if seated is None:
        return Refused("not_playing", "Only those who played can have it once more.")
    others = tuple(member for member in at.members if member != seated)
    name = told_apart(user.display_name, [member.display_name for member in others])
    return Again(replace(seated, display_name=name), others, at.game_id)
