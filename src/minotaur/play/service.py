"""What the web may ask of the game: one verb for each call of the public protocol."""

from typing import Protocol

from minotaur.play.outbox import Outbox
from minotaur.play.people import User
from minotaur.play.wire_http import CreatedGame, CreateGame, GameInfo, GamesPage, Joined
from minotaur.play.wire_replay import Replay
from minotaur.play.wire_shapes import GameStatus


class Allowance(Protocol):
    """How much one client may still do; kept by whoever sets the limits."""

    def take_nowait(self) -> bool:
        """Use one up; False when there is none left just now."""
        ...


class Connection(Protocol):
    """One socket's place in a game."""

    async def receive(self, raw: bytes | str) -> None:
        """Handle one client message; every answer goes to the outbox. Never raises for what a client sends."""
        ...

    def close(self) -> None:
        """The socket is gone: nothing more is put into the outbox. May be called twice."""
        ...


class Service(Protocol):
    """The verbs. Each raises ``ApiError`` for what a client has to be told."""

    async def create_guest(self, display_name: str) -> tuple[User, str]:
        """A new user and the token that proves it is them; the token is kept nowhere in the clear."""
        ...

    async def user_by_token(self, token: str) -> User | None:
        """Whose token this is; None for one that was never given, was revoked, or is too old."""
        ...

    async def revoke(self, token: str) -> None:
        """This token proves nothing any more."""
        ...

    async def create_game(self, user: User, request: CreateGame) -> CreatedGame: ...

    async def games_of(
        self, user: User, status: GameStatus | None = None, cursor: str | None = None, limit: int = 20
    ) -> GamesPage: ...

    async def game(self, join_code: str, user: User | None = None) -> GameInfo: ...

    async def join(self, join_code: str, user: User) -> Joined: ...

    async def start(self, join_code: str, user: User) -> None: ...

    async def cancel(self, join_code: str, user: User) -> None: ...

    async def replay(self, join_code: str) -> Replay: ...

    async def connect(
        self, join_code: str, user: User | None, after: int | None, outbox: Outbox, allowance: Allowance
    ) -> Connection:
        """Begin to send this viewer the game through ``outbox``; the first message is a welcome."""
        ...
