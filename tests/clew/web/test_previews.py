"""What a chat shows of a game: what its link says of it, and how it ended."""

import asyncio
import gzip
from collections.abc import AsyncGenerator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from clew.catalogue.catalogue import Catalogue
from clew.gateway.ports import Info
from clew.web.headed import Headed
from clew.web.previews import Previews
from clew.web.settings import WebSettings
from clew.wiring.clock import RealClock
from tests.clew.web.live import Inside, game, guest, inside

RUDE: str = '"><script>&'
"""A name, as far as names go."""
INDEX = '<!doctype html><html><head><meta charset="utf-8"><title>Minotaur</title></head><body></body></html>'


class Metas(HTMLParser):
    """What the page says of itself, and which elements it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, str | None] = {}
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        said = dict(attrs)
        name = said.get("property") or said.get("name")
        if tag == "meta" and name is not None:
            self.found[name] = said.get("content")


@pytest.fixture
async def web(tmp_path: Path) -> AsyncGenerator[Inside]:
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "preview.png").write_bytes(b"a picture")
    async with inside(static_folder=tmp_path, public_url="https://play.example") as within:
        yield within


async def host_of(web: Inside, name: str = "Ada") -> httpx.AsyncClient:
    async with web.http() as stranger:
        return web.http(await guest(stranger, name))


async def said_of(web: Inside, path: str) -> Metas:
    async with web.http() as chat:
        answer = await chat.get(path)
    assert answer.status_code == 200
    return Metas(answer.text)


async def test_a_link_to_a_lobby_invites_and_says_how_many_seats_are_free(web: Inside) -> None:
    async with await host_of(web) as ada:
        code = await game(ada, seats=4)

        said = await said_of(web, f"/g/{code.lower()}")

    assert said.found["og:title"] == "Minotaur"
    assert said.found["og:description"] == "Ada invites you: 3 of 4 seats free."
    assert said.found["og:image"] == "https://play.example/preview.png"
    assert said.found["twitter:card"] == "summary_large_image"


async def test_a_link_says_it_in_the_language_of_whoever_reads_it(web: Inside) -> None:
    async with await host_of(web) as ada, web.http() as chat:
        path = f"/g/{await game(ada, seats=4)}"
        said = {
            tag: Metas((await chat.get(path, headers={"accept-language": tag})).text).found["og:description"]
            for tag in ("de", "he", "fr")
        }

    assert said == {
        "de": "Ada lädt dich ein: 3 von 4 Plätzen frei.",
        "he": "הזמנה מאת \u2068Ada\u2069: 3 מתוך 4 מקומות פנויים.",
        "fr": "Ada invites you: 3 of 4 seats free.",
    }


async def test_a_name_is_text_whatever_is_in_it(web: Inside) -> None:
    async with await host_of(web, RUDE) as rude:
        code = await game(rude, seats=2)

        said = await said_of(web, f"/g/{code}")

    assert said.found["og:description"] == f"{RUDE} invites you: 1 of 2 seats free."
    assert said.tags.count("script") == 1, "the texts of the page, and no more"


async def test_a_link_to_a_game_that_goes_on_says_who_plays(web: Inside) -> None:
    async with await host_of(web) as ada:
        code = await game(ada, seats=2, bots=1)
        assert (await ada.post(f"/api/v1/games/{code}/start")).is_success

        said = await said_of(web, f"/g/{code}/replay")

    assert said.found["og:description"] == "Round 1: Ada and Theseus play."


async def test_a_link_to_a_game_that_is_over_says_who_won(web: Inside) -> None:
    async with await host_of(web) as ada:
        code = await game(ada, seats=2, bots=1)
        assert (await ada.post(f"/api/v1/games/{code}/start")).is_success
        assert (await ada.post(f"/api/v1/games/{code}/leave")).is_success

        said = await said_of(web, f"/g/{code}/replay")

    assert said.found["og:description"] == "Theseus won against Ada in round 1."


@pytest.mark.parametrize("path", ["/", "/g/NOSUCH", f"/g/{'A' * 40}", "/g/ABC234/else"])
async def test_no_other_address_says_anything(web: Inside, path: str) -> None:
    assert (await said_of(web, path)).found == {}


async def test_without_a_picture_or_a_sound_host_a_link_shows_none(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "preview.png").write_bytes(b"a picture")
    async with inside(static_folder=tmp_path) as web, await host_of(web) as ada, web.http() as chat:
        code = await game(ada, seats=2)

        tricked = await chat.get(f"/g/{code}", headers={"host": 'evil"><b'})

    assert "og:image" not in Metas(tricked.text).found
    assert "evil" not in tricked.text


def test_a_page_with_something_in_its_head_is_the_same_compressed() -> None:
    headed = Headed(INDEX.encode() * 50)

    assert headed.plain(b"<b>").startswith(b'<!doctype html><html><head><meta charset="utf-8"><b><title>')
    assert gzip.decompress(headed.zipped(b"<b>")) == headed.plain(b"<b>")
    assert headed.etag(b"<b>") != headed.etag(b"<i>")


async def test_a_game_that_does_not_answer_keeps_no_page_waiting() -> None:
    async def never(_: str) -> Info:
        await asyncio.Event().wait()
        raise AssertionError("nobody wakes it")

    previews = Previews(
        never, WebSettings("0.0.0", "Minotaur", Path("/nowhere"), "cookie", Catalogue()), RealClock().monotonic
    )
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/g/ABC234", "scheme": "http", "headers": []}

    async with asyncio.timeout(10):
        assert await previews.head(scope, has_picture=True) == b""


async def test_the_end_is_a_picture_for_everyone_and_nothing_before_it(web: Inside) -> None:
    async with await host_of(web) as ada, web.http() as stranger:
        code = await game(ada, seats=2, bots=1)
        path = f"/api/v1/games/{code}/picture.svg"
        lobby = await stranger.get(path)
        assert (await ada.post(f"/api/v1/games/{code}/start")).is_success
        playing = await stranger.get(path)
        assert (await ada.post(f"/api/v1/games/{code}/leave")).is_success

        over = await stranger.get(path)
        unknown = await stranger.get("/api/v1/games/NOSUCH/picture.svg")

    refused = [(each.status_code, each.json()["error"]["code"]) for each in (lobby, playing, unknown)]
    assert refused == [(409, "game_not_over"), (409, "game_not_over"), (404, "no_such_game")]
    assert over.status_code == 200
    assert over.headers["content-type"].startswith("image/svg+xml")
    assert over.headers["cache-control"] == "public, max-age=300"
    assert "default-src 'none'" in over.headers["content-security-policy"]
    assert over.text.startswith("<svg ")
    assert "Theseus won" in over.text
