"""Where this installation keeps its state, and which settings it runs on: one answer for all programs of `ops`."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environ

from ops.processes import StartError

ROOT = Path(__file__).resolve().parent.parent


def environment() -> tuple[dict[str, str], Path]:
    """The environment for every child (with what `.env` adds), and the state folder, made if it is missing.

    Settings are those of development unless DEBUG is off.
    """
    environ.Env.read_env(ROOT / ".env")
    debug = environ.Env().bool("DEBUG", default=True)
    var = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()
    for name in ("files", "mail", "run"):
        (var / name).mkdir(parents=True, exist_ok=True)
    (var / "keys").mkdir(mode=0o700, exist_ok=True)
    env = {"DJANGO_SETTINGS_MODULE": f"portal.settings.{'development' if debug else 'production'}"}
    return env | os.environ | {"PORTAL_VAR": str(var)}, var


@contextmanager
def alone_in(var: Path) -> Iterator[None]:
    """Two portals in one state folder would ruin each other's queue: the second is refused."""
    with (var / "run" / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise StartError(f"The portal already runs on {var} (process {lock.read().strip()}).") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
