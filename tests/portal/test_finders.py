"""Styles, scripts and fonts come from the installed packages, in development and on a real site."""

import json
import unicodedata
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from fontTools.ttLib import TTFont

from portal.finders import FONT_FACES, FONTS, PACKAGE_FILES, PackageFinder


@pytest.mark.parametrize("name", [*PACKAGE_FILES, *FONTS])
def test_every_packaged_file_is_found_under_its_served_name(name):
    found = finders.find(name)
    assert found
    assert Path(found).stat().st_size > 500


@pytest.mark.parametrize("name", ["vendor/bootstrap/css/bootstrap.css", "vendor/../settings/base.py", "vendor/", "x"])
def test_nothing_else_of_a_package_is_served(name):
    assert PackageFinder().find(name) == []


def test_the_files_are_where_the_packages_keep_them():
    assert PackageFinder().check() == []


@pytest.mark.parametrize("face", FONT_FACES)
def test_figures_for_columns_are_all_of_one_width(face):
    font = TTFont(finders.find(f"vendor/fonts/BeVietnamPro-{face}-Figures.woff2"))
    digits = font.getBestCmap()
    assert {chr(code) for code in digits} == set("0123456789")
    assert len({font["hmtx"][name][0] for name in digits.values()}) == 1


@pytest.mark.parametrize("face", FONT_FACES)
def test_the_web_face_draws_every_vietnamese_letter(face):
    drawn = TTFont(finders.find(f"vendor/fonts/BeVietnamPro-{face}.woff2")).getBestCmap()
    bases = "aăâeêioôơuưy"
    letters = set("đĐ₫") | {letter for base in bases for letter in _with_marks(base)}
    assert {letter for letter in letters if ord(letter) not in drawn} == set()


def _with_marks(base: str) -> set[str]:
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    marked = {unicodedata.normalize("NFC", base + mark) for mark in marks}
    return marked | {letter.upper() for letter in marked}


def test_a_real_site_hashes_all_of_it_and_finds_what_the_styles_name(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "portal.finders.PackageFinder",
    ]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert set(hashed) >= {*PACKAGE_FILES, *FONTS, "css/tokens.css", "js/site.js", "icons.svg"}
    tokens = (tmp_path / hashed["css/tokens.css"]).read_text()
    assert hashed["vendor/fonts/BeVietnamPro-Bold.woff2"].rpartition("/")[2] in tokens
