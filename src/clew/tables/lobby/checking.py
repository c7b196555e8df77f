"""Whether the people around a game that was read can be those it is kept with."""

from __future__ import annotations

from clew.sessions.ids import GameId
from clew.tables.lobby.gathering import Gathering
from clew.tables.lobby.members import place_of, seat_at


def check_gathering(at: Gathering, game_id: GameId, join_code: str, *, has_game: bool) -> None:
    """Raises ``ValueError`` with what is wrong. ``has_game``: it has begun."""
    if at.game_id != game_id or at.join_code != join_code:
        raise ValueError(f"it is of game {at.game_id} with join code {at.join_code}")
    if has_game != (at.status in {"active", "concluded"}):
        raise ValueError(f"it is {at.status} {'with' if has_game else 'without'} a game")
    _check_members(at, has_game=has_game)
    at.agreements.check()
    if at.status != "active" and not at.agreements.is_idle:
        raise ValueError(f"it is {at.status}, and something is being agreed on")
    at.events_log.check()


def _check_members(at: Gathering, *, has_game: bool) -> None:
    seats = list(at.seats)
    if not seats or seats != [seat for seat in map(seat_at, range(1, at.places + 1)) if seat in seats]:
        raise ValueError(f"its members are {', '.join(seats[:9]) or 'none'}, in {at.places} seats")
    if has_game and len(seats) != at.places:
        raise ValueError(f"its game began with {len(seats)} of {at.places} seats taken")
    if sorted(at.arrived, key=place_of) != at.people:
        raise ValueError(f"its people are {', '.join(at.people[:9]) or 'none'}, and others arrived")
    if at.host_id not in at.people:
        raise ValueError(f"its host sits in {at.host_id}, and no person does")
    users = {member.user_id for member in at.members if member.user_id is not None}
    if len(users) != len(at.people) or users & set(at.sent_away):
        raise ValueError("somebody sits in it twice, or was sent away")
    kept = [member.player_id for member in at.kept]
    if kept and (
        at.status != "lobby" or set(kept) & set(seats) or not set(kept) <= set(map(seat_at, range(1, at.places + 1)))
    ):
        raise ValueError(f"it keeps seats {', '.join(kept[:9])}, which are none or not empty")
    if len({member.user_id for member in at.kept} - users - {None}) != len(kept):
        raise ValueError("it keeps a seat for nobody, or for somebody who has one")
    if not 0 <= at.bots < at.places:
        raise ValueError("it has too many bots")
