"""``clew cluster MODULE:CLASS``: a table of any game moves from node to node, and its people play on."""

import asyncio
import json
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import pytest

from clew.client.retrying import pause
from tests.clew.cli.test_clew import BIDS, clew
from tests.clew.cli.test_cluster import WAIT_S, foreground
from tests.kit.table_play import tables_at

CLEW: Final = (sys.executable, "-m", "clew")


@pytest.fixture
def folder() -> Generator[Path]:
    """A short path that everybody may enter."""
    made = Path(tempfile.mkdtemp(prefix="clew-cluster-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


async def test_a_table_of_a_game_that_was_named_moves_when_its_node_drains_and_its_hidden_plan_with_it(
    folder: Path,
) -> None:
    async with foreground(folder, BIDS, "--restart-after", "3600", program=CLEW) as cluster:
        url = (await cluster.until("Clew is ready at ")).split()[-1]
        database = str((await cluster.status())["database_url"])
        async with tables_at(url, "bids") as tables:
            ada, ben = await tables.begun("Ada", "Ben", round_seconds=3600, options={"lots": 1})
            await ada.plan(bid=7)
            before = await holder(database)

            drained = await asked("nodes", "drain", before, "--database-url", database)
            after = await another_holder(database, before)
            await ben.ready()
            await ada.ready()
            over = await ben.wait_over()

    assert f"{before} was asked to drain" in drained
    assert {before, after} == {"node-1-b1", "node-2-b1"}
    assert over["winner_ids"] == ["p1"]
    assert ben.told("happened")[0]["event"] == {"type": "Sold", "to": "p1", "price": 7}
    assert json.loads((folder / "clew.games").read_text()) == [BIDS]


async def asked(*arguments: str) -> str:
    done = await asyncio.to_thread(clew, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def holder(database: str) -> str:
    """The node that has the one table."""
    listed: Any = json.loads(await asked("sessions", "list", "--json", "--database-url", database))
    (row,) = listed["sessions"]
    assert row["kind"] == "bids"
    return str(row["owner"]).rpartition(".")[0]


async def another_holder(database: str, than: str) -> str:
    async with asyncio.timeout(WAIT_S):
        while (found := await holder(database)) in (than, ""):
            await pause(0.2)
    return found
