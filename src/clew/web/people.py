"""Coming in and going out: ``/guests``, ``/sessions``, ``/me``."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from clew.gateway.service import Service
from clew.people.user import User
from clew.web.answers import BEARER, SIGNED_IN, SIGNED_IN_ONLY, answers
from clew.web.bodies import StrictBody
from clew.web.cookie import session_cookie
from clew.web.doorkeeper import Doorkeeper
from clew.web.settings import WebSettings
from clew.web.sockets import Sockets
from clew.wire.http import CreateGuest, Me, NewGuest


def people_routes(
    service: Service, doorkeeper: Doorkeeper, sockets: Sockets, settings: WebSettings
) -> list[HTTPRouteHandler]:
    """The calls that say who somebody is."""

    @post(
        "/guests",
        dto=StrictBody[CreateGuest],
        return_dto=None,
        summary="Come in with nothing but a name",
        responses=answers("malformed", "wrong_origin", "too_large", "unsupported_media_type", "invalid", "bad_name"),
        tags=["People"],
    )
    async def create_guest(request: Request[Any, Any, Any], data: JSONBody[CreateGuest]) -> Response[NewGuest]:
        """Gives a token, and sets it as a cookie too. Whoever has the token is this guest."""
        doorkeeper.admit_page(request.scope)
        doorkeeper.admit_guest(request.scope)
        user, token = await service.create_guest(data.display_name)
        guest = NewGuest(user.user_id, user.display_name, token)
        return Response(guest, cookies=[session_cookie(request.scope, settings, token)])

    @delete(
        "/sessions",
        summary="Go out",
        responses=answers(*SIGNED_IN),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def delete_session(request: Request[User, str, Any]) -> Response[None]:
        """The token proves nothing from now on, wherever it is kept; its sockets close and the cookie is taken back."""
        await service.revoke(request.auth)
        sockets.sign_out(request.auth)
        return Response(None, status_code=204, cookies=[session_cookie(request.scope, settings, "", 0)])

    @get("/me", summary="Who am I", responses=answers(*SIGNED_IN), opt=SIGNED_IN_ONLY, security=BEARER, tags=["People"])
    async def me(request: Request[User, str, Any]) -> Me:
        """The guest whose token came with the request."""
        return Me(request.user.user_id, request.user.display_name)

    return [create_guest, delete_session, me]
