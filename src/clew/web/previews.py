"""What a chat shows beside a link to a game: a title, a sentence, a picture.

Nothing is in it that who has the link could not ask for without a name (``GET /games/{code}``). It is looked up for
everybody alike, for there is no telling who makes such cards; so it may take no time: what isn't known at once is left
out, and the page goes as it is.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from html import escape
from typing import Final, assert_never

from clew.catalogue.catalogue import Catalogue
from clew.gateway.ports import Info, ListedPlayer
from clew.web.bounds import JOIN_CODE_CHARS_MAX, PREVIEW_WAIT_S, PREVIEWS_KEPT_MAX, PREVIEWS_KEPT_S
from clew.web.languages import language_of
from clew.web.requests import Scope, header
from clew.web.settings import WebSettings
from clew.wire.errors import ApiError

Look = Callable[[str], Awaitable[Info]]
"""What everyone may know of the game with this code. Raises ``ApiError``."""

PICTURE: Final = "preview.png"
"""A site's file, 1200 by 630: what chats take, which show no SVG."""
_GAME: Final = re.compile(r"/g/([A-Za-z0-9]+)(?:/replay)?/?")
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
_NAMED_MAX: Final = 3


class Previews:
    """Each kept for some seconds, for a link in a busy chat is asked about by many at once."""

    def __init__(self, look: Look, settings: WebSettings, monotonic: Callable[[], float]) -> None:
        self._look = look
        self._settings = settings
        self._monotonic = monotonic
        self._kept = OrderedDict[tuple[str, str], tuple[float, str]]()

    async def head(self, scope: Scope, *, has_picture: bool) -> bytes:
        """What goes into the head of the page at this path; nothing where it is no game's, or is not known at once."""
        found = _GAME.fullmatch(scope["path"])
        if found is None or len(found[1]) > JOIN_CODE_CHARS_MAX:
            return b""
        words = await self._words(found[1].upper(), language_of(scope, self._settings.catalogue))
        if not words:
            return b""
        return _tags(self._settings.title, words, _origin(scope, self._settings) if has_picture else None)

    async def _words(self, code: str, language: str) -> str:
        now = self._monotonic()
        until, words = self._kept.get((code, language), (now, ""))
        if now < until:
            return words
        try:
            async with asyncio.timeout(PREVIEW_WAIT_S):
                words = words_of(await self._look(code), self._settings.catalogue, language)
        except (ApiError, TimeoutError):
            words = ""
        self._kept[code, language] = now + PREVIEWS_KEPT_S, words
        self._kept.move_to_end((code, language))
        if len(self._kept) > PREVIEWS_KEPT_MAX:
            self._kept.popitem(last=False)
        return words


def words_of(info: Info, catalogue: Catalogue, language: str) -> str:
    """One sentence about the game, as it stands."""
    say = partial(catalogue.say, language)
    listed = partial(_listed, catalogue, language)
    match info.game_status:
        case "lobby":
            hosts = [each.display_name for each in info.players if each.player_id == info.host_id]
            host = hosts[0] if hosts else say("again-somebody")
            free = info.seats - len(info.players) - len(info.kept)
            if free <= 0:
                return say("preview-full", {"host": host, "seats": info.seats})
            return say("preview-free", {"host": host, "free": free, "seats": info.seats})
        case "active":
            return say(
                "preview-active",
                {"round": info.latest_round, "names": listed(info.players), "count": len(info.players)},
            )
        case "concluded":
            winners = [each for each in info.players if each.player_status == "won"]
            if not winners:
                return say("preview-nobody-won", {"names": listed(info.players), "rounds": info.latest_round})
            others = [each for each in info.players if each not in winners]
            values = {"names": listed(winners), "count": len(winners), "round": info.latest_round}
            if not others:
                return say("preview-won", values)
            return say("preview-won-against", {**values, "others": listed(others)})
        case "canceled":
            return say("preview-canceled")
        case "quarantined":
            return say("error-game_unreadable")
        case _:
            assert_never(info.game_status)


def _listed(catalogue: Catalogue, language: str, players: Sequence[ListedPlayer]) -> str:
    names = [each.display_name for each in players]
    if len(names) > _NAMED_MAX:
        more = catalogue.say(language, "preview-others", {"count": len(names) - _NAMED_MAX + 1})
        names = [*names[: _NAMED_MAX - 1], more]
    return catalogue.listed(language, names)


def _origin(scope: Scope, settings: WebSettings) -> str | None:
    """Where the picture is to be had: readers of links need a whole address. None where nobody says a sound one."""
    if settings.public_url is not None:
        return settings.public_url
    host = header(scope, b"host")
    return f"{scope['scheme']}://{host}" if host is not None and _HOST.fullmatch(host) else None


def _tags(title: str, words: str, origin: str | None) -> bytes:
    tags = [
        ("property", "og:type", "website"),
        ("property", "og:site_name", title),
        ("property", "og:title", title),
        ("property", "og:description", words),
        ("name", "twitter:card", "summary" if origin is None else "summary_large_image"),
    ]
    if origin is not None:
        tags += [
            ("property", "og:image", f"{origin}/{PICTURE}"),
            ("property", "og:image:width", "1200"),
            ("property", "og:image:height", "630"),
        ]
    return "".join(f'<meta {kind}="{name}" content="{escape(text)}">' for kind, name, text in tags).encode()
