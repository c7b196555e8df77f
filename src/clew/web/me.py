"""What is kept of somebody: looked at, changed, taken along and deleted: ``/me``."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

from litestar import Request, Response, delete, get, patch
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, QueryParameter

from clew.gateway.service import Service
from clew.people.logins import Profile
from clew.people.of_people import OfPeople
from clew.people.profiles import KeptOf
from clew.people.user import User
from clew.sessions.ports.account_book import AccountRecord
from clew.sessions.ports.passkey_book import PasskeyRecord
from clew.sessions.ports.pushes import PushRecord
from clew.sessions.records import SessionPage
from clew.web.accounts import WRITTEN
from clew.web.answers import BEARER, SIGNED_IN, SIGNED_IN_ONLY, answers
from clew.web.bodies import StrictBody
from clew.web.bounds import CURSOR_CHARS_MAX, EXPORT_GAMES_MAX
from clew.web.cookie import session_cookie
from clew.web.doorkeeper import Doorkeeper
from clew.web.passkeys import CHALLENGED, asked_of
from clew.web.passkeys import told as passkey_told
from clew.web.settings import WebSettings
from clew.web.sign_outs import SignOuts
from clew.wire.accounts import Changed, ChangeMe, DeleteMe, Exported, ExportedGame, ExportedPush
from clew.wire.credentials import KnownPasskey
from clew.wire.errors import ApiError
from clew.wire.http import Me
from clew.wire.moments import rfc3339

Cursor = Annotated[
    str | None, QueryParameter(max_length=CURSOR_CHARS_MAX, description="`next_cursor` of the page before")
]


def me_routes(
    service: Service,
    people: OfPeople,
    doorkeeper: Doorkeeper,
    sign_outs: SignOuts,
    settings: WebSettings,
) -> list[HTTPRouteHandler]:
    """The calls of somebody about themselves."""
    logins, passkeys = people.logins, people.passkeys

    @get("/me", summary="Who am I", responses=answers(*SIGNED_IN), opt=SIGNED_IN_ONLY, security=BEARER, tags=["People"])
    async def me(request: Request[User, str, Any]) -> Me:
        """The person whose token came with the request."""
        return told(await logins.profile(request.user))

    @patch(
        "/me",
        dto=StrictBody[ChangeMe],
        return_dto=None,
        summary="Change name, password or address",
        responses=answers(
            *SIGNED_IN, *WRITTEN, "bad_name", "name_taken", "no_account", "wrong_credentials", *CHALLENGED
        ),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def change_me(request: Request[User, str, Any], data: JSONBody[ChangeMe]) -> Changed:
        """With a new user name or password every other device is signed out. Games that are made keep the old name."""
        user, token = request.user, request.auth
        if data.current_password is not None or data.passkey is not None:
            doorkeeper.admit_proof(user)
        if data.username is not None:
            doorkeeper.admit_sign_up(request.scope)
        changes = await logins.change(user, token, data, await proven(request, data.passkey))
        if changes.revoked:
            sign_outs.signed_out_everywhere(user.user_id, but=token)
        me = told(await logins.profile(user))
        return Changed(me.user_id, me.display_name, me.username, changes.recovery_code)

    @delete(
        "/me",
        dto=StrictBody[DeleteMe],
        return_dto=None,
        summary="Go for good",
        responses=answers(*SIGNED_IN, *WRITTEN, "wrong_credentials", *CHALLENGED),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def delete_me(request: Request[User, str, Any], data: JSONBody[DeleteMe]) -> Response[None]:
        """Deletes the account, the user, all tokens and your seats in what has not begun. It can't be undone.

        In every game you played you are called `Somebody who left`, from now on and whenever it is looked at.
        """
        user = request.user
        doorkeeper.admit_proof(user)
        await logins.delete(user, data.password, await proven(request, data.passkey))
        sign_outs.signed_out_everywhere(user.user_id)
        with suppress(ApiError):  # who is deleted is told so; a lobby that could not be asked just now lapses in a day
            await service.leave_lobbies(user)
        await service.somebody_went(user)
        return Response(None, status_code=204, cookies=[session_cookie(request.scope, settings, "", 0)])

    @get(
        "/me/export",
        summary="All that is kept of me",
        responses=answers(*SIGNED_IN, "invalid"),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def export(request: Request[User, str, Any], cursor: Cursor = None) -> Exported:
        """A page of it; what happened in a game is in its replay."""
        profile = await logins.profile(request.user)
        page = await service.seats_of(request.user, cursor, EXPORT_GAMES_MAX)
        return exported(
            profile,
            page,
            await people.profiles.kept_of(request.user, [game.game_id for game in page.items]),
            await people.places.of(request.user),
            await passkeys.of(request.user.user_id),
        )

    async def proven(request: Request[User, str, Any], said: KnownPasskey | None) -> AccountRecord | None:
        """The account that a passkey proves to be theirs; None where none was shown."""
        if said is None:
            return None
        return await passkeys.proven(request.user, said, asked_of(request.scope, settings))

    return [me, change_me, delete_me, export]


def told(profile: Profile) -> Me:
    """Who somebody is, as they are told it."""
    account = profile.account
    return Me(profile.user.user_id, profile.user.display_name, None if account is None else account.username)


def exported(
    profile: Profile,
    page: SessionPage,
    kept: KeptOf,
    pushes: Sequence[PushRecord],
    passkeys: Sequence[PasskeyRecord],
) -> Exported:
    """All that is kept, with a page of games."""
    user, account = profile.user, profile.account
    return Exported(
        user.user_id,
        user.display_name,
        rfc3339(user.inserted_at),
        None if account is None else account.username,
        None if account is None else account.email,
        None if account is None else rfc3339(account.inserted_at),
        tuple(
            ExportedGame(
                game.game_id,
                game.join_code,
                game.kind,
                game.game_status,
                game.player_id,
                game.player_status,
                rfc3339(game.inserted_at),
                rfc3339(game.updated_at),
                kept.results.get(game.game_id),
            )
            for game in page.items
        ),
        page.cursor,
        kept.ratings,
        tuple(ExportedPush(push.endpoint, rfc3339(push.inserted_at)) for push in pushes),
        tuple(map(passkey_told, passkeys)),
    )
