"""The index page in the language of who asks: its root, its texts, what finders of pages are told."""

from pathlib import Path
from typing import Any

import pytest

from clew.catalogue.catalogue import Catalogue
from clew.web.site import Site, SiteAnswer

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
