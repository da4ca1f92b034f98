"""`make run`: everything the portal is made of, in one terminal, from an empty folder.

Environment (also read from `.env`): HOST, PORT, PORTAL_VAR, DATABASE_URL, REDIS_URL, EMAIL_HOST, DEBUG, DEMO.
What is not given is brought along: SQLite, a private Redis and an SMTP server that keeps the mail under var/mail.
"""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import environ

from ops.environment import ROOT, alone_in, environment
from ops.processes import StartError, die_with_parent, free_port, port_is_free
from ops.services.broker import private_redis
from ops.supervisor import Interrupted, Program, block_signals, say, step, supervise
from ops.translations import compile_catalogues

PASSWORD = "haiphong-demo"  # noqa: S105 - public on purpose, and refused when DEBUG is off
ACCOUNTS = {
    "investor@demo.example": "Owner and Signer of one company",
    "consultant@demo.example": "Preparer for three companies",
    "desk@demo.example": "desk officer",
    "appraiser@demo.example": "appraiser",
    "signer@demo.example": "signer",
    "statistician@demo.example": "statistician",
    "admin@demo.example": "administrator",
}
READY_SECONDS = 60.0


def main() -> int:
    """Prepare, start, watch and stop; 0 after an orderly end."""
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM)
    block_signals()
    try:
        with ExitStack() as stack:
            env, var = environment()
            env |= _own(env)
            stack.enter_context(alone_in(var))
            start(env, var, stack)
    except Interrupted:
        say("portal", "stopped before the start was complete")
    except StartError as error:
        say("portal", str(error))
        return 1
    return 0


def start(env: dict[str, str], var: Path, stack: ExitStack) -> None:
    """Bring up what is missing, prepare the database, keep the programs running until the end is asked for."""
    host, port = env["HOST"], int(env["PORT"])
    if not port_is_free(host, port):
        raise StartError(
            f"{host}:{port} is taken by another program. Stop it, or choose another: make run PORT={port + 1}"
        )
    if not env.get("REDIS_URL"):
        env["REDIS_URL"] = stack.enter_context(private_redis(var / "redis"))
    sink = not env.get("EMAIL_HOST")
    if sink:
        env |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": env.get("EMAIL_PORT") or str(free_port())}
    compile_catalogues()
    if step("portal", [sys.executable, "-m", "ops.prepare"], env, ROOT):
        raise StartError("The database could not be prepared; the reason stands above.")
    stack.enter_context(_addresses(env, var))
    threading.Thread(target=_announce, args=(env, host, port), daemon=True).start()
    supervise(programs(env, var, sink=sink), env, ROOT)


def _own(env: dict[str, str]) -> dict[str, str]:
    """What only `make run` asks for: the address to listen on, and whether this is the demo."""
    host, port = env.get("HOST") or "127.0.0.1", env.get("PORT") or "8000"
    if not port.isdigit():
        raise StartError(f"PORT must be a number, not {port!r}.")
    demo = environ.Env().bool("DEMO", default=True)
    if demo and env["DJANGO_SETTINGS_MODULE"].endswith("production"):
        raise StartError("DEMO=1 loads accounts with a public password and is refused when DEBUG is off: set DEMO=0.")
    site = env.get("SITE_URL") or address(host, int(port))
    return {"HOST": host, "PORT": port, "DEMO": str(int(demo)), "SITE_URL": site, "PYTHONUNBUFFERED": "1"}


def address(host: str, port: int) -> str:
    """The address to open in a browser: a server that listens everywhere is reached on the loopback."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def programs(env: dict[str, str], var: Path, *, sink: bool) -> list[Program]:
    """What runs side by side; the mail server first, because the worker may want it at once."""
    python = sys.executable
    host = f"[{env['HOST']}]" if ":" in env["HOST"] else env["HOST"]
    web = [python, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"{host}:{env['PORT']}"]
    web += ["--worker-class", "gthread", "--workers", env.get("WEB_WORKERS", "2"), "--threads", "4"]
    web += ["--preload", "--no-control-socket", "--graceful-timeout", "10", "--log-level", "warning"]
    web += ["--access-logfile", "-", "--access-logformat", "%(m)s %(U)s %(s)s %(M)s ms"]
    celery = [python, "-W", "ignore:You're running the worker", "-m", "celery", "--app", "portal", "--quiet"]
    worker = [*celery, "worker", "--queues", "mail,documents,reports,default", "--concurrency", "2"]
    worker += ["--without-mingle", "--loglevel", "info"]
    beat = [*celery, "beat", "--schedule", str(var / "run" / "schedule"), "--loglevel", "warning"]
    mail = [Program("mail", [python, "-m", "ops.sink"], needed_to_the_end=True)] if sink else []
    return [*mail, Program("web", web), Program("worker", worker), Program("scheduler", beat)]


@contextmanager
def _addresses(env: dict[str, str], var: Path) -> Iterator[None]:
    """Keep var/run/env: `set -a; . var/run/env` lets manage.py in a second terminal reach the same Redis and mail."""
    names = (
        "DJANGO_SETTINGS_MODULE",
        "PORTAL_VAR",
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_HOST",
        "EMAIL_PORT",
        "SITE_URL",
    )
    path = var / "run" / "env"
    path.touch(mode=0o600)
    path.write_text("".join(f"{name}='{env[name]}'\n" for name in names if env.get(name)))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _announce(env: dict[str, str], host: str, port: int) -> None:
    """Tell the address and the accounts once the web server answers."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection((target, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            continue
        say("portal", "\n".join(greeting(env)))
        return


def greeting(env: dict[str, str]) -> list[str]:
    """What a person wants to know first."""
    site = env["SITE_URL"]
    lines = [
        "",
        f"  Hai Phong investor portal: {site}/",
        f"  officials' desk: {site}/admin/    API: {site}/api/v1/docs/",
    ]
    if env["DEMO"] == "1":
        lines += [f"  mail that was sent: {site}/mailbox/", "", f"  Demo accounts, password {PASSWORD}:"]
        lines += [f"    {email:<26} {who}" for email, who in ACCOUNTS.items()]
    return [*lines, "", "  Ctrl-C stops everything.", ""]


if __name__ == "__main__":
    sys.exit(main())
