"""The tiny game's share of what nodes ask of each other."""

from typing import Any, TypeAlias

import msgspec

from clew.sessions.faults import Moved
from clew.sessions.host import Host
from clew.sessions.ids import GameId, PlayerId
from clew.sessions.records import Acknowledged, Answer, Refused, Seen
from tests.kit.tally import TALLY, Command, Event, Opened, Tally, TallyCodec


class PostCall(msgspec.Struct, frozen=True, tag=True):
    command: Command
    player_id: PlayerId | None
    command_id: str | None


class LookCall(msgspec.Struct, frozen=True, tag=True):
    pass


class MakeCall(msgspec.Struct, frozen=True, tag=True):
    game_id: GameId
    limit: int


Call: TypeAlias = PostCall | LookCall | MakeCall

encode = msgspec.msgpack.encode
_calls = msgspec.msgpack.Decoder[Call](Call)


class TallyDesk:
    """Keeps ``life.NodeHandler``."""

    def __init__(self, host: Host[Tally, Command, Event]) -> None:
        self._host = host
        self.asked = 0
        """How many questions other nodes put to this one."""

    async def answer(self, game_id: GameId, body: bytes) -> bytes:
        self.asked += 1
        call = _calls.decode(body)
        if isinstance(call, LookCall):
            seen = await self._host.look(game_id)
            return encode((TallyCodec().encode_state(seen.state), seen.seq))
        assert isinstance(call, PostCall)
        answer = await self._host.post(game_id, call.command, player_id=call.player_id, command_id=call.command_id)
        return encode(answer if isinstance(answer, Refused) else answer.seq)

    async def hear(self, body: bytes) -> bytes:
        call = _calls.decode(body)
        assert isinstance(call, MakeCall)
        if not self._host.takes_in:
            raise Moved(call.game_id)
        await self._host.create(TALLY, call.game_id, f"code-{call.game_id}", [Opened(call.limit)])
        return b""


def read_answer(body: bytes) -> Answer:
    given: Any = msgspec.msgpack.decode(body, type=int | Refused)
    return Acknowledged(given) if isinstance(given, int) else given


def read_seen(body: bytes) -> Seen[Tally]:
    state, seq = msgspec.msgpack.decode(body, type=tuple[bytes, int])
    return Seen(TallyCodec().decode_state(state, 1), seq)
