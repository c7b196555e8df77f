"""The index page in the language of who asks: its root, its texts, what finders of pages are told."""

from pathlib import Path
from typing import Any

import pytest

from clew.catalogue.catalogue import Catalogue
from clew.web.site import Site, SiteAnswer
from tests.clew.web.live import inside

INDEX = """<!doctype html>
<html lang="en"><head><meta charset="utf-8" />
<meta
  name="description"
  content="A table for you and your friends: plan in secret, act at once."
/></head>
<body><noscript>This is played in the browser with JavaScript. Please turn it on.</noscript></body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "index.html").write_text(INDEX)
    return Site(tmp_path, "Tally", Catalogue())


def asked(site: Site, **headers: str) -> SiteAnswer:
    found = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/g/ABC234", "headers": found}
    return site.answer(scope)


def test_a_page_is_served_in_the_language_that_is_asked_for(site: Site) -> None:
    page = asked(site, accept_language="de-CH, en;q=0.5").body.decode()

    assert '<html lang="de" dir="ltr">' in page
    assert "account-title = Du" in page and "account-title = You" not in page
    assert "Ein Tisch für dich" in page and "Gespielt wird im Browser" in page


def test_what_was_chosen_is_kept_in_a_cookie(site: Site) -> None:
    page = asked(site, accept_language="de", cookie="tally_session=x; lang=he").body.decode()

    assert '<html lang="he" dir="rtl">' in page


def test_an_unknown_language_is_answered_in_english(site: Site) -> None:
    assert '<html lang="en" dir="ltr">' in asked(site, accept_language="tlh").body.decode()


def test_each_language_is_a_page_of_its_own_to_browsers_and_caches(site: Site) -> None:
    english, german = (dict(asked(site, accept_language=each).headers) for each in ("en", "de"))

    assert english[b"etag"] != german[b"etag"]
    assert german[b"vary"] == b"accept-encoding, accept-language, cookie"
    kept = asked(site, accept_language="de", if_none_match=english[b"etag"].decode())
    assert kept.status == 200


GERMAN = {"accept-language": "de-DE,de;q=0.9"}


async def test_what_goes_wrong_is_said_in_the_language_of_who_asks_and_its_code_stays() -> None:
    async with inside() as web, web.http() as client:
        english = (await client.get("/api/v1/games/NOSUCH", headers={"accept-language": "tlh"})).json()["error"]
        german = (await client.get("/api/v1/games/NOSUCH", headers=GERMAN)).json()["error"]
        chosen = (await client.get("/api/v1/games/NOSUCH", headers={**GERMAN, "cookie": "lang=he"})).json()["error"]

    assert german["message"].startswith("Mit diesem Code gibt es kein Spiel")
    assert "אין משחק" in chosen["message"]
    assert {english["code"], german["code"], chosen["code"]} == {
        "no_such_game" if english["code"] == "no_such_game" else "not_signed_in"
    }


async def test_a_sentence_with_a_number_in_it_keeps_the_number() -> None:
    async with inside() as web, web.http() as client:
        answer = await client.post("/api/v1/guests", json={"display_name": "x" * 30}, headers=GERMAN)

    assert answer.json()["error"]["message"] == "Dieser Name ist zu lang: höchstens 24 Zeichen."


async def test_a_sentence_that_is_nobodys_leaves_as_that_of_its_code() -> None:
    async with inside() as web, web.http() as client:
        answer = await client.post("/api/v1/guests", json={"display_name": 7}, headers=GERMAN)

    assert answer.json()["error"]["message"] == "Etwas darin ist nicht erlaubt."
    assert answer.json()["error"]["details"]["path"] != ""


@pytest.mark.parametrize("junk", ["de;q=9", "\u00e9" * 9, "," * 250, "de," * 200, ""])
async def test_junk_in_the_header_is_answered_in_english(junk: str) -> None:
    async with inside() as web, web.http() as client:
        answer = await client.get("/api/v1/nothing", headers=[(b"accept-language", junk.encode("latin-1"))])

    assert answer.json()["error"]["message"] == "There is nothing here."
