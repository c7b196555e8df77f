"""What a killed server's players lost is counted from when it could last write, not from its last beat."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from clew.sessions.ids import Millis
from clew.stores.sqlite.sign import SUFFIX
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.store_records import made, part, reads, register

SIGN = f"{FILE_NAME}{SUFFIX}"
BEAT_TO_WRITE_MS = 900
WRITE_TO_START_MS = 10_000


async def killed_in_play(folder: Path, clock: HandClock) -> Millis:
    """A life that beat once and wrote 0.9 s later; when that was. Its successor comes 10 s after."""
    with open_data(data_in(folder), clock) as store:
        owner = await register(store)
        game = await made(store, "g", owner)
        await clock.advance(BEAT_TO_WRITE_MS / 1000)
        await store.journal.commit([part(game, '{"v":1,"event":"moved"}')])
        wrote_at = clock.now()
    await clock.advance(WRITE_TO_START_MS / 1000)
    return wrote_at


async def unowned_since(folder: Path, clock: HandClock) -> Millis | None:
    with open_data(data_in(folder), clock) as store:
        owner = await register(store)
        [claimed] = await store.ownership.claim(owner, reads(1), 10, None)
    return claimed.unowned_since


async def test_a_killed_server_is_dated_back_to_its_last_write(tmp_path: Path) -> None:
    clock = HandClock()

    wrote_at = await killed_in_play(tmp_path, clock)

    assert await unowned_since(tmp_path, clock) == wrote_at


async def test_a_store_that_could_have_been_written_counts_as_much(tmp_path: Path) -> None:
    clock = HandClock()
    with open_data(data_in(tmp_path), clock) as store:
        await made(store, "g", await register(store))
        await clock.advance(BEAT_TO_WRITE_MS / 1000)
        await store.journal.probe()
        probed_at = clock.now()
    await clock.advance(WRITE_TO_START_MS / 1000)

    assert await unowned_since(tmp_path, clock) == probed_at


@pytest.mark.parametrize("left", [b"", b"17", b"not a time at all", b"9999999999999999", b"\0" * 16])
async def test_what_a_power_cut_left_of_the_sign_is_not_believed(tmp_path: Path, left: bytes) -> None:
    clock = HandClock()
    wrote_at = await killed_in_play(tmp_path, clock)
    (tmp_path / SIGN).write_bytes(left)

    assert await unowned_since(tmp_path, clock) == wrote_at - BEAT_TO_WRITE_MS


async def test_without_a_sign_the_last_beat_is_what_is_known(tmp_path: Path) -> None:
    clock = HandClock()
    (tmp_path / SIGN).mkdir()

    with capture_logs() as logs:
        wrote_at = await killed_in_play(tmp_path, clock)

    assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["no_sign_of_life"]
    assert await unowned_since(tmp_path, clock) == wrote_at - BEAT_TO_WRITE_MS


async def test_a_server_that_stopped_by_itself_let_go_when_it_said(tmp_path: Path) -> None:
    clock = HandClock()
    with open_data(data_in(tmp_path), clock) as store:
        owner = await register(store)
        await made(store, "g", owner)
        await clock.advance(1.0)
        await store.ownership.release(owner)
        released_at = clock.now()
        await clock.advance(1.0)
        await store.nodes.retire(owner)

    assert await unowned_since(tmp_path, clock) == released_at
