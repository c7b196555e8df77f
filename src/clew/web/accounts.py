"""Accounts: opened, come in with, and got back: ``/accounts``, ``/sessions``, ``/recoveries``."""

from typing import Any, Final

from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from clew.people.logins import Logins, SignedUp
from clew.web.answers import answers
from clew.web.bodies import StrictBody
from clew.web.cookie import session_cookie
from clew.web.doorkeeper import Doorkeeper
from clew.web.settings import WebSettings
from clew.web.sign_outs import SignOuts
from clew.wire.accounts import LogIn, NewAccount, OpenAccount, Recover
from clew.wire.http import NewGuest

WRITTEN: Final = ("malformed", "wrong_origin", "too_large", "unsupported_media_type", "invalid")
"""What a call with a body may be answered."""


def account_routes(
    logins: Logins, doorkeeper: Doorkeeper, sign_outs: SignOuts, settings: WebSettings
) -> list[HTTPRouteHandler]:
    """The calls by which somebody comes in with more than a name. Our own page's alone, with a cookie or without."""

    @post(
        "/accounts",
        dto=StrictBody[OpenAccount],
        return_dto=None,
        summary="Open an account",
        responses=answers(*WRITTEN, "bad_name", "name_taken", "has_account", "not_signed_in"),
        tags=["People"],
    )
    async def open_account(request: Request[Any, Any, Any], data: JSONBody[OpenAccount]) -> Response[NewAccount]:
        """A guest keeps who they are, their games and their token. The recovery code is shown this once."""
        doorkeeper.admit_page(request.scope)
        guest = await doorkeeper.find_user(request.scope)
        doorkeeper.admit_sign_up(request.scope)
        signed_up = await logins.open_account(guest, data.username, data.password, data.display_name, data.email)
        return told(request, signed_up)

    @post(
        "/sessions",
        dto=StrictBody[LogIn],
        return_dto=None,
        summary="Come in with an account",
        responses=answers(*WRITTEN, "wrong_credentials"),
        tags=["People"],
    )
    async def log_in(request: Request[Any, Any, Any], data: JSONBody[LogIn]) -> Response[NewGuest]:
        """A token more, for this device. Which of the two was wrong is never said."""
        doorkeeper.admit_page(request.scope)
        doorkeeper.admit_log_in(request.scope, data.username)
        user, token = await logins.log_in(data.username, data.password)
        doorkeeper.note_log_in(request.scope, data.username)
        answer = NewGuest(user.user_id, user.display_name, token)
        return Response(answer, cookies=[session_cookie(request.scope, settings, token)])

    @post(
        "/recoveries",
        dto=StrictBody[Recover],
        return_dto=None,
        summary="Come in with a recovery code",
        responses=answers(*WRITTEN, "wrong_credentials"),
        tags=["People"],
    )
    async def recover(request: Request[Any, Any, Any], data: JSONBody[Recover]) -> Response[NewAccount]:
        """Sets a new password; every device is signed out, and there is a new code instead of the one used up."""
        doorkeeper.admit_page(request.scope)
        doorkeeper.admit_recovery(request.scope, data.username)
        signed_up = await logins.recover(data.username, data.recovery_code, data.password)
        sign_outs.signed_out_everywhere(signed_up.user.user_id)
        return told(request, signed_up)

    def told(request: Request[Any, Any, Any], signed_up: SignedUp) -> Response[NewAccount]:
        user, token = signed_up.user, signed_up.token
        account = NewAccount(user.user_id, user.display_name, token, signed_up.username, signed_up.recovery_code)
        return Response(account, cookies=[session_cookie(request.scope, settings, token)])

    return [open_account, log_in, recover]
