"""What an operator's machines ask: alive, ready, and how many of what."""

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from clew.web.metrics import WebMetrics
from clew.web.phase import Readiness
from clew.wire.errors import ApiError


def health_routes(readiness: Readiness, metrics: WebMetrics) -> list[HTTPRouteHandler]:
    """Outside ``/api``, and never held to a rate."""

    @get("/health/live", include_in_schema=False, sync_to_thread=False)
    def live() -> dict[str, str]:
        return {"status": "alive"}

    @get("/health/ready", include_in_schema=False, sync_to_thread=False)
    def ready() -> dict[str, str]:
        if reasons := readiness.reasons():
            told = "; ".join(words for _, words in reasons)
            details = {
                "phase": readiness.phase.value,
                "reasons": [{"code": code, "words": words} for code, words in reasons],
            }
            raise ApiError("not_ready", f"This server is not ready: {told}.", details)
        return {"status": "ready"}

    @get("/metrics", include_in_schema=False, sync_to_thread=False)
    def metrics_text() -> Response[bytes]:
        return Response(generate_latest(metrics.registry), headers={"content-type": CONTENT_TYPE_LATEST})

    return [live, ready, metrics_text]
