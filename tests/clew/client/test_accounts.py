"""A program with an account, on a real server."""

import pytest

from clew.client.faults import Rejected
from clew.client.guest import Guest
from tests.clew.web.live import live


async def test_a_guest_becomes_an_account_comes_in_elsewhere_recovers_and_goes_out_everywhere() -> None:
    async with live() as web, await Guest.sign_in(web.url, "Ada") as ada:
        code = (await ada.create_game(seats=2, bots=1))["join_code"]
        recovery = await ada.open_account("ada_l", "correct horse")

        async with await Guest.log_in(web.url, "ADA_L", "correct horse") as second:
            info = await second.game(code)
            await ada.log_out()
            assert (await second.call("GET", "/me"))["user_id"] == ada.user_id == second.user_id
            recovered, fresh = await Guest.recover(web.url, "ada_l", recovery, "battery staple")
            async with recovered:
                with pytest.raises(Rejected, match="not_signed_in"):
                    await second.call("GET", "/me")
                await recovered.log_out(everywhere=True)
                with pytest.raises(Rejected, match="not_signed_in"):
                    await recovered.call("GET", "/me")

        with pytest.raises(Rejected, match="wrong_credentials"):
            await Guest.log_in(web.url, "ada_l", "correct horse")

    assert info["you"] == "p1"
    assert recovered.user_id == ada.user_id and fresh != recovery


async def test_somebody_new_has_an_account_at_once() -> None:
    async with live() as web:
        ada, recovery = await Guest.sign_up(web.url, "Ada", "correct horse")
        async with ada:
            assert (await ada.call("GET", "/me"))["username"] == "Ada"
            assert (await ada.create_game(seats=2, bots=1))["player_id"] == "p1"

    assert len(recovery) > 20
