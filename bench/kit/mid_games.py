"""Games somewhere in their middle, played by bots in people's seats, put into a store with their whole journals."""

from collections.abc import AsyncIterator
from itertools import count, islice
from typing import Final

from clew.sessions.ids import GameId, Owner, PlayerId, UserId
from clew.sessions.ports.store import Store
from clew.sessions.records import Creation, Entry, NewSession, Part, Receipt, Verdict
from clew.sessions.session.bodies import Position, write_entry, write_snapshot
from clew.sessions.session.turn import Turn
from clew.tables.lobby.commands import Join, Start
from clew.tables.lobby.members import BOT_NAMES, Member, seat_at
from minotaur.play.codec import MatchCodec
from minotaur.play.kind import KIND
from minotaur.play.machine import PLANNERS, MatchMachine
from minotaur.play.match import Match, MatchCommand, MatchCreated, MatchEvent
from minotaur.rules.commands import RegisterPlan
from minotaur.rules.names import Millis
from minotaur.rules.settings import labyrinth

SEATS: Final = 4
ROUNDS_MAX: Final = 8
BATCH: Final = 200
NOW: Final = 1_750_000_000_000
MACHINE: Final = MatchMachine()
CODEC: Final = MatchCodec()


async def fill(store: Store, owner: Owner, games: int, over: int) -> AsyncIterator[int]:
    """So many games that go on, in their first to ninth round, and so many that are over; tells how many are made."""
    made = 0
    numbers = iter(range(-over, games))
    while batch := [game_of(number, owner) for number in islice(numbers, BATCH)]:
        assert set(await store.journal.create([new for new, _ in batch])) == {Creation.CREATED}
        parts = [part for _, part in batch if part is not None]
        assert set(await store.journal.commit(parts)) <= {Verdict.COMMITTED}
        made += len(batch)
        yield made


def game_of(number: int, owner: Owner) -> tuple[NewSession, Part | None]:
    """A game, and what was planned in it since its latest snapshot. One of a number below 0 is over."""
    plays = (_played(number, seed) for seed in count(abs(number) * 1_000))
    play = next(play for play in plays if play.is_active or number < 0)
    new = play.new_session(owner)
    return new, None if number < 0 else play.plans(owner)


def _played(number: int, seed: int) -> "_Play":
    play = _Play(number, seed)
    while play.is_active and (number < 0 or play.rounds < number % (ROUNDS_MAX + 1)):
        play.end_round()
    return play


class _Play:
    """One game as its owner would have run it."""

    def __init__(self, number: int, seed: int) -> None:
        self._id = GameId(f"bench-{number}")
        self.rounds = 0
        self._now: Millis = NOW + seed % 86_400_000
        host = Member(seat_at(1), UserId("u1"), BOT_NAMES[0])
        created = MatchCreated(self._id, f"BENCH{number}", labyrinth(SEATS), seed, 0, "hunter", host)
        state = MACHINE.evolve(None, created, 1)
        self._at = Position(state, 1, MACHINE.summary(state), {})
        self._bodies = [write_entry(CODEC, Entry(1, self._now, created))]
        turn = self._turn()
        for seat in range(2, SEATS + 1):
            turn.decide(Join(UserId(f"u{seat}"), BOT_NAMES[seat - 1]), None)
        turn.decide(Start(UserId("u1")), None)
        self._keep(turn)

    @property
    def is_active(self) -> bool:
        return self._at.state.status == "active"

    def end_round(self) -> None:
        """Everybody plans, and the time is up."""
        self._keep(self._planned(SEATS))
        due = MACHINE.deadline(self._at.state)
        assert due is not None
        self._now = due[0]
        turn = self._turn()
        turn.deadline()
        self._keep(turn)
        self.rounds += 1

    def new_session(self, owner: Owner) -> NewSession:
        code = self._at.state.join_code
        return NewSession(
            self._id, code, owner, tuple(self._bodies), self._now, None, write_snapshot(CODEC, self._at), kind=KIND
        )

    def plans(self, owner: Owner) -> Part:
        """Half of the people have planned since."""
        return self._planned(SEATS // 2).part(self._id, owner, 1, self._at.seq, CODEC.state_version)

    def _turn(self) -> Turn[Match, MatchCommand, MatchEvent]:
        return Turn(MACHINE, CODEC, self._at, self._now, "bench")

    def _planned(self, people: int) -> Turn[Match, MatchCommand, MatchEvent]:
        turn = self._turn()
        game = self._at.state.game
        assert game is not None
        living = [player for player, hero in game.heroes.items() if hero.alive]
        for player in living[:people]:
            plan = RegisterPlan(player, game.round, PLANNERS["hunter"](game, player))
            turn.decide(plan, Receipt(PlayerId(player), f"plan-{game.round}"))
        return turn

    def _keep(self, turn: Turn[Match, MatchCommand, MatchEvent]) -> None:
        assert turn.crash is None, turn.crash
        self._at = turn.at
        self._bodies += turn.bodies
