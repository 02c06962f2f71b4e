"""Whom Postgres runs as: it refuses root."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xogql.embedded.failures import RootRefusedError

if sys.platform != "win32":
    import pwd


@dataclass(frozen=True, slots=True)
class Identity:
    """Ourselves, or ourselves under another name (*prefix*), or another user (*uid*, *gid*)."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @property
    def user_and_group(self) -> str:
        """Return `UID:GID`, or nothing for ourselves."""
        return "" if self.uid is None else f"{self.uid}:{self.gid}"

    def can(self, *command: str) -> bool:
        """Say whether *command* succeeds as this identity."""
        try:
            finished = subprocess.run(  # noqa: S603 -- our own programs, no shell
                [*self.prefix, *command],
                cwd=Path("/"),
                capture_output=True,
                check=False,
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else (),
                timeout=10,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return finished.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Say whether *folder* can be reached as this identity."""
        return self.can("test", "-x", str(folder))

    def give(self, top: Path) -> None:
        """Make *top* and all in it this identity's own."""
        if self.uid is None or self.gid is None or top.stat().st_uid == self.uid:
            return
        # The top last: if we are killed before, the next start gives all of it again.
        for each in (*top.rglob("*"), top):
            os.chown(each, self.uid, self.gid, follow_symlinks=False)


def identity_for(cluster: Path, *, unshare: bool) -> Identity:
    """Return whom to run Postgres as on *cluster*: root has to be somebody else."""
    if os.geteuid() != 0:
        return Identity()
    if cluster.exists() and (status := cluster.stat()).st_uid != 0:
        return Identity(uid=status.st_uid, gid=status.st_gid)
    for each in _in_place_of_root(unshare=unshare):
        if each.can("true") and (each.uid is not None or each.can_enter(cluster.parent)):
            return each
    raise RootRefusedError


def _in_place_of_root(*, unshare: bool) -> Iterator[Identity]:
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise RootRefusedError from error
    program = shutil.which("unshare")
    if unshare and program is not None:
        # Root by its rights on files, `nobody` by its name: nothing has to change hands.
        names = (f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
        yield Identity(prefix=(program, "--user", *names))
    yield Identity(uid=nobody.pw_uid, gid=nobody.pw_gid)
