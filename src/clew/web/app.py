"""The web application, put together."""

from functools import cache
from typing import Any

from litestar import Litestar, Response, Router, get
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from prometheus_client import CollectorRegistry

from clew.gateway.service import Service
from clew.gateway.together import Together
from clew.people.of_people import OfPeople
from clew.sessions.ports.bus import Bus
from clew.sessions.ports.clock import Clock
from clew.web.accounts import account_routes
from clew.web.bounds import BODY_BYTES_MAX, JOIN_CODE_CHARS_MAX
from clew.web.doorkeeper import Doorkeeper
from clew.web.errors import EXCEPTION_HANDLERS
from clew.web.games import game_routes
from clew.web.gate import Gate
from clew.web.headers import policy_of_page
from clew.web.health import health_routes
from clew.web.kinds import kind_routes
from clew.web.me import me_routes
from clew.web.metrics import WebMetrics
from clew.web.openapi import openapi_of
from clew.web.page import STYLE, readable_page
from clew.web.pages import Pages
from clew.web.passkeys import own_passkey_routes, passkey_routes
from clew.web.people import people_routes
from clew.web.phase import Readiness
from clew.web.previews import Previews
from clew.web.profiles import profile_routes
from clew.web.pushes import push_routes
from clew.web.settings import WebSettings
from clew.web.sign_outs import SignOuts
from clew.web.site import Site
from clew.web.socket import SocketDoor
from clew.web.sockets import Sockets
from clew.wire.errors import ApiError


class Web:
    """The ASGI application of one server (``gate``), and what its wiring moves: phase and open sockets.

    Whoever listens for it needs its metrics, settings and clock besides.
    """

    def __init__(
        self,
        service: Service,
        people: OfPeople,
        settings: WebSettings,
        clock: Clock,
        registry: CollectorRegistry,
        bus: Bus | None = None,
    ) -> None:
        """``bus`` carries to the other nodes who was signed out; None: there are none."""
        monotonic, sleep = clock.monotonic, clock.sleep
        self.readiness = Readiness()
        self.settings = settings
        self.monotonic = monotonic
        self.metrics = metrics = WebMetrics(registry)
        self.sockets = Sockets(metrics, sleep)
        self.sign_outs = SignOuts(self.sockets, service.recognize, bus, clock)
        doorkeeper = Doorkeeper(service, settings, monotonic, sleep)
        api = api_router(service, people, doorkeeper, self.sign_outs, settings)
        litestar = Litestar(
            [api, *schema_routes(api, service.shapes, settings), *health_routes(self.readiness, metrics)],
            exception_handlers=EXCEPTION_HANDLERS,
            openapi_config=None,
            logging_config=None,
            request_max_body_size=BODY_BYTES_MAX,
        )
        self.gate = Gate(
            litestar,
            Pages(
                Site(settings.static_folder, settings.title, settings.catalogue),
                Previews(service.game, settings, monotonic),
            ),
            SocketDoor(service, doorkeeper, self.readiness, self.sockets, metrics, settings),
            doorkeeper,
            self.readiness,
            metrics,
            monotonic,
            settings,
        )


def api_router(
    service: Service,
    people: OfPeople,
    doorkeeper: Doorkeeper,
    sign_outs: SignOuts,
    settings: WebSettings,
) -> Router:
    """Every call of the protocol under ``/api/v1``. Those marked ``signed_in`` are refused to strangers first."""

    async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        if len(connection.path_params.get("join_code", "")) > JOIN_CODE_CHARS_MAX:
            raise ApiError("no_such_game")
        if handler.opt.get("signed_in"):
            connection.scope["user"], connection.scope["auth"] = await doorkeeper.admit_user(connection.scope)

    return Router(
        "/api/v1",
        guards=[admit],
        route_handlers=[
            *people_routes(service, people.logins, doorkeeper, sign_outs, settings),
            *account_routes(people.logins, doorkeeper, sign_outs, settings),
            *passkey_routes(people.passkeys, doorkeeper, settings),
            *own_passkey_routes(people.passkeys, people.logins, doorkeeper, sign_outs, settings),
            *me_routes(service, people, doorkeeper, sign_outs, settings),
            *push_routes(people.places, doorkeeper),
            *profile_routes(service, people.profiles, doorkeeper),
            *kind_routes(service.shapes.kinds),
            *game_routes(service, doorkeeper),
        ],
    )


def schema_routes(api: Router, shapes: Together, settings: WebSettings) -> list[HTTPRouteHandler]:
    """The protocol for machines and for people. Both are made once, when somebody first asks."""

    @cache
    def document() -> dict[str, Any]:
        return openapi_of(api, shapes, settings.title, settings.version)

    @cache
    def page() -> str:
        return readable_page(document())

    @get("/schema/openapi.json", include_in_schema=False, sync_to_thread=False)
    def openapi_json() -> Response[dict[str, Any]]:
        return Response(document(), media_type="application/vnd.oai.openapi+json")

    @get("/schema", include_in_schema=False, sync_to_thread=False)
    def openapi_page() -> Response[str]:
        policy = {"content-security-policy": policy_of_page([STYLE])}
        return Response(page(), media_type="text/html", headers=policy)

    return [openapi_json, openapi_page]
