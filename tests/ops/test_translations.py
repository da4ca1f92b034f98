"""Incomplete or wrong translations are named."""

import ast
import gettext
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from ops.translations import compile_catalogues, problems
from portal.management.commands.makemessages import Command

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (Message("Submit", "Nộp hồ sơ"), None),
        (Message("Submit", ""), "without a translation"),
        (Message("Submit", "Nộp hồ sơ", flags=["fuzzy"]), "fuzzy"),
        (Message("Due on %(day)s", "Hạn trả kết quả: %(day)s"), None),
        (Message("Due on %(day)s", "Hạn trả kết quả: %(ngay)s"), "holes differ"),
        (Message("{size} of {limit}", "{limit}, {size}"), None),
        (Message("%(share)s%% of capital", "%(share)s%% vốn"), None),
        (Message("a line\n", "một dòng"), "line ends differ"),
        (Message(("%(n)s day", "%(n)s days"), ("%(n)s ngày",)), None),
        (Message(("one day", "%(n)s days"), ("%(n)s ngày",)), None),
        (Message(("%(n)s day", "%(n)s days"), ("",)), "without a translation"),
    ],
)
def test_a_wrong_sentence_is_named(message: Message, told: str | None):
    found = list(problems(message))
    assert (told is None and not found) or (told is not None and told in " ".join(found))


def test_every_name_a_sentence_is_called_by_is_collected():
    """A function of gettext under a name that xgettext does not look for would leave its sentences in English."""
    collected = {option.partition("=")[2].partition(":")[0] for option in Command.xgettext_options}
    calls = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    known = {"_", *calls, *collected}
    strange = []
    for app in (
        "accounts",
        "cases",
        "certificates",
        "notifications",
        "projects",
        "adjustments",
        "incentives",
        "portal",
    ):
        for source in Path(app).rglob("*.py"):
            for node in ast.walk(ast.parse(source.read_text())):
                if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                    names = [alias.asname or alias.name for alias in node.names if alias.name in calls]
                    strange += [f"{source}: {name}" for name in names if name not in known]
    assert strange == []


def test_catalogues_compile_without_gettext_and_read_the_same(tmp_path: Path):
    folder = tmp_path / "locale" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(
        HEADER
        + 'msgid "Submit"\nmsgstr "Nộp hồ sơ"\n\n'
        + 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s ngày"\n\n'
        + 'msgctxt "capital"\nmsgid "Total"\nmsgstr "Tổng vốn"\n\n'
        + '#, fuzzy\nmsgid "Unsure"\nmsgstr "Không chắc"\n'
    )
    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert compile_catalogues(tmp_path) == []
    subprocess.run([shutil.which("msgfmt"), "-o", tmp_path / "reference.mo", source], check=True)
    for path in (source.with_suffix(".mo"), tmp_path / "reference.mo"):
        with path.open("rb") as compiled:
            catalogue = gettext.GNUTranslations(compiled)
        assert catalogue.gettext("Submit") == "Nộp hồ sơ"
        assert catalogue.ngettext("%(n)s day", "%(n)s days", 5) == "%(n)s ngày"
        assert catalogue.pgettext("capital", "Total") == "Tổng vốn"
        assert catalogue.gettext("Unsure") == "Unsure"
