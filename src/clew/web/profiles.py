"""Who people are to others, how their games ended, and who is ahead: ``/people``, ``/leaderboard``."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter

from clew.gateway.service import Service
from clew.people.profiles import Profiles
from clew.sessions.ids import Kind
from clew.web.answers import GAME, answers
from clew.web.doorkeeper import Doorkeeper
from clew.wire.errors import ApiError
from clew.wire.people import GameResults, Leaderboard, Person

UserIdPath = Annotated[str, PathParameter(description="Whose")]
JoinCode = Annotated[str, PathParameter(description="What players tell each other")]
KindAsked = Annotated[str | None, QueryParameter(description="Of which game; left out where there is one")]
Month = Annotated[
    str | None,
    QueryParameter(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="`2026-11`; left out: this one, in UTC"),
]


def profile_routes(service: Service, profiles: Profiles, doorkeeper: Doorkeeper) -> list[HTTPRouteHandler]:
    """The calls that tell of people. None needs a name; with one, they tell how you stand to them."""

    @get(
        "/people/{user_id:str}",
        summary="About somebody",
        responses=answers("malformed", "no_such_person"),
        tags=["People"],
    )
    async def person(request: Request[Any, Any, Any], user_id: UserIdPath) -> Person:
        """Results of games that are over. Nothing of open ones, and no user name."""
        found = await doorkeeper.find_user(request.scope)
        return await profiles.person(user_id, found[0] if found else None)

    @get(
        "/games/{join_code:str}/results",
        summary="How it ended",
        responses=answers(*GAME, "game_not_over", "game_canceled"),
        tags=["Games"],
    )
    async def results(request: Request[Any, Any, Any], join_code: JoinCode) -> GameResults:
        """Places, and what the game did to ratings. A game of bots alone has none."""
        await doorkeeper.find_user(request.scope)
        return await profiles.of_game(await service.concluded(join_code))

    @get("/leaderboard", summary="Who is ahead", responses=answers("invalid"), tags=["People"])
    async def leaderboard(request: Request[Any, Any, Any], kind: KindAsked = None, month: Month = None) -> Leaderboard:
        """Of a month, the fifty who are furthest ahead, and you."""
        found = await doorkeeper.find_user(request.scope)
        return await profiles.board(_kind(service, kind), month, found[0] if found else None)

    return [person, results, leaderboard]


def _kind(service: Service, asked: str | None) -> Kind:
    kinds = service.served
    kind = next(iter(kinds)) if asked is None and len(kinds) == 1 else Kind(asked or "")
    if kind not in kinds:
        raise ApiError("invalid", "Say of which game.", {"path": "kind"})
    return kind
