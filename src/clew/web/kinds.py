"""Which games are played here."""

from litestar import get
from litestar.handlers import HTTPRouteHandler

from clew.wire.http import Kinds


def kind_routes(found: Kinds) -> list[HTTPRouteHandler]:
    """The one call that tells."""

    @get("/kinds", summary="What is played here", sync_to_thread=False, tags=["Games"])
    def kinds() -> Kinds:
        """Needs no name. A page can make its forms of what stands there of a game."""
        return found

    return [kinds]
