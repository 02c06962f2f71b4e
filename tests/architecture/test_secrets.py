"""What must not be said: passwords, tokens, secrets."""

import ast
import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import structlog

from tests.architecture.project import MODULES, Module
from xogql.auth.tokens import Token, TokenKind
from xogql.settings import Settings
from xogql.telemetry import configure

UNSPEAKABLE = ("authorization", "credential", "hashed", "password", "secret", "token")
LOGGERS = {"_log", "log", "_logger", "logger", "logging"}
SPEAKERS = {"critical", "debug", "error", "exception", "info", "log", "warning"}
PRECIOUS = "correct horse battery"


def spoken(module: Module) -> Iterator[ast.Call]:
    """The calls that log or print."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=who), attr=how)):
                if who in LOGGERS and how in SPEAKERS:
                    yield node
            case ast.Call(func=ast.Name(id="print")):
                yield node
            case _:
                pass


def words(call: ast.Call) -> Iterator[str]:
    """The names of the values that are spoken."""
    for given in (*call.args, *call.keywords):
        for node in ast.walk(given):
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                    yield name
                case _:
                    pass


@contextmanager
def logged(*, as_json: bool) -> Iterator[io.StringIO]:
    """What the log says in the block."""
    root, text = logging.getLogger(), io.StringIO()
    kept, level = root.handlers[:], root.level
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", text)
        configure(level="DEBUG", as_json=as_json)
    try:
        yield text
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
        structlog.reset_defaults()


def check(password: str) -> None:
    raise ValueError(len(password))


def test_no_log_statement_names_what_is_secret() -> None:
    said = {
        f"{module.place}:{call.lineno}": word
        for module in MODULES
        for call in spoken(module)
        for word in words(call)
        if word.islower() and any(each in word for each in UNSPEAKABLE)
    }

    assert said == {}


@pytest.mark.parametrize("as_json", [False, True])
def test_a_logged_failure_shows_no_values(*, as_json: bool) -> None:
    with logged(as_json=as_json) as text:
        try:
            check(PRECIOUS)
        except ValueError as error:
            structlog.get_logger("xogql").error("internal_error", exc_info=error)

    assert "ValueError" in text.getvalue()
    assert PRECIOUS not in text.getvalue()


def test_settings_that_are_shown_hide_secrets() -> None:
    url = f"postgresql://xogql:{PRECIOUS}@127.0.0.1/xogql"

    settings = Settings(database_url=url, listen_url=url, secret=PRECIOUS, previous_secret=PRECIOUS)

    assert PRECIOUS not in f"{settings} {settings!r}"


def test_a_token_that_is_shown_hides_its_value() -> None:
    assert PRECIOUS not in repr(Token(PRECIOUS, TokenKind.ACCESS, datetime.now(UTC)))
