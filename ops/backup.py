"""One archive of everything that cannot be made again: `python -m ops.backup make [FILE] | restore FILE [--force]`.

The database is copied first and the files after it. Files are only ever added, and always before the row that names
them, so an archive made while the portal runs holds every file that its database knows.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from ops.database import database_of
from ops.environment import ROOT, alone_in, environment
from ops.processes import StartError

FORMAT = 1
FOLDERS = ("files", "keys")
MANIFEST = "manifest.json"


def make(env: dict[str, str], var: Path, target: Path | None) -> Path:
    """Write the archive (readable by its owner only: it holds the keys); returns its path."""
    now = datetime.now(UTC)
    target = target or var / "backups" / f"portal-{now:%Y%m%d-%H%M%S}.tar"
    target.parent.mkdir(parents=True, exist_ok=True)
    database = database_of(env, var)
    with tempfile.TemporaryDirectory(prefix="backup-", dir=target.parent) as folder:
        dump = Path(folder) / database.dump_name
        database.dump(dump)
        members = {dump.name: dump} | {
            str(path.relative_to(var)): path
            for name in FOLDERS
            for path in sorted((var / name).rglob("*"))
            if path.is_file() and not path.name.endswith(".part")
        }
        manifest = Path(folder) / MANIFEST
        part = Path(folder) / "archive"
        sums = {}
        with tarfile.open(part, "w") as archive:
            for name, path in members.items():
                archive.add(path, name)
                sums[name] = _sha256(path)
            content = {"format": FORMAT, "made_at": now.isoformat(), "database": database.dump_name, "sha256": sums}
            manifest.write_text(json.dumps(content, indent=1))
            archive.add(manifest, MANIFEST)
        part.chmod(0o600)
        return part.rename(target)


def restore(env: dict[str, str], var: Path, source: Path, *, force: bool) -> None:
    """Put the archive's database, files and keys in place.

    Nothing is touched before every byte of the archive has been checked. What was there is refused to be replaced,
    or with `force` kept in a folder `replaced-<moment>`. Raises StartError.
    """
    if not source.is_file():
        raise StartError(f"There is no archive {source}.")
    database = database_of(env, var)
    with alone_in(var), tempfile.TemporaryDirectory(prefix="restore-", dir=var) as folder:
        unpacked = Path(folder)
        dump = _unpack(source, unpacked)
        if dump.name != database.dump_name:
            raise StartError(f"The archive holds {dump.name}, but this installation wants {database.dump_name}.")
        taken = [name for name in FOLDERS if any((var / name).rglob("*"))] + ([] if database.empty() else ["database"])
        if taken and not force:
            raise StartError(f"Not empty: {', '.join(taken)} in {var}. FORCE=1 (--force) replaces what is there.")
        aside = var / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        database.restore(dump, aside)
        for name in FOLDERS:
            _put_in_place(unpacked / name, var / name, aside)


def verify(env: dict[str, str]) -> None:
    """Bring the restored database up to this version and recompute its chain. Raises StartError when it is broken."""
    for command in (["migrate", "--verbosity", "0"], ["verify_chain"]):
        done = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env)
        if done.returncode:
            raise StartError(f"manage.py {command[0]} found something wrong with what was restored.")


def _unpack(source: Path, folder: Path) -> Path:
    """Unpack and check every file against the manifest; the path of the database's dump."""
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                _unpack_one(archive, member, folder)
        manifest = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, OSError, ValueError) as error:
        raise StartError(f"{source} is not a whole archive: {error}") from error
    if manifest["format"] != FORMAT:
        raise StartError(f"{source} has format {manifest['format']}, this version reads {FORMAT}.")
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    listed = manifest["sha256"]
    wrong = [name for name in sorted(found | set(listed)) if not _matches(folder / name, listed.get(name))]
    if wrong:
        raise StartError(f"{source} was altered or cut: {', '.join(wrong[:5])}")
    return folder / str(manifest["database"])


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file. Done by hand because the safe filter of `tarfile` is younger than Debian 12's Python."""
    target = (folder / member.name).resolve()
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or not target.is_relative_to(folder.resolve()):
        if not member.isdir():
            raise tarfile.TarError(f"{member.name} is not a plain file inside of it")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as copy:
        shutil.copyfileobj(content, copy)


def _matches(path: Path, wanted: str | None) -> bool:
    return wanted is not None and path.is_file() and _sha256(path) == wanted


def _put_in_place(source: Path, target: Path, aside: Path) -> None:
    if any(target.rglob("*")):
        aside.mkdir(exist_ok=True)
        target.rename(aside / target.name)
    elif target.exists():
        shutil.rmtree(target)
    source.mkdir(exist_ok=True)
    source.rename(target)
    if target.name == "keys":
        target.chmod(0o700)


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def main() -> int:
    """Carry out the word given on the command line."""
    parser = argparse.ArgumentParser(prog="python -m ops.backup", description=__doc__)
    words = parser.add_subparsers(dest="word", required=True)
    words.add_parser("make").add_argument("file", nargs="?", type=Path)
    back = words.add_parser("restore")
    back.add_argument("file", type=Path)
    back.add_argument("--force", action="store_true", help="replace what is there")
    options = parser.parse_args()
    env, var = environment()
    try:
        if options.word == "make":
            path = make(env, var, options.file)
            print(f"{path} ({path.stat().st_size / 1_000_000:.1f} MB)")
        else:
            restore(env, var, options.file, force=options.force)
            verify(env)
            print(f"Restored from {options.file}.")
    except StartError as error:
        print(f"ops.backup: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
