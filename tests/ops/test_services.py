"""Private servers for one command: they are there, they are real, and nothing of them is left."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from ops.services import broker, postgresql
from ops.services.broker import private_redis
from ops.services.postgresql import private_postgresql
from tests.fixtures.waiting import eventually

ROOT = Path(__file__).resolve().parent.parent.parent
REPORT = (
    "import os, pathlib, sys, time; "
    "pathlib.Path(sys.argv[1]).write_text(os.environ['DATABASE_URL'] + ' ' + os.environ['REDIS_URL']); "
)


def start(place: Path, program: str, *options: str) -> subprocess.Popen[bytes]:
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "-m", "ops.services", "--fsync-off", *options, "--"]
    return subprocess.Popen(
        [*command, sys.executable, "-c", REPORT + program, str(place / "told")],
        cwd=ROOT,
        env=env | {"TMPDIR": str(place)},
    )


def told(place: Path) -> list[str]:
    return eventually(lambda: (place / "told").exists() and (place / "told").read_text().split(), seconds=60)


def gone(database_url: str, redis_url: str) -> bool:
    try:
        psycopg.connect(database_url, connect_timeout=2).close()
    except psycopg.OperationalError:
        try:
            redis.Redis.from_url(redis_url).ping()
        except redis.ConnectionError:
            return True
    return False


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that the server's own user may pass through."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    return tmp_path


def test_the_command_gets_real_servers_and_gives_its_exit_code(place: Path):
    process = start(
        place,
        "import psycopg, redis; "
        "version = psycopg.connect(os.environ['DATABASE_URL']).execute('SELECT version()').fetchone()[0]; "
        "assert version.startswith('PostgreSQL'), version; "
        "assert redis.Redis.from_url(os.environ['REDIS_URL']).ping(); sys.exit(7)",
    )
    assert process.wait(60) == 7
    assert gone(*told(place))
    assert not list(place.glob("portal-services-*"))


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_reaches_the_command_and_everything_is_gone_afterwards(place: Path, signum: signal.Signals):
    process = start(place, f"import signal; signal.signal({int(signum)}, signal.SIG_DFL); time.sleep(60)")
    addresses = told(place)
    process.send_signal(signum)
    assert process.wait(30) == 128 + signum
    assert gone(*addresses)
    assert not list(place.glob("portal-services-*"))


@pytest.mark.faults
def test_servers_do_not_outlive_a_killed_starter(place: Path):
    process = start(place, "time.sleep(60)")
    addresses = told(place)
    process.kill()
    process.wait()
    assert eventually(lambda: gone(*addresses), what="servers that stop by themselves")


def test_given_servers_are_used_and_left_alone():
    given = {"DATABASE_URL": "postgres://elsewhere/db", "REDIS_URL": "redis://elsewhere/0"}
    show = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"
    done = subprocess.run(
        [sys.executable, "-m", "ops.services", "--", sys.executable, "-c", show],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == list(given.values())


@pytest.mark.embedded
@pytest.mark.parametrize("binary", [broker.server_binary(), broker.packaged()], ids=lambda binary: binary.name)
def test_waiting_jobs_survive_a_stop_of_the_broker(tmp_path: Path, binary: Path):
    for expected in (0, 200):
        with private_redis(tmp_path, binary) as url, redis.Redis.from_url(url) as client:
            assert client.dbsize() == expected
            for number in range(200):
                client.set(f"key {number}", number)
    with pytest.raises(redis.ConnectionError):
        redis.Redis.from_url(url).ping()


@pytest.mark.parametrize("program", [postgresql.binaries(), postgresql.packaged()], ids=["found", "packaged"])
def test_either_postgresql_knows_vietnamese_and_the_extensions_asked_of_it(place: Path, program: Path):
    with private_postgresql(place, careless=True, program=program) as url, psycopg.connect(url) as client:
        for extension in ("unaccent", "pg_trgm", "btree_gin", "pgcrypto"):
            client.execute(f"CREATE EXTENSION {extension}")
        assert client.execute("SELECT lower('ĐẤT'), unaccent('Đất')").fetchone() == ("đất", "Dat")
