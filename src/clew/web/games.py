"""Games: made, found, joined, left, changed, started, called off, and watched again after the end."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar, cast

from litestar import Request, Response, delete, get, patch, post
from litestar.datastructures import ResponseHeader
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, PathParameter, QueryParameter

from clew.gateway.service import Service
from clew.people.user import User
from clew.web.answers import BEARER, GAME, SIGNED_IN, SIGNED_IN_ONLY, TOO_MANY, answers
from clew.web.bodies import read_json, strict_body, unread_body
from clew.web.bounds import CURSOR_CHARS_MAX, PAGE_GAMES_DEFAULT, PAGE_GAMES_MAX, PICTURE_KEPT_S
from clew.web.doorkeeper import Doorkeeper
from clew.web.languages import voice_of
from clew.wire.errors import ApiError
from clew.wire.http import CreatedGame, Joined, Rematched
from clew.wire.shapes import GameStatus

F = TypeVar("F", bound=Callable[..., Any])

JoinCode = Annotated[str, PathParameter(description="What players tell each other")]
SeatId = Annotated[str, PathParameter(description="Whose seat")]
Mine = Annotated[
    bool | None, QueryParameter(description="One's own games; `false` lists none but those that are public")
]
Public = Annotated[bool, QueryParameter(description="Games that anybody may join or watch, instead of one's own")]
Status = Annotated[GameStatus | None, QueryParameter(description="Only games in this state")]
Cursor = Annotated[
    str | None, QueryParameter(max_length=CURSOR_CHARS_MAX, description="`next_cursor` of the page before")
]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_GAMES_MAX, description="How many games at most")]


def game_routes(service: Service, doorkeeper: Doorkeeper) -> list[HTTPRouteHandler]:
    """The calls about games. What is asked for and told of one has the game's own shape."""
    tags = ["Games"]
    shapes = service.shapes

    @post(
        "/games",
        dto=strict_body(shapes.request),
        return_dto=None,
        summary="Make a game",
        responses=answers(*SIGNED_IN, "malformed", "too_large", "unsupported_media_type", "invalid", *TOO_MANY),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    @_typed(data=cast("Any", JSONBody)[shapes.request])
    async def create_game(request: Request[User, str, Any], data: Any) -> CreatedGame:
        """You are its host and have the first seat."""
        doorkeeper.admit_game(request.user)
        return await service.create_game(request.user, data, doorkeeper.origin(request.scope))

    @get(
        "/games",
        summary="My games, or public ones",
        responses=answers(*SIGNED_IN, "invalid"),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    @_typed(returns=shapes.page)
    async def games(
        request: Request[User, str, Any],
        mine: Mine = None,
        public: Public = False,
        status: Status = None,
        cursor: Cursor = None,
        limit: Limit = PAGE_GAMES_DEFAULT,
    ) -> Any:
        """Newest first. `next_cursor` is null on the last page; a page may have fewer games than it might. Public ones
        are lobbies and games that are on.
        """
        if public:
            if mine:
                raise ApiError("invalid", "Ask for your own games or for public ones.", {"path": "mine"})
            if status is not None:
                raise ApiError("invalid", "Public games are listed whether they have begun or not.", {"path": "status"})
            return await service.public_games(request.user, cursor, limit)
        if mine is False:
            raise ApiError("invalid", "Only your own games and public ones can be listed.", {"path": "mine"})
        return await service.games_of(request.user, status, cursor, limit)

    @get("/games/{join_code:str}", summary="About a game", responses=answers(*GAME), tags=tags)
    @_typed(returns=shapes.info)
    async def game(request: Request[Any, Any, Any], join_code: JoinCode) -> Any:
        """What everyone may know of it. Needs no name; with one, `you` says which seat is yours."""
        found = await doorkeeper.find_user(request.scope)
        return await service.game(join_code, found[0] if found else None)

    @post(
        "/games/{join_code:str}/join",
        status_code=200,
        summary="Take a seat",
        responses=answers(
            *SIGNED_IN, *GAME, "sent_away", "too_many_changes", "game_full", "game_started", "game_canceled"
        ),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    async def join(request: Request[User, str, Any], join_code: JoinCode) -> Joined:
        """Joining twice gives the same seat."""
        return await service.join(join_code, request.user)

    @post(
        "/games/{join_code:str}/start",
        status_code=204,
        summary="Begin",
        responses=answers(
            *SIGNED_IN, *GAME, "not_host", "too_few_players", "game_started", "game_canceled", "too_many_bot_games"
        ),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    async def start(request: Request[User, str, Any], join_code: JoinCode) -> None:
        """For the host. Empty seats become bots if the game was made so."""
        await service.start(join_code, request.user, doorkeeper.origin(request.scope))

    @post(
        "/games/{join_code:str}/cancel",
        status_code=204,
        summary="Call it off",
        responses=answers(*SIGNED_IN, *GAME, "not_host", "game_started", "game_canceled"),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    async def cancel(request: Request[User, str, Any], join_code: JoinCode) -> None:
        """For the host, in the lobby."""
        await service.cancel(join_code, request.user)

    @post(
        "/games/{join_code:str}/leave",
        status_code=204,
        summary="Leave",
        responses=answers(*SIGNED_IN, *GAME, "not_playing", "game_canceled", "game_over"),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    async def leave(request: Request[User, str, Any], join_code: JoinCode) -> None:
        """Your seat is given up; while the game is on, you resign. A host passes the game on to whoever is there
        longest; with the last person it is called off. Without a seat nothing happens.
        """
        await service.leave(join_code, request.user)

    @post(
        "/games/{join_code:str}/rematch",
        status_code=200,
        summary="Play again",
        responses=answers(
            *(*SIGNED_IN, *GAME, "not_playing", "game_not_over", "sent_away", "too_many_changes"),
            *("game_full", "game_started", "game_canceled", "game_over", *TOO_MANY),
        ),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    async def rematch(request: Request[User, str, Any], join_code: JoinCode) -> Rematched:
        """After the end, for whoever had a seat: one lobby with the same settings and bots. Whoever asks first is its
        host, the others' seats are kept for them until they sit down or decline, or the host gives them away. Who asks
        later sits down in it. Where that can't be, `join_code` in the error's details says where it is.
        """
        return await service.rematch(join_code, request.user, doorkeeper.origin(request.scope))

    @delete(
        "/games/{join_code:str}/players/{player_id:str}",
        status_code=204,
        summary="Send somebody away",
        responses=answers(
            *SIGNED_IN, *GAME, "not_host", "no_such_player", "invalid", "game_started", "game_canceled", "game_over"
        ),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    async def send_away(request: Request[User, str, Any], join_code: JoinCode, player_id: SeatId) -> None:
        """For the host, in the lobby. They may watch, and may not sit down again; a bot just goes."""
        await service.send_away(join_code, request.user, player_id)

    @patch(
        "/games/{join_code:str}",
        status_code=204,
        dto=unread_body(shapes.change),
        return_dto=None,
        summary="Change it",
        responses=answers(
            *(*SIGNED_IN, *GAME, "too_large", "unsupported_media_type", "invalid"),
            *("not_host", "game_started", "game_canceled", "game_over", "too_many_changes"),
        ),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=tags,
    )
    @_typed(data=cast("Any", JSONBody)[shapes.change])
    async def change(request: Request[User, str, Any], join_code: JoinCode, data: Any) -> None:
        """For the host, in the lobby: all of it, or nothing. What is not said stays as it is."""
        await service.change(join_code, request.user, lambda shape: read_json(data, shape))

    @get(
        "/games/{join_code:str}/replay",
        summary="Watch it again",
        responses=answers(*GAME, "game_not_over"),
        tags=tags,
    )
    @_typed(returns=cast("Any", Response)[shapes.replay])
    async def replay(join_code: JoinCode) -> Response[bytes]:
        """Every event in full, and every accepted plan. Only after the end; needs no name."""
        # Already JSON, one text for all who ask: what is told of its type is what is in it.
        return Response(await service.replay(join_code), media_type="application/json")

    @get(
        "/games/{join_code:str}/picture.svg",
        summary="How it ended, as a picture",
        media_type="image/svg+xml",
        response_headers=[
            ResponseHeader(name="cache-control", value=f"public, max-age={PICTURE_KEPT_S}"),
            ResponseHeader(name="vary", value="accept-language, cookie"),
        ],
        responses=answers(*GAME, "game_not_over"),
        tags=tags,
    )
    async def picture(request: Request[Any, Any, Any], join_code: JoinCode) -> bytes:
        """An SVG for a chat, in the language of whoever asks. Only after the end; needs no name."""
        return await service.picture(join_code, voice_of(request.scope))

    return [create_game, games, game, join, leave, rematch, send_away, change, start, cancel, replay, picture]


def _typed(returns: Any = None, **arguments: Any) -> Callable[[F], F]:
    """Types that only the running game knows, for Litestar to read and to describe."""

    def with_types(handler: F) -> F:
        known = arguments if returns is None else {**arguments, "return": returns}
        handler.__annotations__.update(known)
        return handler

    return with_types
