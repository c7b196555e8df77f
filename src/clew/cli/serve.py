"""``clew serve``: the game, until somebody stops it."""

import asyncio
import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, TypeVar, cast

import typer
import uvloop
from packaging.version import InvalidVersion, Version
from rich.console import Console

from clew.cli.bound import program_of
from clew.cli.games import Served, program_with, served_games
from clew.cli.show import Terminal
from clew.people.caps import caps_of
from clew.people.pushes.outside import networks_of
from clew.people.pushes.vapid import contact_of
from clew.web.networks import network_limits
from clew.wiring.logs import configure_logs
from clew.wiring.proxies import trusted_networks
from clew.wiring.public_url import public_origin
from clew.wiring.settings import (
    COMPACT_AFTER_DAYS_DEFAULT,
    FORGET_GUESTS_AFTER_DAYS_DEFAULT,
    HOST_DEFAULT,
    PORT_DEFAULT,
    Role,
    ServerSettings,
)

T = TypeVar("T")
R = TypeVar("R")

SEVERAL: Final = "One of several nodes"
_DAYS: Final = re.compile(r"[1-9][0-9]{0,4}")
_NODE_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


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
    context: typer.Context,
    games: Served = None,
    host: Annotated[
        str, typer.Option(envvar="CLEW_HOST", help="Address to listen on; 0.0.0.0 lets others on your network in.")
    ] = HOST_DEFAULT,
    port: Annotated[
        int, typer.Option(envvar="CLEW_PORT", min=0, max=65_535, help="Port to listen on; 0 picks a free one.")
    ] = PORT_DEFAULT,
    data: Annotated[
        Path | None, typer.Option(envvar="CLEW_DATA", help="Folder of the games, made if it is missing.")
    ] = None,
    rate_limits: Annotated[
        OnOff, typer.Option(envvar="CLEW_RATE_LIMITS", help="Off is for load tests only.")
    ] = OnOff.ON,
    log_format: Annotated[
        Format, typer.Option(envvar="CLEW_LOG_FORMAT", help="For people or for machines.")
    ] = Format.CONSOLE,
    log_level: Annotated[
        Level, typer.Option(envvar="CLEW_LOG_LEVEL", help="The least notable thing to log.")
    ] = Level.INFO,
    compact_after_days: Annotated[
        str,
        typer.Option(
            envvar="CLEW_COMPACT_AFTER_DAYS",
            help="Days a game is over before its journal is kept as one small record, from 1; off keeps it as it is.",
        ),
    ] = str(COMPACT_AFTER_DAYS_DEFAULT),
    forget_guests_after_days: Annotated[
        str,
        typer.Option(
            envvar="CLEW_FORGET_GUESTS_AFTER_DAYS",
            help="Days a guest without a game is kept unused, from 1; off keeps all.",
        ),
    ] = str(FORGET_GUESTS_AFTER_DAYS_DEFAULT),
    public_url: Annotated[
        str | None,
        typer.Option(envvar="CLEW_PUBLIC_URL", help="Where browsers find it, if a proxy stands before it."),
    ] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(
            envvar="CLEW_TRUSTED_PROXIES",
            help="Address or network of a proxy whose X-Forwarded-For is believed; * believes everybody.",
        ),
    ] = None,
    limit_network: Annotated[
        list[str] | None,
        typer.Option(
            envvar="CLEW_LIMIT_NETWORKS",
            help="More for each address of a network: 10.0.0.0/8=10 is ten times the usual, =off whatever they like.",
        ),
    ] = None,
    cap: Annotated[
        list[str] | None,
        typer.Option(envvar="CLEW_CAPS", help="A cap other than by default: open_games_per_user=50, bot_games=off."),
    ] = None,
    push_contact: Annotated[
        str | None,
        typer.Option(
            envvar="CLEW_PUSH_CONTACT",
            help="mailto:… or https://…, told to browsers' makers with each message; the public URL by default.",
        ),
    ] = None,
    push_network: Annotated[
        list[str] | None,
        typer.Option(
            envvar="CLEW_PUSH_NETWORKS",
            help="A network of your own that messages to people who are not here may go to: 10.1.0.0/16.",
        ),
    ] = None,
    database_url: Annotated[
        str | None,
        typer.Option(
            envvar="CLEW_DATABASE_URL",
            help="PostgreSQL that several nodes share, postgresql://…; without it, SQLite in the data folder.",
            rich_help_panel=SEVERAL,
        ),
    ] = None,
    bus: Annotated[
        str | None,
        typer.Option(
            envvar="CLEW_BUS",
            help="NATS that the nodes speak over, nats://… or tls://…, several with commas.",
            rich_help_panel=SEVERAL,
        ),
    ] = None,
    cluster: Annotated[
        str,
        typer.Option(
            envvar="CLEW_CLUSTER",
            help="Keeps the nodes of one cluster apart from others on the same NATS.",
            rich_help_panel=SEVERAL,
        ),
    ] = "main",
    node_id: Annotated[
        str | None,
        typer.Option(
            envvar="CLEW_NODE_ID",
            help="This node's name, its own among all; without it, the host's name and something by chance.",
            rich_help_panel=SEVERAL,
        ),
    ] = None,
    roles: Annotated[
        str,
        typer.Option(
            envvar="CLEW_ROLES",
            help="host (runs games), gateway (lets people in), or both.",
            rich_help_panel=SEVERAL,
        ),
    ] = "host,gateway",
    release: Annotated[
        str | None,
        typer.Option(
            envvar="CLEW_RELEASE",
            help="What this node calls its release, like 0.3.0 or 0.3.0+7: in a deploy, games go to the newest.",
            rich_help_panel=SEVERAL,
        ),
    ] = None,
    secret_key_file: Annotated[
        Path | None,
        typer.Option(
            envvar="CLEW_SECRET_KEY_FILE", help="32 random bytes that all nodes share.", rich_help_panel=SEVERAL
        ),
    ] = None,
    rebalance: Annotated[
        OnOff,
        typer.Option(
            envvar="CLEW_REBALANCE", help="Give a node that joined its share of the games.", rich_help_panel=SEVERAL
        ),
    ] = OnOff.ON,
    bus_credentials: Annotated[
        Path | None,
        typer.Option(envvar="CLEW_BUS_CREDENTIALS", help="A NATS .creds file.", rich_help_panel=SEVERAL),
    ] = None,
    bus_ca: Annotated[
        Path | None,
        typer.Option(envvar="CLEW_BUS_CA", help="Whom to trust as NATS: a CA's file.", rich_help_panel=SEVERAL),
    ] = None,
    bus_certificate: Annotated[
        Path | None,
        typer.Option(envvar="CLEW_BUS_CERTIFICATE", help="This node's certificate.", rich_help_panel=SEVERAL),
    ] = None,
    bus_key: Annotated[
        Path | None, typer.Option(envvar="CLEW_BUS_KEY", help="Its private key.", rich_help_panel=SEVERAL)
    ] = None,
) -> None:
    """Serve to browsers. Games that were going on go on."""
    from clew.wiring.node import run_node  # noqa: PLC0415 - the web is half of a start, and no other command's

    folder = program_of(context).words.folder(data)
    remembers = None if database_url is not None else folder.path
    program = program_with(context, served_games(context, games, remembers))
    settings = ServerSettings(
        data=folder,
        host=host,
        port=port,
        public_url=None if public_url is None else _checked(public_origin, public_url, "--public-url"),
        trusted_proxies=_checked(trusted_networks, trusted_proxy or (), "--trusted-proxy"),
        rate_limits=rate_limits is OnOff.ON,
        caps=_checked(caps_of, cap or (), "--cap"),
        network_limits=_checked(network_limits, limit_network or (), "--limit-network"),
        log_format=log_format.value,
        log_level=log_level.value,
        compact_after_days=_checked_days(compact_after_days, "--compact-after-days"),
        forget_guests_after_days=_checked_days(forget_guests_after_days, "--forget-guests-after-days"),
        push_contact=_checked(contact_of, push_contact, "--push-contact"),
        push_networks=_checked(networks_of, push_network or (), "--push-network"),
        database_url=database_url,
        bus=bus,
        cluster=cluster,
        bus_credentials=bus_credentials,
        bus_ca=bus_ca,
        bus_certificate=bus_certificate,
        bus_key=bus_key,
        secret_key_file=secret_key_file,
        node_id=_checked_node_id(node_id),
        release=_checked_release(release),
        roles=_checked_roles(roles),
        rebalance=rebalance is OnOff.ON,
    )
    configure_logs(settings.log_format, settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run_node(program, settings, Terminal(Console(), program.words.title)))


def _checked(check: Callable[[T], R], given: T, option: str) -> R:
    """What is made of an option's value; a wrong one is refused in words."""
    try:
        return check(given)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint=option) from wrong


def _checked_days(days: str, option: str) -> int | None:
    if days == "off":
        return None
    if not _DAYS.fullmatch(days):
        raise typer.BadParameter("give a number of days from 1 to 99999, or off", param_hint=option)
    return int(days)


def _checked_roles(roles: str) -> tuple[Role, ...]:
    named = [role.strip() for role in roles.split(",")]
    if not set(named) <= {"host", "gateway"} or not named:
        raise typer.BadParameter("there are host, gateway and host,gateway", param_hint="--roles")
    return tuple(cast("list[Role]", named))


def _checked_release(release: str | None) -> str | None:
    if release is not None:
        try:
            Version(release)
        except InvalidVersion as wrong:
            raise typer.BadParameter("call it like 0.3.0 or 0.3.0+7", param_hint="--release") from wrong
    return release


def _checked_node_id(node_id: str | None) -> str | None:
    if node_id is not None and not _NODE_ID.fullmatch(node_id):
        raise typer.BadParameter("use 1 to 64 letters, digits, dots, dashes and underscores", param_hint="--node-id")
    return node_id
