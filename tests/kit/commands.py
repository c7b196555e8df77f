"""Commands of a program that end by themselves: each in a process of its own, or in this one."""

import asyncio
import os
import subprocess
from typing import Final

import typer
from typer.testing import CliRunner

from tests.kit.server import OUR_PROGRAM

ENDS_WITHIN_S: Final = 90.0


async def ran(*arguments: object, program: tuple[str, ...] = OUR_PROGRAM) -> subprocess.CompletedProcess[str]:
    """One that has ended, with whichever status; on a wide terminal."""
    return await asyncio.to_thread(
        subprocess.run,
        [*program, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=ENDS_WITHIN_S,
        check=False,
        env={**os.environ, "COLUMNS": "240"},
    )


async def printed(*arguments: object, program: tuple[str, ...] = OUR_PROGRAM) -> str:
    """What one prints that ends well."""
    done = await ran(*arguments, program=program)
    assert done.returncode == 0, done.stderr
    return done.stdout


def ran_here(app: typer.Typer, *arguments: object) -> subprocess.CompletedProcess[str]:
    """One in this process, for what is about its words: a start of its own takes it a second of CPU."""
    words = [*map(str, arguments)]
    done = CliRunner().invoke(app, words, env={"COLUMNS": "240"})
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)
