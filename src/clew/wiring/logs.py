"""Logs: one line for each notable thing, for people or for machines; never a token, a key or a plan."""

import logging
import sys
from typing import Final, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from clew.wiring.settings import LogFormat, LogLevel

SECRET_FIELDS: Final = frozenset({"token", "authorization", "cookie", "secret", "secret_key", "plan", "steps", "seed"})
"""Whatever is logged under these names is left out."""

_NOT_OURS: Final = ("uvicorn.error", "uvicorn.access", "alembic", "asyncio", "litestar", "websockets")
"""At ``debug`` their notes are heard, their own debugging never: it prints headers and frames, tokens and plans."""

_STRANGERS_FAULT: Final = "Invalid UTF-8 sequence received from client."
"""uvicorn logs this with a traceback for whatever a stranger sends; the close code 1007 says it already."""


def configure_logs(log_format: LogFormat, level: LogLevel, stream: TextIO | None = None) -> None:
    """Everything that is logged from now on goes to ``stream`` (the process's standard error), in one form.

    Other people's libraries are heard from when something failed; at ``debug`` they say what they do.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        leave_out_secrets,
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(log_format, handler)],
        )
    )
    handler.addFilter(_not_a_strangers_fault)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _NOT_OURS:
        logging.getLogger(name).setLevel(logging.INFO if level == "debug" else logging.ERROR)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def leave_out_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A belt besides the braces: nothing of these names is ever meant to be logged."""
    for name in SECRET_FIELDS & event.keys():
        event[name] = "left out"
    return event


def _renderers(log_format: LogFormat, handler: logging.StreamHandler[TextIO]) -> list[Processor]:
    if log_format == "json":
        return [
            structlog.processors.EventRenamer("message"),
            structlog.processors.format_exc_info,  # text: frames without the values in them
            structlog.processors.JSONRenderer(),
        ]
    # Not Rich's traceback: it shows every frame's variables, tokens among them.
    return [
        structlog.dev.ConsoleRenderer(
            colors=handler.stream.isatty(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=24
        )
    ]


def _not_a_strangers_fault(record: logging.LogRecord) -> bool:
    return record.getMessage() != _STRANGERS_FAULT if record.name == "uvicorn.error" else True
