"""Whole games as a server would have journaled them: people who plan, are ready, and send each command under an id.

They plan as bots do. ``bots`` seats of a game are real bots, whose plans are not journaled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clew.sessions.ids import GameId, Millis, Owner, UserId
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.ports.store import Store
from clew.sessions.records import Accepted, Entry, NewSession, Part, Receipt, Snapshot, Verdict
from clew.sessions.session.answers import Answers, remember
from clew.sessions.session.bodies import Position, write_entry, write_snapshot
from clew.tables.lobby.commands import Join, Start
from clew.tables.lobby.members import Member, seat_at
from minotaur.play.codec import MatchCodec
from minotaur.play.kind import KIND
from minotaur.play.machine import PLANNERS, MatchMachine
from minotaur.play.match import Match, MatchCommand, MatchCreated, MatchEvent
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import EndRound, Ready, RegisterPlan
from minotaur.rules.names import player_id
from minotaur.rules.settings import Settings

MACHINE: Final = MatchMachine()
CODEC: Final = MatchCodec()
THINKS_MS: Final = 4_321
KINDS: Final[tuple[BotKind, ...]] = ("hunter", "wanderer")


@dataclass(frozen=True)
class WholeGame:
    """A game from its lobby to its end: each command's bodies and time, and what is stored at its end."""

    game_id: GameId
    join_code: str
    commits: Sequence[tuple[Millis, tuple[bytes, ...]]]
    rounds: int
    end: Snapshot

    @property
    def entries(self) -> int:
        return sum(len(bodies) for _, bodies in self.commits)

    @property
    def body_bytes(self) -> int:
        return sum(len(body) for _, bodies in self.commits for body in bodies)


def play_whole_game(settings: Settings, number: int, began_at: Millis, bots: int = 0) -> WholeGame:
    """The game of this number: the same arguments give the same game."""
    return _Scribe(settings, number, began_at, bots).play()


async def store_games(store: Store, games: Sequence[WholeGame], owner: Owner) -> None:
    """As a server would have: commit by commit, those of all games together, but with a snapshot at the end only."""
    first = [(game, *game.commits[0]) for game in games]
    await store.journal.create(
        [
            NewSession(game.game_id, game.join_code, owner, bodies, at, None, game.end, kind=KIND)
            for game, at, bodies in first
        ]
    )
    seqs = {game.game_id: len(bodies) for game, _, bodies in first}
    for index in range(1, max(len(game.commits) for game in games)):
        parts = list[Part]()
        for game in games:
            if index < len(game.commits):
                at, bodies = game.commits[index]
                end = game.end if index == len(game.commits) - 1 else None
                parts.append(Part(game.game_id, owner, 1, seqs[game.game_id], bodies, at, None, end))
                seqs[game.game_id] += len(bodies)
        verdicts = await store.journal.commit(parts)
        assert Verdict.FENCED not in verdicts, "nobody else writes"


class _Scribe:
    def __init__(self, settings: Settings, number: int, began_at: Millis, bots: int) -> None:
        self._people = settings.seats - bots
        self._now = began_at
        self._answers: Answers = {}
        self._seq = 0
        self._commands = 0
        self._commits = list[tuple[Millis, tuple[bytes, ...]]]()
        self._kinds: list[BotKind] = [KINDS[(seat + number) % len(KINDS)] for seat in range(settings.seats)]
        game_id, code = GameId(f"01J9Z6GAME{number:016}"), f"{number:06}"
        host = Member(seat_at(1), _user(number, 1), "Ada of Hex 1")
        created = MatchCreated(game_id, code, settings, 7_000_003 + number, bots, "hunter", host)
        self._match: Match = MACHINE.evolve(None, created, 1)
        self._write((created,), None)

    def play(self) -> WholeGame:
        number = int(self._match.join_code)
        for seat in range(2, self._people + 1):
            self._do(Join(_user(number, seat), f"Player {seat}"))
        self._do(Start(_user(number, 1)), 1)
        while self._match.status == "active":
            self._play_round()
        summary = MACHINE.summary(self._match)
        end = write_snapshot(CODEC, Position(self._match, self._seq, summary, self._answers))
        return WholeGame(self._match.game_id, self._match.join_code, self._commits, summary.latest_round, end)

    def _play_round(self) -> None:
        game = self._match.game
        assert game is not None, "the game has begun"
        for seat in range(1, self._people + 1):
            if game.heroes[player_id(seat)].alive:
                self._now += THINKS_MS
                steps = PLANNERS[self._kinds[seat - 1]](game, player_id(seat))
                self._do(RegisterPlan(player_id(seat), game.round, steps), seat)
        for seat in range(1, self._people + 1):
            now = self._match.game
            if (
                now is not None
                and now.status == "active"
                and now.round == game.round
                and now.heroes[player_id(seat)].alive
            ):
                self._do(Ready(player_id(seat), game.round), seat)
        after = self._match.game
        assert after is not None, "a game that began is there"
        if after.status == "active" and after.round == game.round:
            self._now = max(self._now, after.round_ends_at)
            self._do(EndRound(game.round))

    def _do(self, command: MatchCommand, seat: int | None = None) -> None:
        answer = MACHINE.decide(self._match, command, self._now)
        assert isinstance(answer, Accepted), answer
        receipt = None
        if seat is not None:
            self._commands += 1
            receipt = Receipt(SeatId(player_id(seat)), f"3f1c{self._commands * 2_654_435_761 % 2**32:08x}-8f5d-4ecc")
        for seq, event in enumerate(answer.events, self._seq + 1):
            self._match = MACHINE.evolve(self._match, event, seq)
        self._write(answer.events, receipt)

    def _write(self, events: Sequence[MatchEvent], receipt: Receipt | None) -> None:
        bodies = list[bytes]()
        for event in events:
            self._seq += 1
            first = receipt if not bodies else None
            bodies.append(write_entry(CODEC, Entry(self._seq, self._now, event, first)))
            if first is not None:
                self._answers = remember(self._answers, first, self._seq, None)
        if bodies:
            self._commits.append((self._now, tuple(bodies)))


def _user(number: int, seat: int) -> UserId:
    return UserId(f"01J9Z6USER{number * 8 + seat:016}")
