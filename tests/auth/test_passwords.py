import asyncio
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xogql.auth.passwords import (
    OverloadedError,
    Passwords,
    check_password,
    check_username,
    verify_argon2,
)
from xogql.auth.refusals import PasswordNotAllowedError, UsernameNotAllowedError
from xogql.readmodels.players import username_key

PASSWORD = "correct horse"


class Counting:
    """The real verification, and what it was asked."""

    def __init__(self) -> None:
        self.hashes: list[str] = []

    def __call__(self, password: bytes, hashed: str) -> bool:
        self.hashes.append(hashed)
        return verify_argon2(password, hashed)


class Gate:
    """A verification that lasts until the gate is opened."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def __call__(self, *_: object) -> bool:
        self.entered.set()
        return self.opened.wait(10)


@pytest.fixture(scope="module")
def passwords() -> Iterator[Passwords]:
    with Passwords(concurrency=2) as passwords:
        yield passwords


@given(st.from_regex(r"[A-Za-z0-9_-]{3,24}", fullmatch=True))
def test_a_username_of_letters_digits_and_dashes_is_allowed(name: str) -> None:
    check_username(name)


@pytest.mark.parametrize(
    "name", ["", "an", "a" * 25, "ann bob", "ann\n", "änn", "ann!", "\u0430nn", "٣٣٣", "ann\0"]
)
def test_any_other_username_is_not(name: str) -> None:
    with pytest.raises(UsernameNotAllowedError) as refused:
        check_username(name)

    assert refused.value.code == "USERNAME_NOT_ALLOWED"


@given(st.from_regex(r"[A-Za-z0-9_-]{3,24}", fullmatch=True))
def test_usernames_that_differ_by_case_alone_are_one(name: str) -> None:
    assert username_key(name.upper()) == username_key(name.lower()) == name.lower()


@pytest.mark.parametrize("length", [8, 256])
def test_a_password_of_8_to_256_characters_is_allowed(length: int) -> None:
    check_password("é" * length)


@pytest.mark.parametrize("length", [0, 7, 257, 5000])
def test_a_shorter_or_longer_one_is_not(length: int) -> None:
    with pytest.raises(PasswordNotAllowedError) as refused:
        check_password("é" * length)

    assert refused.value.code == "PASSWORD_NOT_ALLOWED"


async def test_a_password_is_known_again_and_no_other(passwords: Passwords) -> None:
    hashed = await passwords.hash(PASSWORD)

    assert await passwords.verify(PASSWORD, hashed)
    assert not await passwords.verify(PASSWORD + " ", hashed)
    assert not await passwords.verify("", hashed)


async def test_hashes_are_argon2id_as_owasp_wants_and_salted(passwords: Passwords) -> None:
    hashes = [await passwords.hash(PASSWORD) for _ in range(2)]

    assert all(each.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for each in hashes)
    assert hashes[0] != hashes[1]
    assert PASSWORD not in hashes[0]


async def test_only_a_hash_of_other_parameters_needs_another(passwords: Passwords) -> None:
    hashed = await passwords.hash(PASSWORD)

    assert not passwords.needs_rehash(hashed)
    assert passwords.needs_rehash(hashed.replace("m=19456", "m=65536"))
    assert passwords.needs_rehash(hashed.replace("t=2", "t=3"))
    assert passwords.needs_rehash(hashed.replace("argon2id", "argon2i"))


@pytest.mark.parametrize(
    "password", ["\0\0\0\0\0\0\0\0", "\ud800" * 8, "\U0001d160" * 256, "😀" * 256]
)
async def test_whatever_characters_it_has_it_can_be_hashed(
    passwords: Passwords, password: str
) -> None:
    check_password(password)

    assert await passwords.verify(password, await passwords.hash(password))


async def test_a_password_is_the_same_however_its_accents_are_composed(
    passwords: Passwords,
) -> None:
    hashed = await passwords.hash("caf\u00e9 crème")

    assert await passwords.verify("cafe\u0301 crème", hashed)
    assert not await passwords.verify("cafe crème", hashed)
    assert not await passwords.verify("caf\u00e9 \uff43rème", hashed)


async def test_an_unknown_name_and_a_wrong_password_cost_one_verification_alike() -> None:
    counting = Counting()
    with Passwords(concurrency=1, verifier=counting) as passwords:
        hashed = await passwords.hash(PASSWORD)
        assert not await passwords.verify("wrong horse", hashed)
        assert not await passwords.verify("wrong horse", None)
        wrong, unknown = counting.hashes

        assert wrong == hashed
        assert unknown.rsplit("$", 2)[0] == hashed.rsplit("$", 2)[0]
        assert not passwords.needs_rehash(unknown)


async def test_an_endless_password_is_wrong_at_the_same_price() -> None:
    counting = Counting()
    with Passwords(concurrency=1, verifier=counting) as passwords:
        hashed = await passwords.hash("a" * 256)

        assert not await passwords.verify("a" * 257, hashed)
        assert not await passwords.verify("a" * 1_000_000, hashed)
    assert len(counting.hashes) == 2


async def test_no_hash_is_right_for_an_unknown_name() -> None:
    with Passwords(concurrency=1, verifier=lambda _password, _hashed: True) as passwords:
        assert not await passwords.verify(PASSWORD, None)


async def test_so_many_are_checked_at_once_and_no_more() -> None:
    pair = threading.Barrier(2)
    busy = threading.BoundedSemaphore(2)

    def together(_password: bytes, _hashed: str) -> bool:
        assert busy.acquire(blocking=False)
        pair.wait(10)
        busy.release()
        return True

    with Passwords(concurrency=2, verifier=together) as passwords:
        checks = [passwords.verify(PASSWORD, "a hash") for _ in range(8)]
        assert all(await asyncio.gather(*checks))


async def test_who_comes_when_too_many_wait_is_sent_away() -> None:
    gate = Gate()
    with Passwords(concurrency=1, waiting=2, verifier=gate) as passwords:
        async with asyncio.TaskGroup() as group:
            served = [group.create_task(passwords.verify(PASSWORD, "a hash")) for _ in range(3)]
            await asyncio.to_thread(gate.entered.wait, 10)
            with pytest.raises(OverloadedError) as refused:
                await passwords.verify(PASSWORD, None)
            with pytest.raises(OverloadedError):
                await passwords.hash(PASSWORD)
            gate.opened.set()

        assert (refused.value.code, refused.value.retry_after) == ("OVERLOADED", 1)
        assert all(each.result() for each in served)
        assert await passwords.verify(PASSWORD, "a hash")


async def test_who_goes_away_leaves_a_thread_busy_and_its_place_taken() -> None:
    gate = Gate()
    with Passwords(concurrency=1, waiting=0, verifier=gate) as passwords:
        async with asyncio.TaskGroup() as group:
            gone = group.create_task(passwords.verify(PASSWORD, "a hash"))
            await asyncio.to_thread(gate.entered.wait, 10)
            gone.cancel()

        with pytest.raises(OverloadedError):
            await passwords.verify(PASSWORD, "a hash")
        gate.opened.set()


async def test_who_goes_away_while_waiting_leaves_a_place() -> None:
    gate = Gate()
    with Passwords(concurrency=1, waiting=1, verifier=gate) as passwords:
        async with asyncio.TaskGroup() as group:
            group.create_task(passwords.verify(PASSWORD, "a hash"))
            waiting = group.create_task(passwords.verify(PASSWORD, "a hash"))
            await asyncio.to_thread(gate.entered.wait, 10)
            waiting.cancel()
            await asyncio.wait([waiting])
            served = group.create_task(passwords.verify(PASSWORD, "a hash"))
            gate.opened.set()

        assert served.result()
