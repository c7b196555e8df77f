"""The bodies about being told while one is not here, of the HTTP half of the public protocol."""

from typing import Annotated, Literal, TypeAlias

import msgspec

PushWay: TypeAlias = Literal["browser", "webhook"]

ENDPOINT_CHARS_MAX = 1024
KEY_CHARS_MAX = 128


class PushKeys(msgspec.Struct, frozen=True):
    """A browser's keys, in base64 as it gives them."""

    p256dh: Annotated[str, msgspec.Meta(max_length=KEY_CHARS_MAX)]
    auth: Annotated[str, msgspec.Meta(max_length=KEY_CHARS_MAX)]


class Subscribe(msgspec.Struct, frozen=True):
    """A Web Push subscription, as ``PushSubscription.toJSON()`` gives it. What else a browser says is passed over."""

    endpoint: Annotated[str, msgspec.Meta(max_length=ENDPOINT_CHARS_MAX)]
    keys: PushKeys


class AddWebhook(msgspec.Struct, frozen=True):
    """An address of your own that is told what browsers are."""

    url: Annotated[str, msgspec.Meta(max_length=ENDPOINT_CHARS_MAX)]


class PushInfo(msgspec.Struct, frozen=True):
    """A place where you are told. ``to`` is the host that the messages go to."""

    push_id: str
    to: str
    since: str
    way: PushWay = "browser"


class NewWebhook(msgspec.Struct, frozen=True):
    """The same, and what its messages are signed with, in hexadecimal; it is told once."""

    push_id: str
    to: str
    since: str
    secret: str


class MyPushes(msgspec.Struct, frozen=True):
    """All of them. ``public_key`` is what a page subscribes with (``applicationServerKey``)."""

    public_key: str
    pushes: tuple[PushInfo, ...]
