"""Passkeys over HTTP: ``/passkeys``, ``/sessions/passkey``, ``/accounts/passkey``, ``/me/passkeys``."""

from typing import Any, Final, TypeVar

from litestar import Request, Response, delete, get, patch, post
from litestar.datastructures import Cookie
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody

from clew.people.authenticators import text_of
from clew.people.challenges import CHALLENGE_MS
from clew.people.logins import Logins
from clew.people.passkeys import PasskeyAsked, Passkeys
from clew.people.user import User
from clew.sessions.ports.passkey_book import PasskeyRecord
from clew.web.accounts import WRITTEN
from clew.web.answers import BEARER, SIGNED_IN, SIGNED_IN_ONLY, answers
from clew.web.bodies import StrictBody
from clew.web.cookie import session_cookie
from clew.web.doorkeeper import Doorkeeper
from clew.web.party import party_of
from clew.web.requests import Scope, cookie, is_secure
from clew.web.settings import WebSettings
from clew.web.sign_outs import SignOuts
from clew.wire.accounts import NewAccount
from clew.wire.credentials import MyPasskey
from clew.wire.http import NewGuest
from clew.wire.moments import rfc3339
from clew.wire.passkeys import (
    AddPasskey,
    AskMorePasskeys,
    AskNewAccount,
    KnownPasskeyOptions,
    LogInByPasskey,
    MyPasskeys,
    NewPasskeyOptions,
    OpenAccountByPasskey,
    RenamePasskey,
)

T = TypeVar("T")

CHALLENGED: Final = ("passkey_refused", "no_passkeys")
"""What a call with a passkey may be answered."""


def asked_of(scope: Scope, settings: WebSettings) -> PasskeyAsked:
    """By whom and when this browser was asked for what it answers now. Raises ``no_passkeys``."""
    return PasskeyAsked(party_of(scope, settings), cookie(scope, _name(settings)))


def passkey_routes(passkeys: Passkeys, doorkeeper: Doorkeeper, settings: WebSettings) -> list[HTTPRouteHandler]:
    """What a browser is asked, each time first, comes with a cookie that it must bring along with its answer."""

    @post(
        "/passkeys/options",
        status_code=200,
        summary="Begin to come in with a passkey",
        responses=answers("wrong_origin", "no_passkeys"),
        tags=["People"],
    )
    async def ask_known(request: Request[Any, Any, Any]) -> Response[KnownPasskeyOptions]:
        """The answer comes in by `POST /sessions/passkey`, or proves that it is you where that is asked."""
        doorkeeper.admit_page(request.scope)
        doorkeeper.admit_passkey(request.scope)
        return _asking(request.scope, settings, *passkeys.ask_known(party_of(request.scope, settings)))

    @post(
        "/sessions/passkey",
        dto=StrictBody[LogInByPasskey],
        return_dto=None,
        summary="Come in with a passkey",
        responses=answers(*WRITTEN, *CHALLENGED),
        tags=["People"],
    )
    async def log_in(request: Request[Any, Any, Any], data: JSONBody[LogInByPasskey]) -> Response[NewGuest]:
        """A token more, for this device."""
        doorkeeper.admit_page(request.scope)
        doorkeeper.admit_passkey(request.scope)
        user, token = await passkeys.log_in(data.passkey, asked_of(request.scope, settings))
        answer = NewGuest(user.user_id, user.display_name, token)
        return Response(answer, cookies=_come_in(request.scope, settings, token))

    @post(
        "/accounts/passkey/options",
        status_code=200,
        dto=StrictBody[AskNewAccount],
        return_dto=None,
        summary="Begin to open an account with a passkey",
        responses=answers(*WRITTEN, "bad_name", "name_taken", "has_account", "no_passkeys"),
        tags=["People"],
    )
    async def ask_new(request: Request[Any, Any, Any], data: JSONBody[AskNewAccount]) -> Response[NewPasskeyOptions]:
        """The answer opens it by `POST /accounts/passkey`."""
        doorkeeper.admit_page(request.scope)
        guest = await doorkeeper.find_user(request.scope)
        doorkeeper.admit_sign_up(request.scope)
        user = None if guest is None else guest[0]
        party = party_of(request.scope, settings)
        return _asking(request.scope, settings, *await passkeys.ask_new_account(user, data.username, party))

    @post(
        "/accounts/passkey",
        dto=StrictBody[OpenAccountByPasskey],
        return_dto=None,
        summary="Open an account with a passkey",
        responses=answers(*WRITTEN, "bad_name", "name_taken", "has_account", "not_signed_in", *CHALLENGED),
        tags=["People"],
    )
    async def open_account(
        request: Request[Any, Any, Any], data: JSONBody[OpenAccountByPasskey]
    ) -> Response[NewAccount]:
        """Without a password: the recovery code, shown this once, sets one."""
        doorkeeper.admit_page(request.scope)
        guest = await doorkeeper.find_user(request.scope)
        doorkeeper.admit_sign_up(request.scope)
        opened = await passkeys.open_account(guest, data, asked_of(request.scope, settings))
        user, token = opened.user, opened.token
        answer = NewAccount(user.user_id, user.display_name, token, opened.username, opened.recovery_code)
        return Response(answer, cookies=_come_in(request.scope, settings, token))

    return [ask_known, log_in, ask_new, open_account]


