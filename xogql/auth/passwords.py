"""What usernames and passwords may be, and how passwords are kept: argon2id, off the event loop."""

import asyncio
import os
import re
import secrets
import threading
import unicodedata
import warnings
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self, TypeVar

from xogql.auth.refusals import AuthError, PasswordNotAllowedError, UsernameNotAllowedError

with warnings.catch_warnings():
    # passlib 1.7.4 was last released in 2020; its backend warns when it is loaded, so load it here.
    warnings.simplefilter("ignore", DeprecationWarning)
    from passlib.context import CryptContext

    # m=19456, t=2, p=1: OWASP's Password Storage Cheat Sheet.
    _ARGON2 = CryptContext(
        schemes=["argon2"],
        argon2__type="ID",
        argon2__memory_cost=19456,
        argon2__rounds=2,
        argon2__parallelism=1,
    )
    _ARGON2.handler("argon2").get_backend()

T = TypeVar("T")

_USERNAME = re.compile(r"[A-Za-z0-9_-]{3,24}")
_SHORTEST = 8
_LONGEST = 256


def check_username(name: str) -> None:
    """Raise UsernameNotAllowedError unless *name* may be signed up."""
    if not _USERNAME.fullmatch(name):
        raise UsernameNotAllowedError


def check_password(password: str) -> None:
    """Raise PasswordNotAllowedError unless *password* may be chosen."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise PasswordNotAllowedError


def verify_argon2(password: bytes, hashed: str) -> bool:
    """Tell whether *hashed* was made from *password*, here and now: it takes some 40 ms of CPU."""
    return bool(_ARGON2.verify(password, hashed))


class OverloadedError(AuthError):
    """The server is busy: try again in a moment."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after
        """Seconds from now, at least 1."""


class Passwords:
    """Hash and verify, *concurrency* at once (a core and 19 MiB each), while *waiting* more wait.

    A wait has no timeout: those before it are bounded in number and cost the same each. As a
    context manager it ends its threads.
    """

    def __init__(
        self,
        *,
        concurrency: int | None = None,
        waiting: int = 64,
        verifier: Callable[[bytes, str], bool] = verify_argon2,
    ) -> None:
        threads = concurrency or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._places = threading.BoundedSemaphore(threads + waiting)
        self._verifier = verifier
        self._dummy: Future[str] = self._threads.submit(_ARGON2.hash, secrets.token_bytes(16))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    async def hash(self, password: str) -> str:
        """Return a salted hash of *password*, which check_password has let through.

        Raises:
            OverloadedError: too many wait already.
        """
        hashed: str = await self._run(_ARGON2.hash, _prepared(password))
        return hashed

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Tell whether *hashed* was made from *password*.

        Without a hash (an unknown name) the answer is no, and costs what a wrong password costs.

        Raises:
            OverloadedError: too many wait already.
        """
        if hashed is None or len(password) > _LONGEST:
            dummy = await asyncio.wrap_future(self._dummy)
            await self._run(self._verifier, _prepared(password[:_LONGEST]), dummy)
            return False
        return await self._run(self._verifier, _prepared(password), hashed)

    def needs_rehash(self, hashed: str) -> bool:
        """Tell whether *hashed* was made with other parameters than today's."""
        return bool(_ARGON2.needs_update(hashed))

    async def _run(self, work: Callable[..., T], *args: bytes | str) -> T:
        if not self._places.acquire(blocking=False):
            raise OverloadedError(retry_after=1)
        # The place is given back by the work, not by who awaits it: a cancelled caller leaves its
        # thread busy.
        future = self._threads.submit(work, *args)
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)


def _prepared(password: str) -> bytes:
    """Return the bytes to be hashed, whatever way the keyboard composed them (RFC 8265, 4.2.2)."""
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")
