"""Logs: structured, every event's name in one table, never a secret."""

import logging
import sys
from enum import StrEnum

import structlog


class Said(StrEnum):
    """The names of what the log says."""

    INTERNAL_ERROR = "internal_error"
    LOG_UNAVAILABLE = "log_unavailable"


_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def _renderer() -> structlog.dev.ConsoleRenderer:
    """Render for people; tracebacks without the values of variables, which may be secrets."""
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def configure(*, level: str, as_json: bool) -> None:
    """Send all logs, also those of libraries, to standard error in one form."""
    last: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [_renderer()]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    # Each request's line, with its query string, says too much and too often.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_fit_to_be_told)


def _fit_to_be_told(record: logging.LogRecord) -> bool:
    """Drop the headers and messages of sockets, which have tokens; shorten a client's fault."""
    if str(record.msg).startswith("Invalid UTF-8"):
        record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
    return record.levelno > logging.DEBUG
