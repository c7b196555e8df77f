"""What can be done with a game where it runs: the verbs at its owner."""

from typing import assert_never

from clew.people.user import User
from clew.sessions.host import Host
from clew.sessions.ids import GameId, UserId
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.records import Acknowledged
from clew.sessions.records import Refused as RefusedBySession
from clew.wire.errors import ERRORS, ApiError
from clew.wire.http import Joined
from clew.wire.shapes import ErrorBody
from clew.wire.socket import Accepted, ReadyMessage, Refused, ResignMessage
from minotaur.play import views
from minotaur.play.calls import PlayCommand
from minotaur.play.match import Cancel, Join, Lapse, Match, MatchCommand, MatchEvent, Start
from minotaur.play.replay import settings_of
from minotaur.play.resuming import Past
from minotaur.play.wire import PlanMessage
from minotaur.play.wire_http import GameInfo
from minotaur.rules.commands import Ready, RegisterPlan, Resign
from minotaur.rules.names import PlayerId

MatchHost = Host[Match, MatchCommand, MatchEvent]


class Verbs:
    """All raise the host's faults, ``Moved`` among them, and ``ApiError`` for what the asker has to be told."""

    def __init__(self, host: MatchHost) -> None:
        self._host = host

    async def info(self, game_id: GameId, user_id: UserId | None) -> GameInfo:
        """What everyone may know, and which seat the asker has."""
        return info_of((await self._host.look(game_id)).state, user_id)

    async def join(self, game_id: GameId, user_id: UserId, display_name: str) -> Joined:
        """A seat; who has one already gets the same, after the end too. Raises ``game_full``, ``game_started``, …"""
        member = (await self._host.look(game_id)).state.member_of(user_id)
        if member is None:
            answer = await self._host.post(game_id, Join(user_id, display_name))
            if isinstance(answer, RefusedBySession):
                raise ApiError(answer.code, answer.message, answer.details)
            member = (await self._host.look(game_id)).state.member_of(user_id)
        assert member is not None, "who joined has a seat"
        return Joined(game_id, member.player_id)

    async def start(self, game_id: GameId, user_id: UserId, command_id: str) -> None:
        """The host begins; bots take the empty seats. Raises ``not_host``, ``too_few_players``, …"""
        await self._post_once(game_id, Start(user_id), user_id, command_id)

    async def cancel(self, game_id: GameId, user_id: UserId, command_id: str) -> None:
        """The host calls it off, in the lobby. Raises ``not_host``, ``game_started``, …"""
        await self._post_once(game_id, Cancel(user_id), user_id, command_id)

    async def lapse(self, game_id: GameId) -> bool:
        """Call off a lobby where nobody watches; whether it was."""
        await self._host.look(game_id)
        if self._host.is_watched(game_id):
            return False
        return isinstance(await self._host.post(game_id, Lapse()), Acknowledged)

    async def say(self, game_id: GameId, user_id: UserId | None, command: PlayCommand) -> Accepted | Refused:
        """A player's command; who has no seat is refused."""
        seat = await self._seat(game_id, user_id)
        if seat is None:
            return Refused(command.command_id, ErrorBody("not_playing", ERRORS["not_playing"].message))
        answer = await self._host.post(
            game_id, _command(command, seat), player_id=SeatId(seat), command_id=command.command_id
        )
        if isinstance(answer, Acknowledged):
            return Accepted(command.command_id, await self._number_at(game_id, answer.seq, seat))
        return Refused(command.command_id, ErrorBody(answer.code, answer.message, answer.details))

    async def _number_at(self, game_id: GameId, entry: int, seat: PlayerId) -> int:
        """What this player was told by then, whenever it is asked: the journal's number would tell what others do."""
        seen = await self._host.look(game_id)
        log = seen.state.events_log
        if seen.seq == entry or (log.is_own(entry) and not log.was_told_since(seat, entry)):
            return log.last_number(seat, entry)  # always so but for what is asked again: nothing has to be counted back
        return await Past(self._host.journal, game_id, log, seen.seq, seat).number_at(entry)

    async def _post_once(self, game_id: GameId, command: MatchCommand, user_id: UserId, command_id: str) -> None:
        seat = await self._seat(game_id, user_id)
        answer = await self._host.post(
            game_id, command, player_id=None if seat is None else SeatId(seat), command_id=command_id
        )
        if isinstance(answer, RefusedBySession):
            raise ApiError(answer.code, answer.message, answer.details)

    async def _seat(self, game_id: GameId, user_id: UserId | None) -> PlayerId | None:
        match = (await self._host.look(game_id)).state
        member = None if user_id is None else match.member_of(user_id)
        return None if member is None else member.player_id


def info_of(match: Match, user_id: UserId | None) -> GameInfo:
    """A game as the listings show it, to this user."""
    seat = None if user_id is None else match.member_of(user_id)
    return GameInfo(
        game_id=match.game_id,
        join_code=match.join_code,
        game_status=match.status,
        latest_round=0 if match.game is None else match.game.round,
        round_ends_at=views.round_ends_at(match),
        players=views.players_of(match),
        winner_id=None if match.game is None else match.game.winner_id,
        settings=settings_of(match),
        preset=match.settings.preset,
        seats=match.settings.seats,
        bots=match.bots,
        host_id=match.host.player_id,
        you=None if seat is None else seat.player_id,
        seed_chosen=match.seed_chosen,
        over_why=None if match.game is None else match.game.over_why,
    )


def guest(user: User | None) -> UserId | None:
    """Whose eyes: None for somebody without a name."""
    return None if user is None else user.user_id


def _command(message: PlayCommand, player: PlayerId) -> MatchCommand:
    match message:
        case PlanMessage():
            return RegisterPlan(player, message.round, message.steps)
        case ReadyMessage():
            return Ready(player, message.round)
        case ResignMessage():
            return Resign(player)
        case _:
            assert_never(message)
