"""``minotaur serve``: the game, until somebody stops it."""

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from minotaur.cli.show import Terminal
from minotaur.wiring.faults import CannotStart
from minotaur.wiring.logs import configure_logs
from minotaur.wiring.node import run_node
from minotaur.wiring.settings import HOST_DEFAULT, PORT_DEFAULT, Settings, default_data_folder


class OnOff(StrEnum):
    """A switch."""

    ON = "on"
    OFF = "off"


class Format(StrEnum):
    """How logs are written."""

    CONSOLE = "console"
    JSON = "json"


class Level(StrEnum):
    """What is logged: this and what is worse."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def serve(
    host: Annotated[
        str, typer.Option(envvar="MINOTAUR_HOST", help="Address to listen on; 0.0.0.0 lets others on your network in.")
    ] = HOST_DEFAULT,
    port: Annotated[
        int, typer.Option(envvar="MINOTAUR_PORT", min=0, max=65_535, help="Port to listen on; 0 picks a free one.")
    ] = PORT_DEFAULT,
    data: Annotated[
        Path | None, typer.Option(envvar="MINOTAUR_DATA", help="Folder of the games, made if it is missing.")
    ] = None,
    rate_limits: Annotated[
        OnOff, typer.Option(envvar="MINOTAUR_RATE_LIMITS", help="Off is for load tests only.")
    ] = OnOff.ON,
    log_format: Annotated[
        Format, typer.Option(envvar="MINOTAUR_LOG_FORMAT", help="For people or for machines.")
    ] = Format.CONSOLE,
    log_level: Annotated[
        Level, typer.Option(envvar="MINOTAUR_LOG_LEVEL", help="The least notable thing to log.")
    ] = Level.INFO,
    public_url: Annotated[
        str | None,
        typer.Option(envvar="MINOTAUR_PUBLIC_URL", help="Where browsers find it, if a proxy stands before it."),
    ] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(envvar="MINOTAUR_TRUSTED_PROXIES", help="Address of a proxy whose X-Forwarded-For is believed."),
    ] = None,
) -> None:
    """Serve the game to browsers. Games that were going on go on."""
    settings = Settings(
        data=(data or default_data_folder()).expanduser().absolute(),
        host=host,
        port=port,
        public_url=_checked_url(public_url),
        trusted_proxies=tuple(trusted_proxy or ()),
        rate_limits=rate_limits is OnOff.ON,
        log_format=log_format.value,
        log_level=log_level.value,
    )
    configure_logs(settings.log_format, settings.log_level)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(run_node(settings, Terminal(Console())))
    except CannotStart as problem:
        typer.echo(f"minotaur: {problem}", err=True)
        raise typer.Exit(1) from problem


def _checked_url(url: str | None) -> str | None:
    if url is not None and not url.startswith(("http://", "https://")):
        raise typer.BadParameter("begin it with http:// or https://", param_hint="--public-url")
    return url
