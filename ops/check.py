"""`make check`: every question is asked, also after a "no"; the answers come as they are ready.

`python -m ops.check lint types` asks only those two.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
APPS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))


@dataclass(frozen=True)
class Question:
    """One command that must end with 0."""

    command: list[str]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """How a question ended."""

    name: str
    code: int
    seconds: float
    output: str


def questions(var: Path) -> dict[str, Question]:
    """All questions by name, slowest first, so that two processors finish early. `var` is an empty state folder."""
    development = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "PORTAL_VAR": str(var)}
    production = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PORTAL_VAR": str(var),
        "DEBUG": "0",
        "DEMO": "0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "portal.haiphong.example",
        "SITE_URL": "https://portal.haiphong.example",
    }
    manage = [PYTHON, "manage.py"]
    return {
        "types": Question([f"{BIN}/mypy"], development),
        "translations": Question([PYTHON, "-m", "ops.translations", "check"], development),
        "templates": Question([f"{BIN}/djlint", "--lint", "--quiet", "templates"]),
        "security": Question([f"{BIN}/bandit", "-q", "-c", "pyproject.toml", "-r", *APPS]),
        "deployment": Question([*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
        "migrations": Question([*manage, "makemigrations", "--check", "--dry-run"], development),
        "imports": Question([f"{BIN}/lint-imports", "--no-cache"]),
        "format": Question([f"{BIN}/ruff", "format", "--check", "."]),
        "lint": Question([f"{BIN}/ruff", "check", "--output-format", "concise", "."]),
    }


def ask(name: str, question: Question) -> Answer:
    """Run one question to its end."""
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    started = time.monotonic()
    done = subprocess.run(
        question.command,
        cwd=ROOT,
        env={**env, **question.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return Answer(name, done.returncode, time.monotonic() - started, done.stdout.strip())


@contextmanager
def asked(names: list[str]) -> Iterator[Iterator[Answer]]:
    """The answers in the order in which they are ready."""
    with tempfile.TemporaryDirectory(prefix="portal-check-") as folder:
        chosen = {name: question for name, question in questions(Path(folder)).items() if not names or name in names}
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            waiting = [pool.submit(ask, name, question) for name, question in chosen.items()]
            yield (future.result() for future in as_completed(waiting))


def main() -> int:
    """Print every answer, the long ones with their reasons; 1 when any is no."""
    names = sys.argv[1:]
    if unknown := set(names) - set(questions(Path())):
        print(f"No such check: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    failed = []
    with asked(names) as answers:
        for answer in answers:
            print(f"{'FAILED' if answer.code else 'ok':<7}{answer.name} ({answer.seconds:.1f} s)", flush=True)
            if answer.code:
                failed.append(answer.name)
                print("\n".join(f"    {line}" for line in answer.output.splitlines()), flush=True)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
