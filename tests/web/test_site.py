"""The pages, as browsers ask for them."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from minotaur.web.site import Site


def asked(path: str, method: str = "GET", **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": method, "path": path, "headers": raw}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>" + "<p>home</p>" * 50)
    (tmp_path / "assets" / "index-abc123.js").write_text("console.log(1);" * 50)
    (tmp_path / "icon.png").write_bytes(bytes(range(256)))
    return Site(tmp_path)


def test_the_uis_own_routes_all_get_the_index(site: Site) -> None:
    bodies = {site.answer(asked(path)).body for path in ("/", "/g/ABC234", "/g/ABC234/replay")}

    assert len(bodies) == 1
    assert bodies.pop().startswith(b"<!doctype html>")


def test_hashed_files_are_kept_for_ever_and_the_index_never(site: Site) -> None:
    script, index = (dict(site.answer(asked(path)).headers) for path in ("/assets/index-abc123.js", "/"))

    assert b"immutable" in script[b"cache-control"]
    assert script[b"content-type"] == b"text/javascript; charset=utf-8"
    assert index[b"cache-control"] == b"no-cache"


def test_a_page_the_browser_has_is_not_sent_again(site: Site) -> None:
    etag = dict(site.answer(asked("/")).headers)[b"etag"].decode()

    answer = site.answer(asked("/", if_none_match=etag))

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

    answer = Site(inside).answer(asked(path, accept="text/html"))

    assert b"hidden" not in answer.body


def test_an_unbuilt_ui_says_what_to_do(tmp_path: Path) -> None:
    answer = Site(tmp_path / "missing").answer(asked("/"))

    assert b"make setup" in answer.body
