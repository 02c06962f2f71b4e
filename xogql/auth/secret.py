"""Where the secret comes from that signs tokens: the environment, or a file made once."""

import logging
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

_BYTES = 32
_DIFFERENT = 9

_log = logging.getLogger(__name__)


class SecretRefusedError(Exception):
    """There is no secret to sign tokens with."""

    def __str__(self) -> str:
        return self.__doc__ or ""


class SecretMissingError(SecretRefusedError):
    """Set XOGQL_SECRET to 32 random bytes or more, or name a data folder to keep a made one in."""


class WeakSecretError(SecretRefusedError):
    """The secret (XOGQL_SECRET, or the one kept) is weak: take 32 random bytes or more."""


def signing_secret(configured: str | None, data_dir: Path | None, *, production: bool) -> str:
    """Return the *configured* secret, or else the one kept in *data_dir*, made if there is none.

    An empty secret is none. A weak one is only warned of outside *production*.

    Raises:
        SecretMissingError: none is configured, and there is no folder to keep one in.
        WeakSecretError: it is weak; the kept one can be so if its file was damaged.
    """
    if configured:
        if production and is_weak(configured):
            raise WeakSecretError
        if is_weak(configured):
            _log.warning("%s", WeakSecretError())
        return configured
    if data_dir is None:
        raise SecretMissingError
    return _kept(data_dir)


def is_weak(secret: str) -> bool:
    """Tell whether *secret* is short, of few different characters, or one piece repeated."""
    short = len(secret.encode()) < _BYTES
    return short or len(set(secret)) < _DIFFERENT or secret in (secret + secret)[1:-1]


def _kept(data_dir: Path) -> str:
    path = data_dir / "secret"
    with suppress(FileNotFoundError):
        return _read(path)
    data_dir.mkdir(parents=True, exist_ok=True)
    _make(path)
    return _read(path)


def _read(path: Path) -> str:
    secret = path.read_text().strip()
    if is_weak(secret):
        raise WeakSecretError
    return secret


def _make(path: Path) -> None:
    """Write a whole file elsewhere, then link it here: of two that do so at once, one wins."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(name)
    finally:
        Path(name).unlink()
