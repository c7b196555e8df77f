"""Coming in and going out: ``/guests`` and the end of ``/sessions``."""

from typing import Annotated, Any

from litestar import Request, Response, delete, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, QueryParameter

from clew.gateway.service import Service
from clew.people.logins import Logins
from clew.people.user import User
from clew.web.answers import BEARER, SIGNED_IN, SIGNED_IN_ONLY, answers
from clew.web.bodies import StrictBody
from clew.web.cookie import session_cookie
from clew.web.doorkeeper import Doorkeeper
from clew.web.settings import WebSettings
from clew.web.sign_outs import SignOuts
from clew.wire.http import CreateGuest, NewGuest

Everywhere = Annotated[bool, QueryParameter(description="On every device")]


def people_routes(
    service: Service, logins: Logins, doorkeeper: Doorkeeper, sign_outs: SignOuts, settings: WebSettings
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
        responses=answers("invalid", *SIGNED_IN),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def delete_session(
        request: Request[User, str, Any],
        all: Everywhere = False,  # noqa: A002 - the protocol's word
    ) -> Response[None]:
        """The token proves nothing from now on, wherever it is kept; its sockets close and the cookie is taken back.

        With `all=true` so do all other tokens of this person.
        """
        user = request.user
        if all:
            await logins.revoke_all(user)
            sign_outs.signed_out_everywhere(user.user_id)
        else:
            await service.revoke(request.auth)
            sign_outs.signed_out(user.user_id, request.auth)
        return Response(None, status_code=204, cookies=[session_cookie(request.scope, settings, "", 0)])

    return [create_guest, delete_session]
