"""Records to write into a store, with everything a test doesn't care about filled in."""

from clew.sessions.ids import GameId, Kind, Millis, NodeId, Owner, PlayerId, UserId
from clew.sessions.kinds import FIRST_KIND, Reads
from clew.sessions.node_records import Beat, NodeInfo
from clew.sessions.ports.store import Store
from clew.sessions.records import (
    GameStatus,
    NewSession,
    Part,
    PlayerSummary,
    RowVersion,
    Snapshot,
    Stored,
    Summary,
)

NOW: Millis = 1_800_000_000_123
LEASE = 5_000


def reads(newest: int, kind: Kind = FIRST_KIND) -> Reads:
    """What a node reads that has one game."""
    return {kind: newest}


def node_info(node_id: str = "node-a", newest: int = 1) -> NodeInfo:
    return NodeInfo(NodeId(node_id), "127.0.0.1:8000", "0.1.0", reads(newest))


async def register(store: Store, node_id: str = "node-a", newest: int = 1) -> Owner:
    """A new life of a node, at the time the store's clock shows."""
    return await store.nodes.register(node_info(node_id, newest), LEASE)


def beat(
    *, ready: bool = True, draining: bool = False, sessions: int = 0, unfit: str = "", ahead_ms: int | None = None
) -> Beat:
    return Beat(ready=ready, draining=draining, sessions=sessions, unfit=unfit, clock_offset_ms=ahead_ms)


def place(stored: Stored, epoch: int | None = None, seq: int | None = None) -> RowVersion:
    """Where a session is as it is stored, unless said otherwise."""
    return RowVersion(stored.game_id, stored.epoch if epoch is None else epoch, stored.seq if seq is None else seq)


def snapshot(
    text: str = '{"board":"empty"}',
    status: GameStatus = "lobby",
    latest_round: int = 0,
    *,
    version: int = 1,
    follows: str | None = None,
    public: bool = False,
    **players: str,
) -> Snapshot:
    """``players`` by seat: ``p1="ada alive"``; the user ``-`` is a bot's."""
    seats = [
        PlayerSummary(PlayerId(seat), None if user == "-" else UserId(user), state)
        for seat, (user, state) in ((seat, words.split()) for seat, words in players.items())
    ]
    return Snapshot(
        text.encode(),
        version,
        Summary(status, latest_round, tuple(seats), None if follows is None else GameId(follows), public),
    )


def new_session(
    game: str,
    owner: Owner,
    *entries: str,
    code: str | None = None,
    now: Millis = NOW,
    shot: Snapshot | None = None,
    kind: Kind = FIRST_KIND,
) -> NewSession:
    bodies = tuple(entry.encode() for entry in entries or ('{"v":1,"event":"opened"}',))
    return NewSession(GameId(game), code or f"code-{game}", owner, bodies, now, None, shot or snapshot(), kind=kind)


def part(
    stored: Stored,
    *entries: str,
    owner: Owner | None = None,
    epoch: int | None = None,
    after: int | None = None,
    now: Millis = NOW,
    wake_at: Millis | None = None,
    shot: Snapshot | None = None,
    given_up: tuple[str, ...] = (),
) -> Part:
    """What continues a session as it is stored, unless said otherwise."""
    return Part(
        stored.game_id,
        owner or stored.owner or Owner("nobody"),
        stored.epoch if epoch is None else epoch,
        stored.seq if after is None else after,
        tuple(entry.encode() for entry in entries),
        now,
        wake_at,
        shot,
        tuple(PlayerId(seat) for seat in given_up),
    )


async def made(
    store: Store, game: str, owner: Owner, *entries: str, shot: Snapshot | None = None, kind: Kind = FIRST_KIND
) -> Stored:
    """A session made and read back."""
    await store.journal.create([new_session(game, owner, *entries, shot=shot, kind=kind)])
    return await loaded(store, game)


async def loaded(store: Store, game: str) -> Stored:
    stored = await store.journal.load(GameId(game))
    assert stored is not None
    return stored


async def bodies(store: Store, game: str) -> list[str]:
    return [entry.body.decode() for entry in await store.journal.entries(GameId(game), 0, 10_000)]
