"""Scripted players: one seed decides what each asks for, the server's views decide when.

They plan legally for the most part, on crowded hexes by choice, and misbehave in every way a player may: they replace
plans, send commands twice, ask for what is refused, drop their connection, resign.
"""

from collections.abc import Callable
from random import Random
from typing import Any, Final

from tests.chaos.truth import DIRECTIONS
from tests.kit.client import Player
from tests.kit.record import Message, Record

PATIENCE_S: Final = 120.0
"""Longer than any round, kill and restart together: after that the game is stuck."""
LINGER_S_MAX: Final = 1.6
ANSWERS_REMEMBERED: Final = 32
"""Of so many commands the first answer is kept; older ones are not asked for again."""

_RULES_OF_CHANCE: Final = {"doubled": 0.15, "late": 0.1, "broken": 0.15, "ready": 0.35, "drop": 0.04, "resign": 0.005}


class ScriptedPlayer:
    """Plays one seat to the end of its game. ``is_calm`` says when to stop lingering and let the game end."""

    def __init__(self, player: Player, chance: Random, is_calm: Callable[[], bool]) -> None:
        self.player = player
        self._chance = chance
        self._is_calm = is_calm
        self._played_round = 0

    async def play(self) -> None:
        """Until this player is told that the game is over. Raises ``TimeoutError`` if nothing moves any more."""
        while True:
            await self.player.wait_until(self._has_news, PATIENCE_S)
            view = self.player.record.view
            if view["game_status"] == "concluded":
                return
            self._played_round = view["round"]
            if _is_playing(view):
                await self._play_round(view)

    async def ask_for_old_answers(self) -> None:
        """The last commands, sent once more after everything is decided: the record complains if an answer changed."""
        record = self.player.record
        recent = [c for c in record.sent if record.is_answered(c)][-ANSWERS_REMEMBERED // 4 :]
        await self.player.ask_again(recent, PATIENCE_S)

    def _has_news(self, record: Record) -> bool:
        return bool(record.views) and (
            record.view["game_status"] == "concluded"
            or (record.view["game_status"] == "active" and record.view["round"] > self._played_round)
        )

    async def _play_round(self, view: Message) -> None:
        for _ in range(1 if self._is_calm() else self._chance.randint(1, 3)):
            if await self._round_passed_while_lingering():
                return
            await self._send(view)
        if self._happens("resign"):
            await self.player.resign()
        elif self._is_calm() or self._happens("ready"):
            await self.player.ready(view["round"])

    async def _send(self, view: Message) -> None:
        steps, round_number = legal_steps(view, self._chance), int(view["round"])
        if self._happens("broken"):
            steps, round_number = self._broken(steps, round_number)
        command_id = await self.player.plan(round_number, steps)
        if self._happens("doubled"):
            await self.player.send_again(command_id)
        if self._happens("late"):
            await self.player.send_again(self._chance.choice(list(self.player.record.sent)[-ANSWERS_REMEMBERED // 2 :]))
        if self._happens("drop"):
            await self.player.drop()

    def _broken(self, steps: list[Message], round_number: int) -> tuple[list[Message], int]:
        return self._chance.choice(
            [
                ([{"type": "move", "vector": {"q": 2, "r": 5}}], round_number),
                ([{"type": "attack", "target_id": "p99"}], round_number),
                ([{"type": "wait"}] * 5, round_number),
                ([{"type": "move", "vector": {"q": 1, "r": 0}}] * 4, round_number),
                (steps, round_number - 1),
                (steps, round_number + 1),
            ]
        )

    async def _round_passed_while_lingering(self) -> bool:
        if self._is_calm():
            return False
        try:
            await self.player.wait_until(self._has_news, self._chance.uniform(0.0, LINGER_S_MAX))
        except TimeoutError:
            return False
        return True

    def _happens(self, what: str) -> bool:
        return not self._is_calm() and self._chance.random() < _RULES_OF_CHANCE[what]


def legal_steps(view: Message, chance: Random) -> list[Message]:
    """A plan the rules accept: blows for whoever shares the hex, moves over known floor, a wait now and then."""
    me = view["you"]["player_id"]
    near = [pc["id"] for pc in view["characters"] if (pc["q"], pc["r"]) == (0, 0) and pc["id"] != me]
    floor = {(hex_["q"], hex_["r"]) for hex_ in view["hexes"] if hex_["terrain"] == "floor"}
    at, steps, ap = (0, 0), list[Message](), int(view["you"]["ap"])
    while ap > 0 and len(steps) < 4 and chance.random() < 0.9:
        if near and at == (0, 0) and chance.random() < 0.7:
            steps.append({"type": "attack", "target_id": chance.choice(near)})
        else:
            q, r = _way(at, floor, chance)
            at = (at[0] + q, at[1] + r)
            steps.append({"type": "move", "vector": {"q": q, "r": r}})
        ap -= 1
    if len(steps) < 4 and chance.random() < 0.2:
        steps.insert(chance.randint(0, len(steps)), {"type": "wait"})
    return steps


def _way(at: tuple[int, int], floor: set[tuple[int, int]], chance: Random) -> tuple[int, int]:
    """A direction onto floor where one is known; against the rock now and then."""
    ways = list(DIRECTIONS.values())
    open_ways = [way for way in ways if (at[0] + way[0], at[1] + way[1]) in floor]
    return chance.choice(open_ways if open_ways and chance.random() < 0.95 else ways)


def _is_playing(view: dict[str, Any]) -> bool:
    return view["you"] is not None and view["you"]["player_status"] == "playing"
