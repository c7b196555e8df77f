"""The cookie lasts as long as its token, which is longer with each day that it is used."""

import pytest

from tests.clew.web.live import inside

API = "/api/v1"


async def test_a_cookie_in_use_is_given_anew_for_a_year(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with inside() as web, web.http() as stranger:
        token = (await stranger.post(f"{API}/guests", json={"display_name": "Ada"})).json()["token"]
        at_once = await stranger.get(f"{API}/me")
        monkeypatch.setattr("clew.people.accounts.RENEW_AFTER_MS", 0)

        later = await stranger.get(f"{API}/me")
        as_program = await stranger.get(f"{API}/me", headers={"authorization": f"Bearer {token}"})
        going_out = await stranger.delete(f"{API}/sessions")

    assert "set-cookie" not in at_once.headers
    assert f"minotaur_session={token}" in later.headers["set-cookie"]
    assert "Max-Age=31536000" in later.headers["set-cookie"]
    assert "HttpOnly" in later.headers["set-cookie"]
    assert "set-cookie" not in as_program.headers
    assert [cookie for cookie in going_out.headers.get_list("set-cookie") if token in cookie] == []
