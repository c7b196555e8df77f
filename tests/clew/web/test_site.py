"""The pages, as browsers ask for them."""

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from clew.catalogue.catalogue import Catalogue
from clew.web.site import Site
from clew.web.spoken import spoken_alone
from clew.web.worker import OFFLINE
from tests.architecture.tree import ROOT, SOURCE


def asked(path: str, method: str = "GET", **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": method, "path": path, "headers": raw}


def hash_of(text: str) -> str:
    """As a policy names what may run."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.fixture
def built(tmp_path: Path) -> Site:
    """A site as the build makes it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(
        '<head><script type="module" crossorigin src="/assets/index-abc12345.js"></script>'
        '<link rel="stylesheet" crossorigin href="/assets/index-def12345.css"><link rel="icon" href="/icon.svg"></head>'
    )
    (tmp_path / "assets" / "index-abc12345.js").write_text("render('<!---->', '</script>');")
    (tmp_path / "assets" / "index-def12345.css").write_text('html { content: "here"; }')
    return Site(tmp_path, "Tally", Catalogue())


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>" + "<p>home</p>" * 50)
    (tmp_path / "assets" / "index-abc123.js").write_text("console.log(1);" * 50)
    (tmp_path / "icon.png").write_bytes(bytes(range(256)))
    return Site(tmp_path, "Tally", Catalogue())


def test_the_uis_own_routes_all_get_the_index(site: Site) -> None:
    bodies = {site.answer(asked(path)).body for path in ("/", "/you", "/g/ABC234", "/g/ABC234/replay")}

    assert len(bodies) == 1
    assert bodies.pop().startswith(b"<!doctype html>")


def test_hashed_files_are_kept_for_ever_and_the_index_never(site: Site) -> None:
    script, index = (dict(site.answer(asked(path)).headers) for path in ("/assets/index-abc123.js", "/"))

    assert b"immutable" in script[b"cache-control"]
    assert script[b"content-type"] == b"text/javascript; charset=utf-8"
    assert index[b"cache-control"] == b"no-cache"


@pytest.mark.parametrize("said", ["{}", "W/{}", '"another", W/{}'])
def test_a_page_the_browser_has_is_not_sent_again(site: Site, said: str) -> None:
    etag = dict(site.answer(asked("/")).headers)[b"etag"].decode()

    answer = site.answer(asked("/", if_none_match=said.format(etag)))

    assert (answer.status, answer.body) == (304, b"")


def test_text_is_zipped_for_those_who_can_read_it_and_pictures_are_not(site: Site) -> None:
    plain = site.answer(asked("/"))
    zipped = site.answer(asked("/", accept_encoding="gzip, br"))
    picture = site.answer(asked("/icon.png", accept_encoding="gzip"))

    assert gzip.decompress(zipped.body) == plain.body
    assert dict(zipped.headers)[b"content-encoding"] == b"gzip"
    assert b"content-encoding" not in dict(picture.headers)


def test_a_person_who_is_lost_gets_the_ui_and_a_program_does_not(site: Site) -> None:
    lost = asked("/nowhere", accept="text/html,*/*")

    assert site.serves(lost)
    assert site.answer(lost).status == 404
    assert not site.serves(asked("/nowhere", accept="application/json"))


@pytest.mark.parametrize("path", ["/api", "/api/v1/me", "/api/v1/nowhere", "/schema", "/health/live", "/metrics"])
def test_the_protocols_paths_are_never_pages(site: Site, path: str) -> None:
    assert not site.serves(asked(path, accept="text/html"))


@pytest.mark.parametrize("path", ["/../secret", "/assets/../../secret", "//etc/passwd", "/assets/%2e%2e/secret"])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("hidden")
    inside = tmp_path / "static"
    inside.mkdir()
    (inside / "index.html").write_text("home")

    answer = Site(inside, "Tally", Catalogue()).answer(asked(path, accept="text/html"))

    assert b"hidden" not in answer.body


def test_an_unbuilt_ui_says_what_to_do(tmp_path: Path) -> None:
    answer = Site(tmp_path / "missing", "Tally", Catalogue()).answer(asked("/"))

    assert b"Tally is running" in answer.body
    assert b"make setup" in answer.body


def test_the_index_has_script_and_style_in_itself_and_its_policy_lets_these_alone_run(built: Site) -> None:
    answer = built.answer(asked("/"))

    page, policy = answer.body.decode(), dict(answer.headers)[b"content-security-policy"].decode()
    script, style = r"render('\x3c!---->', '\x3c/script>');", 'html { content: "here"; }'
    before, _, texts = page.partition('<script type="text/x-fluent"')
    assert before == (
        f'<head><script type="module">{script}</script><style>{style}</style><link rel="icon" href="/icon.svg">'
    )
    assert texts.endswith("</script></head>")
    assert f"script-src 'self' {hash_of(script)};" in policy
    assert f"style-src 'self' {hash_of(style)};" in policy


def test_a_page_that_is_not_sent_again_keeps_its_own_policy(built: Site) -> None:
    sent = built.answer(asked("/"))
    etag = dict(sent.headers)[b"etag"].decode()

    kept = built.answer(asked("/", if_none_match=etag))

    assert (kept.status, kept.headers) == (304, sent.headers)


def test_tabs_opened_before_still_find_the_files_of_the_build(built: Site) -> None:
    answer = built.answer(asked("/assets/index-abc12345.js"))

    assert answer.body == b"render('<!---->', '</script>');"
    assert b"immutable" in dict(answer.headers)[b"cache-control"]


def test_another_releases_entry_script_is_answered_by_ours_with_our_style_and_not_kept(built: Site) -> None:
    other = asked("/assets/index-Other-_1.js", accept="*/*")

    assert built.serves(other)
    answer = built.answer(other)
    assert answer.status == 200
    assert answer.body.endswith(rb"render('\x3c!---->', '\x3c/script>');")
    assert json.dumps('html { content: "here"; }').encode() in answer.body
    assert dict(answer.headers)[b"content-type"] == b"text/javascript; charset=utf-8"
    assert dict(answer.headers)[b"cache-control"] == b"no-store"


def test_our_script_brings_english_to_another_releases_page(built: Site) -> None:
    script = built.answer(asked("/assets/index-Other-_1.js", accept="*/*")).body.decode()

    brought = re.search(r"english\.textContent = (.*);\n", script)

    assert brought is not None
    assert json.loads(brought[1]) == Catalogue().texts("en")
    assert "english.textContent" not in built.answer(asked("/")).body.decode()


def test_another_releases_style_is_answered_by_ours(built: Site) -> None:
    answer = built.answer(asked("/assets/index-Other-_1.css", accept="text/css,*/*"))

    assert (answer.status, answer.body) == (200, b'html { content: "here"; }')


@pytest.mark.parametrize("name", ["font-abc12345.woff2", "chunk-abc12345.js", "index-abc.js", "x/index-abc12345.js"])
def test_nothing_else_of_another_release_is_stood_in_for(built: Site, name: str) -> None:
    assert not built.serves(asked(f"/assets/{name}", accept="*/*"))


OFFLINE_PAGE = (
    '<html lang="en"><style>p { color: red }</style><p>No connection</p><b>Bids</b><script>look();</script></html>'
)


@pytest.fixture
def installable(tmp_path: Path) -> Site:
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "offline.html").write_text(OFFLINE_PAGE)
    (tmp_path / "manifest.webmanifest").write_text('{"name": "Games", "short_name": "Games", "start_url": "/"}')
    return Site(tmp_path, "Bids & Co", Catalogue())


