"""What can be done with a game where it runs: one place for every call, whichever node it comes from."""

import asyncio
from typing import Any, assert_never

from clew.gateway.attendance import Attendances
from clew.gateway.calls import (
    AgainCall,
    CancelCall,
    GameCall,
    HereCall,
    InfoCall,
    JoinCall,
    LapseCall,
    OrderCall,
    SayCall,
    StartCall,
    TalkCall,
)
from clew.gateway.ports import AnyGame, AnyHost, Fresh
from clew.gateway.talking import cleaned
from clew.people.departed import GoneForGood
from clew.people.user import User
from clew.sessions.faults import Busy
from clew.sessions.ids import GameId, PlayerId, UserId
from clew.sessions.records import Acknowledged, Answer, Refused, Summary
from clew.sessions.session.session import Session
from clew.wire.errors import ERRORS, ApiError
from clew.wire.http import Joined
from clew.wire.shapes import ErrorBody
from clew.wire.socket import AcceptedMessage, AgreeMessage, ReadyMessage, RefusedMessage, SayMessage, SignMessage


class Verbs:
    """All raise the host's faults, ``Moved`` among them, and ``ApiError`` for what the asker has to be told."""

    def __init__(self, game: AnyGame, host: AnyHost, attendances: Attendances, departed: GoneForGood) -> None:
        self._game = game
        self._host = host
        self._attendances = attendances
        self._departed = departed

    async def answer(self, game_id: GameId, call: GameCall) -> Any:
        """What ``calls`` says of this call. It reaches the session once: from its state to the command nothing waits.

        Raises ``ApiError`` for what the session refuses, but for what a player said over a socket.
        """
        session = await self._host.reach(game_id, self._game.kind)
        match call:
            case SayCall(user_id, command):
                return await self.say(session, user_id, command)
            case TalkCall():
                return await self._talk(session, call)
            case InfoCall(user_id):
                return await self._info(session, user_id)
            case JoinCall(user_id, display_name):
                return await self._join(session, user_id, display_name)
            case StartCall(user_id, command_id):
                return await self._once(session, self._game.start(user_id), user_id, command_id)
            case CancelCall(user_id, command_id):
                return await self._once(session, self._game.cancel(user_id), user_id, command_id)
            case OrderCall(user_id, command_id, order):
                return await self._once(session, self._game.order(user_id, order), user_id, command_id)
            case AgainCall():
                fresh = Fresh(call.game_id, call.join_code, call.seed)
                return self._game.again(session.at.state, User(call.user_id, call.display_name), fresh)
            case LapseCall():
                return await self._lapse(session)
            case HereCall():
                return session.feed.audience.here()
            case _:
                assert_never(call)

    async def say(
        self, session: Session[Any, Any, Any], user_id: UserId | None, said: Any
    ) -> AcceptedMessage | RefusedMessage:
        """A player's command; who has no seat is refused."""
        seat = self._seat(session, user_id)
        if seat is None or user_id is None:
            return RefusedMessage(said.command_id, ErrorBody("not_playing", ERRORS["not_playing"].message))
        if isinstance(said, ReadyMessage):
            if said.round == 0 and self._game.host_of(session.at.state) is not None:
                return await self._be_ready(session, user_id, seat, said)
            if said.round > 0 and not said.ready:
                return RefusedMessage(
                    said.command_id, ErrorBody("invalid", ERRORS["invalid"].message, {"path": "ready"})
                )
        begun = self._begun(session, seat, said)
        answer = await begun.answer
        return begun.told(answer) or await begun.told_from_journal(answer)

    def begin(self, session: Session[Any, Any, Any], user_id: UserId | None, said: Any) -> "Begun | None":
        """``say``, as far as nothing is waited for; None, and nothing done, for what is more than a game's command."""
        seat = self._seat(session, user_id)
        if seat is None or (isinstance(said, ReadyMessage) and (said.round == 0 or not said.ready)):
            return None
        return self._begun(session, seat, said)

    def _begun(self, session: Session[Any, Any, Any], seat: PlayerId, said: Any) -> "Begun":
        game = self._game
        if isinstance(said, AgreeMessage):
            command = game.agree(seat, said.to, session.feed.audience.here())
        else:
            command = game.command(said, seat)
        answer = self._host.decide(session, command, seat, said.command_id)
        return Begun(game, self._host, session, seat, said.command_id, answer)

    async def _be_ready(
        self, session: Session[Any, Any, Any], user_id: UserId, seat: PlayerId, said: ReadyMessage
    ) -> AcceptedMessage:
        """In a lobby: told to all who look on, and kept nowhere, like talk. Raises ``Busy`` where nobody does."""
        at, attendance = session.at, self._attendances.there(session.game_id)
        if attendance is None:
            raise Busy("nobody is shown this game here just now")
        attendance.be_ready(user_id, seat, said.command_id, ready=said.ready)
        number = await self._game.number_at(session.game_id, at.state, at.seq, at.seq, seat, self._host.journal)
        return AcceptedMessage(said.command_id, number)

    async def _talk(self, session: Session[Any, Any, Any], call: TalkCall) -> AcceptedMessage | RefusedMessage:
        """Told to all who look on; that is all that ``accepted`` promises of it. Raises ``Busy`` where nobody does."""
        at, talk = session.at, call.talk
        seat = self._seat(session, call.user_id)
        attendance = self._attendances.there(session.game_id)
        if seat is None or call.user_id is None or (attendance and call.user_id in attendance.company.gone):
            return _refused(talk, "not_playing")
        refused = _refuse_talk(self._game.machine.summary(at.state), seat, talk)
        if refused is not None:
            return refused
        if attendance is None:
            raise Busy("nobody is shown this game here just now")
        if not attendance.talk(call.user_id, seat, self._game.name_at(at.state, seat), talk):
            return _refused(talk, "too_often")
        number = await self._game.number_at(session.game_id, at.state, at.seq, at.seq, seat, self._host.journal)
        return AcceptedMessage(talk.command_id, number)

    async def _info(self, session: Session[Any, Any, Any], user_id: UserId | None) -> Any:
        gone = await self._departed.among(self._game.named_in(session.at.state))
        # As it stands after the await: who has sat down meanwhile is there.
        return self._game.info(session.at.state, user_id, gone)

    async def _join(self, session: Session[Any, Any, Any], user_id: UserId, display_name: str) -> Joined:
        """A seat; who has one already gets the same, after the end too. Raises ``game_full``, ``game_started``, …"""
        seat = self._seat(session, user_id)
        if seat is None:
            answer = await self._host.decide(session, self._game.join(user_id, display_name))
            if isinstance(answer, Refused):
                raise ApiError(answer.code, answer.message, answer.details)
            # Looked up anew: in the state from before the await there is no such seat.
            seat = self._seat(session, user_id)
        assert seat is not None, "who joined has a seat"
        return Joined(session.game_id, seat)

    async def _once(self, session: Session[Any, Any, Any], command: Any, user_id: UserId, command_id: str) -> None:
        """What people ask of each other. Raises ``not_host``, ``too_few_players``, ``game_started``, …

        Who gave up their seat has no answer kept, and needs none: asked again, it is given up already.
        """
        answer = await self._host.decide(session, command, self._seat(session, user_id), command_id)
        if isinstance(answer, Refused):
            raise ApiError(answer.code, answer.message, answer.details)

    async def _lapse(self, session: Session[Any, Any, Any]) -> bool:
        """Call off a lobby where nobody watches; whether it was."""
        if self._host.is_watched(session.game_id):
            return False
        # Who begins to watch while that is decided is told that it was called off, like anybody who watches.
        return isinstance(await self._host.decide(session, self._game.lapse()), Acknowledged)

    def _seat(self, session: Session[Any, Any, Any], user_id: UserId | None) -> PlayerId | None:
        return None if user_id is None else self._game.seat_of(session.at.state, user_id)


