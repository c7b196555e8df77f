"""What people see of a game that an older database does not have."""

from collections.abc import AsyncGenerator

import pytest
from structlog.testing import capture_logs

from clew.gateway.outbox import CLOSE_NO_SUCH_GAME
from clew.testing.faults.damage import Backup
from clew.wire.errors import ApiError
from tests.clew.gateway.street import GATEWAY, HOST, Street, open_street


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    with capture_logs():
        async with open_street() as opened:
            yield opened


async def test_whoever_watches_a_game_that_is_gone_is_told_so_and_closed_for_good(street: Street) -> None:
    host, gate = await street.begin_all(host=HOST, gate=GATEWAY)
    backup = Backup(street.store)
    await street.pass_s(2.0)
    ada = await street.person(gate, "Ada")
    code = await street.table(host, ada)
    viewers = [await street.connect(home, code, ada) for home in (host, gate)]

    backup.bring_back()
    await street.pass_s(5.0)

    for viewer in viewers:
        assert (viewer.outbox.close_code, viewer.messages[-1]["error"]["code"]) == (CLOSE_NO_SUCH_GAME, "no_such_game")
    with pytest.raises(ApiError, match="no_such_game"):
        await street.run(gate.service.game(code))
