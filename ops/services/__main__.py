"""`python -m ops.services [--fsync-off] [--only-redis] -- COMMAND...`: see the package."""

import argparse
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ops.processes import StartError, spawn, stop
from ops.services.broker import private_redis
from ops.services.postgresql import private_postgresql

STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
SENT_BY_KERNEL = 0x80  # SI_KERNEL: the terminal has sent the signal to the whole foreground group, COMMAND included


def main() -> int:
    """Start what is asked for, run the command, stop everything; the command's exit code."""
    parser = argparse.ArgumentParser(prog="python -m ops.services", description=__doc__)
    parser.add_argument("--fsync-off", action="store_true", help="quicker; for data that is thrown away")
    parser.add_argument("--only-redis", action="store_true", help="no PostgreSQL: the embedded database is wanted")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    options = parser.parse_args()
    # From here on signals wait until `_run` asks for them, so that none can cut the start or the stop in two.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING | {signal.SIGCHLD})
    try:
        with scratch_folder() as folder, ExitStack() as servers:
            env = dict(os.environ)
            if options.only_redis:
                env.pop("DATABASE_URL", None)
            elif not env.get("DATABASE_URL"):
                place = _subfolder(folder, "postgresql")
                env["DATABASE_URL"] = servers.enter_context(private_postgresql(place, careless=options.fsync_off))
            if not env.get("REDIS_URL"):
                env["REDIS_URL"] = servers.enter_context(private_redis(_subfolder(folder, "redis")))
            return _run(options.command, env)
    except StartError as error:
        print(f"ops.services: {error}", file=sys.stderr)
        return 1


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder that every user of the machine may pass through (but not list), removed afterwards."""
    place = Path(tempfile.gettempdir())
    if os.geteuid() == 0 and not _open_to_all(place):
        place = Path("/tmp")  # noqa: S108 - only a parent: the folder itself gets an unpredictable name
    folder = Path(tempfile.mkdtemp(prefix="portal-services-", dir=place))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open_to_all(place: Path) -> bool:
    return all(part.stat().st_mode & stat.S_IXOTH for part in (place, *place.parents))


def _subfolder(folder: Path, name: str) -> Path:
    path = folder / name
    path.mkdir(mode=0o711)
    return path


def _run(command: list[str], env: dict[str, str]) -> int:
    """Run `command` in the foreground and hand it the signals that only we received."""
    if signal.sigpending() & STOPPING:
        return 128 + signal.sigwait(STOPPING)
    try:
        process = spawn(command, env=env, own_session=False)
    except OSError as error:
        raise StartError(f"cannot run {command[0]}: {error.strerror}") from error
    try:
        while process.poll() is None:
            received = signal.sigwaitinfo(STOPPING | {signal.SIGCHLD})
            if received.si_signo in STOPPING and received.si_code != SENT_BY_KERNEL:
                process.send_signal(received.si_signo)
    finally:
        stop(process)
    code = process.returncode
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