def test_a_site_is_installed_under_the_name_of_its_game(installable: Site) -> None:
    answer = installable.answer(asked("/manifest.webmanifest"))

    assert dict(answer.headers)[b"content-type"] == b"application/manifest+json"
    assert json.loads(answer.body) == {"name": "Bids & Co", "short_name": "Bids & Co", "start_url": "/"}


def test_the_page_for_no_connection_may_run_its_own_script_and_no_other(installable: Site) -> None:
    policy = dict(installable.answer(asked("/offline.html")).headers)[b"content-security-policy"].decode()

    assert f"script-src 'self' {hash_of('look();')}" in policy
    assert f"style-src 'self' {hash_of('p { color: red }')}" in policy


def test_the_worker_is_asked_for_again_and_differs_where_its_page_does(installable: Site, tmp_path: Path) -> None:
    worker = installable.answer(asked("/sw.js"))
    (tmp_path / "offline.html").write_text(OFFLINE_PAGE.replace("red", "blue"))

    later = Site(tmp_path, "Bids & Co", Catalogue()).answer(asked("/sw.js"))

    assert dict(worker.headers)[b"cache-control"] == b"no-cache"
    assert dict(worker.headers)[b"content-type"] == b"text/javascript; charset=utf-8"
    assert worker.body != later.body


def test_the_worker_speaks_the_language_of_who_asks_for_it(installable: Site) -> None:
    told = {each: installable.answer(asked("/sw.js", accept_language=each)) for each in ("en", "de", "he")}

    assert "waits for you" in told["en"].body.decode()
    assert "wartet auf dich" in told["de"].body.decode()
    assert '"dir":"rtl"' in told["he"].body.decode()
    assert len({dict(each.headers)[b"etag"] for each in told.values()}) == 3
    assert dict(told["de"].headers)[b"vary"] == b"accept-encoding, accept-language, cookie"


def test_the_page_for_no_connection_speaks_it_too_and_the_worker_notices(installable: Site) -> None:
    said = {each: installable.answer(asked("/offline.html", accept_language=each)) for each in ("en", "de", "he")}

    assert said["en"].body.decode() == OFFLINE_PAGE
    assert said["de"].body.decode() == OFFLINE_PAGE.replace('lang="en"', 'lang="de" dir="ltr"').replace(
        "No connection", "Keine Verbindung"
    )
    assert '<html lang="he" dir="rtl">' in said["he"].body.decode()
    assert dict(said["de"].headers)[b"vary"] == b"accept-encoding, accept-language, cookie"
    kept = {installable.answer(asked("/sw.js", accept_language=each)).body[:200] for each in ("en", "de", "he")}
    assert len(kept) == 3, "a browser would keep the page of another language"


@pytest.mark.parametrize("folder", ["ui", "clients/page"])
def test_the_pages_for_no_connection_say_what_is_in_the_catalogue(folder: str) -> None:
    catalogue = Catalogue(SOURCE / "minotaur" / "texts")
    page = (ROOT / folder / "public" / OFFLINE).read_text(encoding="utf-8")

    german = spoken_alone(page, catalogue, "de")

    said = re.findall(r"<(?:title|h1|p|a)\b[^>]*>\s*([^<]+?)\s*<", page)
    assert len(said) == 5
    assert [each for each in said if f">{each}<" in german] == []


def test_a_site_without_such_a_page_has_no_worker(site: Site) -> None:
    assert not site.serves(asked("/sw.js"))
