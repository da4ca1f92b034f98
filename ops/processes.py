"""Child processes that cannot outlive the program that started them."""

import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class StartError(Exception):
    """A process did not start; the message is meant for the person at the terminal."""


def die_with_parent(signum: int = signal.SIGTERM) -> None:
    """Ask the kernel to send this process `signum` when its parent ends, even by SIGKILL (Linux only)."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)


def _prepare(parent: int, signum: int) -> Callable[[], None]:
    def before_exec() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        die_with_parent(signum)
        if os.getppid() != parent:  # the parent ended before the request above was heard
            os._exit(1)

    return before_exec


def spawn(
    args: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: str | Path | None = None,
    output: IO[bytes] | int | None = None,
    user: str | None = None,
    own_session: bool = True,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `args`; the child gets `death_signal` when this process ends in whatever way.

    `own_session` keeps the terminal's Ctrl-C away from the child, so that the parent decides the order of stopping.
    `user` needs root. Call it from the main thread: the kernel ties the death signal to the thread that forks.
    """
    return subprocess.Popen(
        [str(arg) for arg in args],
        env=None if env is None else dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL if own_session else None,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        start_new_session=own_session,
        preexec_fn=_prepare(os.getpid(), death_signal),
    )


def stop(process: subprocess.Popen[bytes], *, first: int = signal.SIGTERM, seconds: float = 10) -> int:
    """End `process` politely, then by force with everything in its session; returns its exit code."""
    if process.poll() is None:
        process.send_signal(first)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        kill_session(process.pid)
        process.kill()
        return process.wait()


def kill_session(leader: int) -> None:
    """Kill what is left of the process group that `leader` founded; nothing happens when it is empty."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def free_port() -> int:
    """A loopback TCP port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen on `host`:`port` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