def own_passkey_routes(
    passkeys: Passkeys, logins: Logins, doorkeeper: Doorkeeper, sign_outs: SignOuts, settings: WebSettings
) -> list[HTTPRouteHandler]:
    """Of somebody about theirs."""

    @get(
        "/me/passkeys",
        summary="My passkeys",
        responses=answers(*SIGNED_IN),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def mine(request: Request[User, str, Any]) -> MyPasskeys:
        """A guest has none."""
        account = await logins.account_of(request.user.user_id)
        found = await passkeys.of(request.user.user_id)
        return MyPasskeys(tuple(map(told, found)), account is not None and bool(account.password_hash))

    @post(
        "/me/passkeys/options",
        status_code=200,
        dto=StrictBody[AskMorePasskeys],
        return_dto=None,
        summary="Begin to add a passkey",
        responses=answers(*SIGNED_IN, *WRITTEN, "no_account", "wrong_credentials", "too_many_passkeys", *CHALLENGED),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def ask_more(
        request: Request[User, str, Any], data: JSONBody[AskMorePasskeys]
    ) -> Response[NewPasskeyOptions]:
        """Say your password, or a passkey that you have. The answer is added by `POST /me/passkeys`."""
        user, party = request.user, party_of(request.scope, settings)
        doorkeeper.admit_proof(user)
        if data.passkey is None:
            account = await logins.proven(user, data.current_password or "")
        else:
            account = await passkeys.proven(user, data.passkey, asked_of(request.scope, settings))
        return _asking(request.scope, settings, *await passkeys.ask_more(account, user.display_name, party))

    @post(
        "/me/passkeys",
        dto=StrictBody[AddPasskey],
        return_dto=None,
        summary="Add a passkey",
        responses=answers(*SIGNED_IN, *WRITTEN, "no_account", "too_many_passkeys", *CHALLENGED),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def add(request: Request[User, str, Any], data: JSONBody[AddPasskey]) -> Response[MyPasskey]:
        """You come in by it from now on, by the password too if you have one."""
        added = await passkeys.add(request.user, data, asked_of(request.scope, settings))
        return Response(told(added), cookies=[_cookie(request.scope, settings, "", 0)])

    @patch(
        "/me/passkeys/{passkey_id:str}",
        dto=StrictBody[RenamePasskey],
        return_dto=None,
        summary="Rename a passkey",
        responses=answers(*SIGNED_IN, *WRITTEN, "no_account", "no_such_passkey"),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def rename(
        request: Request[User, str, Any], passkey_id: FromPath[str], data: JSONBody[RenamePasskey]
    ) -> MyPasskey:
        """Only what it is called among yours: your device has a name of its own for it."""
        return told(await passkeys.rename(request.user, passkey_id, data.name))

    @delete(
        "/me/passkeys/{passkey_id:str}",
        summary="Remove a passkey",
        responses=answers(*SIGNED_IN, "malformed", "no_account", "no_such_passkey", "last_way_in"),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def remove(request: Request[User, str, Any], passkey_id: FromPath[str]) -> None:
        """Every other device is signed out: whoever has it may have come in by it."""
        user, token = request.user, request.auth
        await passkeys.remove(user, token, passkey_id)
        sign_outs.signed_out_everywhere(user.user_id, but=token)

    return [mine, ask_more, add, rename, remove]


def told(passkey: PasskeyRecord) -> MyPasskey:
    """As its owner is told of it."""
    used_at = None if passkey.used_at is None else rfc3339(passkey.used_at)
    return MyPasskey(text_of(passkey.credential_id), passkey.name, rfc3339(passkey.inserted_at), used_at)


def _asking(scope: Scope, settings: WebSettings, ticket: str, options: T) -> Response[T]:
    return Response(options, status_code=200, cookies=[_cookie(scope, settings, ticket, CHALLENGE_MS // 1000)])


def _come_in(scope: Scope, settings: WebSettings, token: str) -> list[Cookie]:
    """The one that somebody is known by, and an end of the one that was for the challenge."""
    return [session_cookie(scope, settings, token), _cookie(scope, settings, "", 0)]


def _name(settings: WebSettings) -> str:
    return f"{settings.cookie}_passkey"


def _cookie(scope: Scope, settings: WebSettings, ticket: str, max_age_s: int) -> Cookie:
    return Cookie(
        _name(settings),
        path="/api/v1",
        value=ticket,
        max_age=max_age_s,
        httponly=True,
        samesite="strict",
        secure=is_secure(scope, settings.public_url),
    )
