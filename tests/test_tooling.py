"""The house's own tools keep up with the house: nothing is left out of the checks, the commands or the schedule."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from ops.check import questions
from ops.run import programs

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
COMMANDS = ("run", "test", "check", "bench", "backup", "restore", "help")
OURS = sorted(config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT)


def contract(name: str) -> dict[str, list[str]]:
    (found,) = (each for each in SETTINGS["tool"]["importlinter"]["contracts"] if each["id"] == name)
    return found


def test_every_app_of_ours_is_checked_for_types_and_for_the_direction_of_its_imports():
    assert set(OURS) <= set(SETTINGS["tool"]["mypy"]["files"])
    assert set(OURS) == set(SETTINGS["tool"]["importlinter"]["root_packages"])
    named = {name.strip(" ()") for layer in contract("direction")["layers"] for name in layer.split("|")}
    assert set(OURS) <= named
    assert set(OURS) - {"portal"} == set(contract("inside")["containers"])


def test_every_kind_of_case_is_kept_from_knowing_letters():
    kinds = {"projects", "adjustments", "incentives"} & set(OURS)
    assert set(contract("letters")["source_modules"]) == kinds


def test_no_app_of_ours_is_excused_from_types():
    overrides = SETTINGS["tool"]["mypy"]["overrides"]
    excused = {name for override in overrides for name in override["module"]}
    assert not {name.split(".")[0] for name in excused} & set(OURS)
    assert all(set(override) == {"module", "ignore_missing_imports"} for override in overrides)
    assert not {"exclude", "ignore_errors"} & set(SETTINGS["tool"]["mypy"])


def test_make_help_names_every_command():
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in COMMANDS:
        assert re.search(rf"^  make {command} +\S", listed, re.MULTILINE), command


def test_check_asks_about_all_that_the_contract_names(tmp_path: Path):
    asked = set(questions(tmp_path))
    assert {"format", "lint", "types", "imports", "migrations", "translations", "deployment"} <= asked


def test_the_worker_of_make_run_listens_to_every_queue_that_is_used(settings, tmp_path: Path):
    env = {"HOST": "127.0.0.1", "PORT": "8000"}
    (worker,) = (program for program in programs(env, tmp_path, sink=True) if program.name == "worker")
    listened = set(worker.command[list(worker.command).index("--queues") + 1].split(","))
    used = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} | {settings.CELERY_TASK_DEFAULT_QUEUE}
    assert used <= listened


def test_one_scheduler_runs_and_the_worker_is_not_a_second_one(tmp_path: Path):
    commands = [program.command for program in programs({"HOST": "::1", "PORT": "8000"}, tmp_path, sink=False)]
    assert sum("beat" in command for command in commands) == 1
    assert not any({"-B", "--beat"} & set(command) for command in commands)
    assert not any("ops.sink" in command for command in commands)
    assert any("[::1]:8000" in command for command in commands)


@pytest.mark.parametrize("command", ["load_reference", "seed_demo", "verify_chain"])
def test_the_commands_that_start_and_restore_rely_on_exist(command: str):
    assert command in get_commands()


def test_every_requirement_is_pinned_and_names_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            assert re.fullmatch(r"[a-z0-9._-]+(\[[a-z,-]+\])?==[\w.]+", line), f"{name}: {line}"


def test_what_both_lists_name_has_one_version():
    lists = [
        dict(line.split("==") for line in (ROOT / name).read_text().split())
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert {name for name in lists[0].keys() & lists[1].keys() if lists[0][name] != lists[1][name]} == set()


def test_whatever_is_imported_is_also_required():
    """A package that only this machine happens to have is missing on the next one."""
    tested = ROOT / "tests"
    files = [ROOT / "manage.py", *(path for name in [*OURS, "ops", "tests"] for path in (ROOT / name).rglob("*.py"))]
    providers = packages_distributions()
    missing = set()
    for path in files:
        locked = required("requirements.txt") | (
            required("requirements-dev.txt") if path.is_relative_to(tested) else set()
        )
        for module in imported(path) - set(sys.stdlib_module_names) - {*OURS, "ops", "tests"}:
            if not {normal(name) for name in providers.get(module, [])} & locked:
                missing.add((module, str(path.relative_to(ROOT))))
    assert missing == set()


def imported(path: Path) -> set[str]:
    """The top-level names of the modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def required(name: str) -> set[str]:
    """The packages that a list names."""
    return {normal(line.split("==")[0]) for line in (ROOT / name).read_text().splitlines()}


def normal(name: str) -> str:
    """A package's name in the form in which names are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
