"""Where somebody wants to be told while they are not here: ``/me/pushes``."""

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, QueryParameter

from clew.people.pushes.places import Places, host_of, push_id_of
from clew.people.user import User
from clew.sessions.ports.pushes import PushRecord
from clew.web.accounts import WRITTEN
from clew.web.answers import BEARER, SIGNED_IN, SIGNED_IN_ONLY, answers
from clew.web.bodies import StrictBody
from clew.web.doorkeeper import Doorkeeper
from clew.wire.moments import rfc3339
from clew.wire.pushes import KEY_CHARS_MAX, AddWebhook, MyPushes, NewWebhook, PushInfo, Subscribe

PushId = Annotated[str | None, QueryParameter(max_length=KEY_CHARS_MAX, description="Only this one")]


def push_routes(places: Places, doorkeeper: Doorkeeper) -> list[HTTPRouteHandler]:
    """The calls of somebody who wants to be called."""

    @get(
        "/me/pushes",
        summary="Where I am told that it is my turn",
        responses=answers(*SIGNED_IN),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def pushes(request: Request[User, str, Any]) -> MyPushes:
        """In games of long rounds, while you are not here."""
        return MyPushes(places.public_key, tuple(told(push) for push in await places.of(request.user)))

    @post(
        "/me/pushes",
        dto=StrictBody[Subscribe],
        return_dto=None,
        summary="Tell me in this browser",
        responses=answers(*SIGNED_IN, *WRITTEN),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def add_push(request: Request[User, str, Any], data: JSONBody[Subscribe]) -> PushInfo:
        """Until the token that came with this is good no more. The same again changes nothing."""
        doorkeeper.admit_push(request.user)
        keys = data.keys
        return told(await places.add_browser(request.user, request.auth, data.endpoint, keys.p256dh, keys.auth))

    @post(
        "/me/pushes/webhook",
        dto=StrictBody[AddWebhook],
        return_dto=None,
        summary="Tell an address of mine",
        responses=answers(*SIGNED_IN, *WRITTEN),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def add_webhook(request: Request[User, str, Any], data: JSONBody[AddWebhook]) -> NewWebhook:
        """By a signed `POST` of JSON, until the token that came with this is good no more."""
        doorkeeper.admit_push(request.user)
        push = await places.add_webhook(request.user, request.auth, data.url)
        return NewWebhook(push_id_of(push), host_of(push), rfc3339(push.inserted_at), push.secret.hex())

    @delete(
        "/me/pushes",
        summary="Tell me no more",
        responses=answers(*SIGNED_IN, "invalid"),
        opt=SIGNED_IN_ONLY,
        security=BEARER,
        tags=["People"],
    )
    async def remove_pushes(request: Request[User, str, Any], push_id: PushId = None) -> Response[None]:
        """Anywhere, or at one place."""
        await places.remove(request.user, push_id)
        return Response(None, status_code=204)

    return [pushes, add_push, add_webhook, remove_pushes]


def told(push: PushRecord) -> PushInfo:
    """A place, as its owner is told of it."""
    return PushInfo(push_id_of(push), host_of(push), rfc3339(push.inserted_at), push.way)
