"""Catalogues of sentences: `python -m ops.translations compile | collect | check`.

`compile` needs no gettext on the machine, because a first `make run` must not; the other two call xgettext.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
IGNORED = ("tests/*", "ops/*", "docs/*", "static/*", "var/*", ".venv/*")
HOLE = re.compile(r"%\(\w+\)[sdifr]|%[sdifr]|\{\w*(?:![rs])?(?::[^}]*)?\}")


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Write each .mo that is missing or older than its .po; returns the ones written."""
    written = []
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        part = target.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as output:
            write_mo(output, catalogue(source))
        written.append(part.rename(target))
    return written


def catalogue(path: Path) -> Catalog:
    """The catalogue of locale/<locale>/LC_MESSAGES/<name>.po; obsolete entries are left out.

    A new file of makemessages has two empty plural forms in every language; Babel drops the surplus and says so aloud.
    """
    with path.open("rb") as source, redirect_stdout(StringIO()):
        # The locale is named because Babel would forget the plural forms without it.
        return read_po(source, locale=path.parent.parent.name)


def languages() -> list[str]:
    """The locale folder of each language offered, except English, which is the language of the sources."""
    program = (
        "from django.conf import settings; from django.utils.translation import to_locale; "
        "print(*(to_locale(code) for code, _ in settings.LANGUAGES if code != 'en'))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=_env(), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.split()


def collect(root: Path, locales: list[str]) -> None:
    """Run makemessages in `root`, which holds a copy of the project or the project itself."""
    if not shutil.which("xgettext"):
        raise SystemExit("xgettext is missing: install the package gettext.")
    command = [sys.executable, "manage.py", "makemessages", "--no-wrap", "--no-obsolete", "--add-location", "file"]
    for pattern in IGNORED:
        command += ["--ignore", pattern]
    for locale in locales:
        command += ["--locale", locale]
    done = subprocess.run(command, cwd=root, env=_env(), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"makemessages failed:\n{done.stdout}{done.stderr}")


def check() -> list[str]:
    """What is wrong with the committed catalogues, one line each, seen from the sentences now in the sources."""
    locales = languages()
    with tempfile.TemporaryDirectory(prefix="portal-messages-") as folder:
        copy = Path(folder)
        _copy_sources(copy)
        for locale in locales:
            (copy / "locale" / locale / "LC_MESSAGES").mkdir(parents=True)
        collect(copy, locales)
        return [
            f"locale/{locale}: {problem}"
            for locale in locales
            for problem in _compare(
                catalogue(copy / "locale" / locale / "LC_MESSAGES" / "django.po"),
                ROOT / "locale" / locale / "LC_MESSAGES" / "django.po",
            )
        ]


def _compare(wanted: Catalog, path: Path) -> Iterator[str]:
    if not path.exists():
        yield f"no catalogue, {len(wanted)} sentences are not translated"
        return
    given = catalogue(path)
    for message in wanted:
        if message.id:
            translated = given.get(message.id, message.context)
            yield from [f"not in the catalogue: {_short(message)}"] if translated is None else []
    for message in given:
        if message.id:
            yield from problems(message)


def problems(message: Message) -> Iterator[str]:
    """What is wrong with one translated sentence: empty, unsure, or with other holes than the original."""
    originals, strings = _texts(message.id), _texts(message.string)
    if message.fuzzy:
        yield f"marked fuzzy: {_short(message)}"
    if not all(strings):
        yield f"without a translation: {_short(message)}"
        return
    for string in strings:
        if not any(_holes(string) == _holes(original) for original in originals):
            yield f"holes differ, {_holes(originals[-1])} became {_holes(string)}: {_short(message)}"
        if any(string.endswith("\n") != original.endswith("\n") for original in originals):
            yield f"the line ends differ: {_short(message)}"


def _texts(value: str | Sequence[str] | None) -> list[str]:
    """One text, or the forms of a plural."""
    return [value or ""] if value is None or isinstance(value, str) else list(value)


def _holes(text: str) -> list[str]:
    return sorted(HOLE.findall(text.replace("%%", "")))


def _short(message: Message) -> str:
    text = _texts(message.id)[0]
    place = message.locations[0][0] if message.locations else ""
    return f"{text.strip()[:100]!r} {place}".rstrip()


def _copy_sources(target: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        source = ROOT / name
        if name.startswith(("locale/", "docs/", "tests/")) or not source.is_file():
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target / name)


def _env() -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.development", "PYTHONDONTWRITEBYTECODE": "1"}


def main() -> int:
    """Carry out the word given on the command line."""
    word = sys.argv[1] if len(sys.argv) == 2 else ""
    if word == "compile":
        compile_catalogues()
        return 0
    if word == "collect":
        locales = languages()
        for locale in locales:
            (ROOT / "locale" / locale / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        collect(ROOT, locales)
        return 0
    if word == "check":
        found = check()
        print("\n".join(found) if found else "Every sentence is translated.")
        return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
