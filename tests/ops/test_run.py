"""`make run`: starts from an empty folder, keeps its programs alive, ends without leaving anything."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from ops.processes import free_port
from ops.run import ACCOUNTS, address
from tests.fixtures.waiting import eventually

ROOT = Path(__file__).resolve().parent.parent.parent
SERVERS = ("DATABASE_URL", "REDIS_URL", "EMAIL_HOST", "EMAIL_PORT", "DJANGO_SETTINGS_MODULE", "MAKELEVEL", "SITE_URL")


class Portal:
    """One `make run` on its own state folder."""

    def __init__(self, var: Path, **given: str) -> None:
        self.port = free_port()
        self.log = var.with_suffix(".log")
        env = {name: value for name, value in os.environ.items() if name not in SERVERS}
        env |= {"PORTAL_VAR": str(var), "PORT": str(self.port), "DEMO": "0", **given}
        self.output = self.log.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ops.run"], cwd=ROOT, env=env, stdout=self.output, stderr=subprocess.STDOUT
        )

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except OSError:
            return 0, ""

    def wait_until_ready(self, seconds: float = 120) -> None:
        eventually(lambda: self.get("/readyz")[0] == 200 or self.process.poll() is not None, seconds=seconds)
        assert self.process.poll() is None, self.text()

    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def pids(self) -> list[int]:
        """Every process that was started for this state folder and still runs."""
        mark = f"PORTAL_VAR={self.log.with_suffix('')}\0".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found


@pytest.fixture
def var(tmp_path: Path):
    folder = tmp_path / "var"
    yield folder
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"PORTAL_VAR={folder}\0".encode() in path.read_bytes():
                os.kill(int(path.parent.name), signal.SIGKILL)
        except OSError:
            continue


def test_an_empty_folder_becomes_a_portal_and_the_second_start_takes_seconds(var: Path):
    first = Portal(var)
    first.wait_until_ready()
    state = json.loads(first.get("/readyz")[1])
    assert [state[part] for part in ("database", "broker", "worker", "scheduler")] == ["ok"] * 4
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(30) == 0
    assert first.pids() == []
    started = time.monotonic()
    second = Portal(var)
    second.wait_until_ready()
    assert time.monotonic() - started < 60  # 4 s on a quiet machine; the suite keeps both processors busy
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(30) == 0
    assert second.pids() == []


@pytest.mark.faults
def test_a_killed_worker_is_started_again_and_a_killed_supervisor_leaves_no_orphans(var: Path):
    portal = Portal(var)
    portal.wait_until_ready()
    eventually(lambda: " ready." in portal.text(), what="the worker's own word")
    (line,) = (line for line in portal.text().splitlines() if "worker | started, pid" in line)
    os.kill(int(line.split("pid ")[1]), signal.SIGKILL)
    eventually(lambda: "worker | started again" in portal.text())
    eventually(lambda: portal.text().count(" ready.") >= 2, seconds=60)
    again = subprocess.run(
        [sys.executable, "-m", "ops.run"],
        cwd=ROOT,
        env=os.environ | {"PORTAL_VAR": str(var), "PORT": str(free_port())},
        capture_output=True,
        text=True,
    )
    assert again.returncode == 1
    assert f"already runs on {var}" in again.stdout
    portal.process.kill()
    portal.process.wait()
    eventually(lambda: portal.pids() == [], what="no orphans")


def test_the_demo_is_refused_when_debug_is_off(var: Path):
    portal = Portal(var, DEBUG="0", DEMO="1")
    assert portal.process.wait(30) == 1
    assert "refused when DEBUG is off" in portal.text()


def test_a_busy_port_is_named_together_with_a_way_out(var: Path, smtp_sink):
    portal = Portal(var, PORT=str(smtp_sink.port))
    assert portal.process.wait(30) == 1
    assert f"127.0.0.1:{smtp_sink.port} is taken" in portal.text()
    assert f"make run PORT={smtp_sink.port + 1}" in portal.text()


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://[::1]:80")],  # noqa: S104
)
def test_the_printed_address_can_be_opened(host: str, shown: str):
    assert address(host, 80) == shown


def test_seven_demo_accounts_are_printed():
    assert len(ACCOUNTS) == 7