class Begun:
    """A player's command that is being decided: ``answer`` comes, and what the player is told of it is made here.

    What is told is as the session stands then: it may have gone on since, and the number is still the answer's own.
    """

    __slots__ = ("_command_id", "_game", "_host", "_seat", "_session", "answer")

    def __init__(
        self,
        game: AnyGame,
        host: AnyHost,
        session: Session[Any, Any, Any],
        seat: PlayerId,
        command_id: str,
        answer: asyncio.Future[Answer],
    ) -> None:
        self._game = game
        self._host = host
        self._session = session
        self._seat = seat
        self._command_id = command_id
        self.answer = answer

    def told(self, answer: Answer) -> AcceptedMessage | RefusedMessage | None:
        """What the player is told; None where the journal has to be read for it."""
        if not isinstance(answer, Acknowledged):
            return RefusedMessage(self._command_id, ErrorBody(answer.code, answer.message, answer.details))
        at = self._session.at
        number = self._game.number_now(at.state, at.seq, answer.seq, self._seat)
        return None if number is None else AcceptedMessage(self._command_id, number)

    async def told_from_journal(self, answer: Answer) -> AcceptedMessage:
        """The same, where ``told`` gave nothing. Raises what reading the journal raises."""
        assert isinstance(answer, Acknowledged), "a refusal has no number"
        at = self._session.at
        number = await self._game.number_at(
            self._session.game_id, at.state, at.seq, answer.seq, self._seat, self._host.journal
        )
        return AcceptedMessage(self._command_id, number)


def _refuse_talk(summary: Summary, seat: PlayerId, talk: SayMessage | SignMessage) -> RefusedMessage | None:
    """While the game is on there are signs only, and none from who sees more than those who play."""
    if summary.game_status == "canceled":
        return _refused(talk, "game_canceled")
    if isinstance(talk, SayMessage) and not cleaned(talk.text):
        return RefusedMessage(talk.command_id, ErrorBody("invalid", ERRORS["invalid"].message, {"path": "text"}))
    if summary.game_status != "active":
        return None
    if isinstance(talk, SayMessage):
        return _refused(talk, "game_started")
    plays = any(each.player_id == seat and each.player_status == "playing" for each in summary.players)
    return None if plays else _refused(talk, "not_playing")


def _refused(talk: SayMessage | SignMessage, code: str) -> RefusedMessage:
    return RefusedMessage(talk.command_id, ErrorBody(code, ERRORS[code].message))
