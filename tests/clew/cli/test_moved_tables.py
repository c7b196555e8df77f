"""Backup, restore, export, import and migrate for the tables of a game that was named: they play on elsewhere."""

import json
from pathlib import Path
from typing import Any

from clew.testing.serving import ServeProcess, running
from tests.clew.cli.test_clew import BIDS, clew, serving, told
from tests.kit.table_play import Viewer, tables_at


def done(*arguments: str) -> str:
    ended = clew(*arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


async def test_tables_are_backed_up_beside_the_server_moved_in_a_file_and_played_on_where_they_come_to(
    tmp_path: Path,
) -> None:
    backup, export = str(tmp_path / "backup"), str(tmp_path / "export")
    restored, imported = tmp_path / "restored", tmp_path / "imported"
    async with serving(tmp_path, BIDS) as server, tables_at(server.url, "bids") as tables:
        ada, ben = await tables.begun("Ada", "Ben", round_seconds=3600, options={"lots": 1})
        await ada.plan(bid=7)
        backed = done("backup", backup, "--data", str(server.data))
        await server.stop()
        done("restore", backup, "--data", str(restored))
        done("export", export, "--data", str(server.data))
        done("import", export, "--data", str(imported))
        for folder in (restored, imported):
            (folder / "secret.key").write_bytes((server.data / "secret.key").read_bytes())

        async with running(ServeProcess(restored, BIDS, "--rate-limits", "off", port=server.port)):
            await play_on(ada, ben)

    (moved,) = told("sessions", "list", "--data", str(imported))["sessions"]
    assert "1 open game" in backed
    assert first_line(export)["type"] == "clew-export"
    assert (moved["kind"], moved["game_status"]) == ("bids", "active")
    assert told("check-upgrade", "--data", str(imported), "--game", BIDS)["fine"]
    assert "is at" in done("migrate", "--data", str(imported))


async def play_on(ada: Viewer, ben: Viewer) -> None:
    """The plan is where it was, and the game goes on from it."""
    await ben.ready()
    await ada.ready()
    assert (await ada.wait_over())["winner_ids"] == ["p1"]
    assert ada.told("happened")[0]["event"] == {"type": "Sold", "to": "p1", "price": 7}


def first_line(file: str) -> dict[str, Any]:
    return json.loads(Path(file).read_bytes().splitlines()[0])
