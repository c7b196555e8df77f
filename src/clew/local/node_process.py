"""One node of a cluster on this machine: a process that serves, in all its lives."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from clew.local.process import ServerProcess
from clew.wiring.words import Words


class NodeProcess(ServerProcess):
    """A node of a program's cluster, by the name and the release it calls itself."""

    def __init__(
        self, program: str, node_id: str, release: str, port: int, log_path: Path, options: Sequence[str]
    ) -> None:
        """``options`` are those of the program's ``serve`` that are not given here."""
        self.node_id = node_id
        self.release = release
        command = (
            *(sys.executable, "-P", "-m", program, "serve", "--host", "127.0.0.1", "--port", str(port)),
            *("--node-id", node_id, "--release", release, *options),
        )
        super().__init__(node_id, command, port, log_path, environment=_environment(program))


def _environment(program: str) -> dict[str, str]:
    """Ours, without settings of another server."""
    ours = Words(program).variable("")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
