"""Third-party styles, scripts and fonts straight from the installed packages: nothing is copied into the repository."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.checks import Error as CheckError
from django.core.files.storage import FileSystemStorage

from portal.webfonts import figures_face, text_face

# served name: (package, file in it). The source maps are there because manifest storage follows the comment that
# names them and refuses to hash a file whose map is missing.
PACKAGE_FILES = {
    "vendor/bootstrap/css/bootstrap.min.css": ("bootstrap", "css/bootstrap.min.css"),
    "vendor/bootstrap/css/bootstrap.min.css.map": ("bootstrap", "css/bootstrap.min.css.map"),
    "vendor/htmx/htmx.min.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
}
FONT_PACKAGE = "fontpkg_be_vietnam_pro"
FONT_FACES = ("Regular", "SemiBold", "Bold")
FONTS: dict[str, tuple[str, Callable[[Path, Path], Path]]] = {
    **{f"vendor/fonts/BeVietnamPro-{face}.woff2": (face, text_face) for face in FONT_FACES},
    **{f"vendor/fonts/BeVietnamPro-{face}-Figures.woff2": (face, figures_face) for face in FONT_FACES},
}


@cache
def package_folder(package: str) -> Path:
    """Where an installed package keeps its files. Raises ModuleNotFoundError when it is not installed."""
    spec = find_spec(package)
    locations = list(spec.submodule_search_locations or ()) if spec else []
    if not locations:
        raise ModuleNotFoundError(package)
    return Path(locations[0])


def packaged_file(name: str) -> Path | None:
    """The file behind a served name, or None when the name is not ours; web fonts are made on first use."""
    if name in PACKAGE_FILES:
        package, inside = PACKAGE_FILES[name]
        return package_folder(package) / inside
    if name not in FONTS:
        return None
    face, make = FONTS[name]
    made = settings.VAR_DIR / "fonts" / Path(name).name
    source = package_folder(FONT_PACKAGE) / "files" / f"BeVietnamPro-{face}.ttf"
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        make(source, made)
    return Path(made)


class PackageStorage(FileSystemStorage):
    """Read-only storage whose names are the served names."""

    def path(self, name: str) -> str:
        """The real file behind a served name. Raises FileNotFoundError for any other name."""
        found = packaged_file(name)
        if found is None:
            raise FileNotFoundError(name)
        return str(found)


class PackageFinder(BaseFinder):
    """Finds the files named above, for the development server and for collectstatic alike."""

    storage = PackageStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Name every file that an installed package no longer has."""
        return [
            CheckError(f"{package} has no {inside}: another version of the package moved it.", id="portal.E001")
            for package, inside in PACKAGE_FILES.values()
            if not (package_folder(package) / inside).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The absolute path of a served name; an empty list when it is not ours."""
        found = packaged_file(path)
        if found is None:
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every file for collectstatic."""
        for name in (*PACKAGE_FILES, *FONTS):
            if not matches_patterns(name, ignore_patterns or ()):
                yield name, self.storage
