"""However the owner dies, nothing runs on, and the next start works with all data."""

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.embedded.witness import (
    OURS,
    OWNER,
    eventually,
    is_deserted,
    is_kept,
    owner,
    processes_of,
    write,
)
from xogql.embedded import DataFolderInUseError, EmbeddedPostgres
from xogql.embedded.postmaster import Postmaster

DEATHS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


def supervisor_of(data_dir: Path) -> int:
    (found,) = [pid for pid, called in processes_of(data_dir).items() if "supervisor.py" in called]
    return found


def postmaster_of(data_dir: Path) -> int:
    found = Postmaster.of(data_dir / "postgres")
    assert found is not None
    return found.pid


def starts_again(data_dir: Path) -> bool:
    with EmbeddedPostgres(data_dir) as embedded:
        return is_kept(embedded.url)


@pytest.mark.parametrize("method", ["", "spawn", "fork"])
@pytest.mark.parametrize("number", DEATHS)
def test_no_orphan_is_left(kept: Path, number: signal.Signals, method: str) -> None:
    with owner(kept, method) as dying:
        supervisor_of(kept)
        dying.end(number)

        gone = {pid for pid in processes_of(kept) if pid != dying.child}
        assert eventually(lambda: not gone & processes_of(kept).keys())
        assert starts_again(kept)


def test_the_next_start_need_not_wait_for_the_last_to_be_gone(kept: Path) -> None:
    with owner(kept) as dying:
        dying.end(signal.SIGKILL)
    assert starts_again(kept)


def test_the_next_start_waits_for_a_slow_shutdown(kept: Path) -> None:
    answers: list[bool] = []
    with owner(kept) as dying:
        slow = postmaster_of(kept)
        os.kill(slow, signal.SIGSTOP)
        dying.end(signal.SIGKILL)

    following = threading.Thread(target=lambda: answers.append(starts_again(kept)))
    following.start()
    assert eventually(lambda: (kept / "owner.lock").read_text().startswith(f"{os.getpid()}\n"))
    assert following.is_alive()
    os.kill(slow, signal.SIGCONT)
    following.join(10)
    assert answers == [True]


def test_all_killed_at_once(kept: Path) -> None:
    with owner(kept) as dying:
        for each in (*processes_of(kept), dying.process.pid):
            if each != dying.process.pid:
                os.kill(each, signal.SIGKILL)
        dying.end(signal.SIGKILL)
    assert starts_again(kept)


def test_the_owner_stops_what_lost_its_supervisor(kept: Path) -> None:
    with owner(kept) as dying:
        os.kill(supervisor_of(kept), signal.SIGKILL)
        dying.end(signal.SIGINT)
        assert eventually(lambda: is_deserted(kept))
    assert starts_again(kept)


def test_the_next_owner_stops_what_lost_its_owner_and_its_supervisor(kept: Path) -> None:
    with owner(kept) as dying:
        os.kill(supervisor_of(kept), signal.SIGKILL)
        dying.end(signal.SIGKILL)
        assert not is_deserted(kept)
    assert starts_again(kept)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_the_supervisor_outlives_what_is_not_meant_for_it(
    kept: Path, number: signal.Signals
) -> None:
    with owner(kept) as living:
        supervisor = supervisor_of(kept)
        os.kill(supervisor, number)
        assert is_kept(living.url)
        assert supervisor_of(kept) == supervisor

        living.end(signal.SIGKILL)
        assert eventually(lambda: is_deserted(kept))


def test_a_control_c_for_the_owner_reaches_nobody_else(kept: Path) -> None:
    with owner(kept) as living:
        others = processes_of(kept).keys() - {living.process.pid}

        assert len(others) > 2
        assert living.process.pid not in {os.getpgid(each) for each in others}


def test_a_second_process_is_told_of_the_first(kept: Path) -> None:
    with owner(kept) as first:
        with pytest.raises(DataFolderInUseError) as refused:
            EmbeddedPostgres(kept).__enter__()

        assert refused.value.pid == first.process.pid
        assert is_kept(refused.value.url)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_killed_while_the_data_are_made(tmp_path: Path, number: signal.Signals) -> None:
    with OURS.start(str(OWNER), str(tmp_path)) as dying:
        assert eventually((tmp_path / "postgres.new" / "global").exists)
        dying.send_signal(number)
    assert not (tmp_path / "postgres").exists()

    with EmbeddedPostgres(tmp_path) as embedded:
        write(embedded.url)
    assert is_deserted(tmp_path)
