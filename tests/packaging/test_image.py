"""What the container image runs, run as it stands in the Dockerfile: outside a container, from the wheel."""

import asyncio
import json
from asyncio.subprocess import PIPE, STDOUT
from io import StringIO
from pathlib import Path
from typing import Final

import pytest
from dockerfile_parse import DockerfileParser

from clew.local.process import READY_WITHIN_S, ServerProcess, free_port
from tests.architecture.tree import ROOT
from tests.deploy.reading import compose_file

CONTAINER_PATH: Final = "/opt/minotaur/bin:"


class Image:
    """The last stage of the Dockerfile, as a container would be started from it."""

    def __init__(self) -> None:
        text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
        parser = DockerfileParser(fileobj=StringIO(text))
        self.environment: dict[str, str] = dict(parser.envs)
        last = {one["instruction"]: one["value"] for one in parser.structure}  # of several, the last stage's
        self.command: list[str] = json.loads(last["ENTRYPOINT"]) + json.loads(last["CMD"])
        self.health_check: list[str] = json.loads(last["HEALTHCHECK"].partition("CMD ")[2])
        self.user = last["USER"]


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret() -> None:
    image = Image()

    assert image.user == "10001"
    assert image.environment["PATH"].startswith(CONTAINER_PATH)
    assert image.environment["MINOTAUR_HOST"] == "0.0.0.0"
    assert not any(word in name for name in image.environment for word in ("SECRET", "PASSWORD", "URL", "BUS"))


async def test_the_images_command_gets_ready_and_stops_with_0_on_sigterm(installed: Path, tmp_path: Path) -> None:
    image = Image()
    environment = {
        **image.environment,
        "PATH": image.environment["PATH"].replace(CONTAINER_PATH, f"{installed}:", 1),
        "MINOTAUR_DATA": str(tmp_path / "data"),
        "MINOTAUR_PORT": str(free_port()),
    }
    command = [str(installed / image.command[0]), *image.command[1:]]

    async def healthy() -> bool:
        check = [str(installed / image.health_check[0]), *image.health_check[1:]]
        asked = await asyncio.create_subprocess_exec(*check, stdout=PIPE, stderr=STDOUT, env=environment)
        await asked.communicate()
        return asked.returncode == 0

    assert not await healthy()
    server = ServerProcess(
        "the image's command", command, 0, tmp_path / "log", environment=environment, folder=tmp_path
    )
    await server.launch()
    try:
        async with asyncio.timeout(READY_WITHIN_S):
            while not await healthy():
                assert server.is_running
        status = await server.stop()
    finally:
        await server.kill()

    assert status == 0, server.printed()
    logged = [json.loads(line) for line in server.printed().splitlines() if line.startswith("{")]
    assert {"ready", "stopped"} <= {line["message"] for line in logged}
    assert not await healthy()


@pytest.mark.parametrize("service", ["host", "gateway"])
async def test_the_stacks_start_script_gives_the_server_its_secrets(service: str, tmp_path: Path) -> None:
    """With a server that only says what it was given, and the secrets in a folder of ours."""
    shell, options, script = compose_file("swarm.yml")["services"][service]["entrypoint"]
    (tmp_path / "database_url").write_text("postgresql://a:b@c/d\n")
    (tmp_path / "bus_url").write_text("nats://e:f@g:4222\n")
    (tmp_path / "minotaur").write_text('#!/bin/sh\necho "$* $MINOTAUR_DATABASE_URL $MINOTAUR_BUS $$"\n')
    (tmp_path / "minotaur").chmod(0o755)

    run = await asyncio.create_subprocess_exec(
        shell,
        options,
        script.replace("/run/secrets", str(tmp_path)),
        stdout=PIPE,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )
    said, _ = await run.communicate()

    assert said.decode() == f"serve postgresql://a:b@c/d nats://e:f@g:4222 {run.pid}\n", "and is the same process"
