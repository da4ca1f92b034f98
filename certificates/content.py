"""The content of a certificate: what a kind hands over, in one shape that every kind shares.

A dossier's `certificate_content()` returns a `CertificateContent`; `issuing` adds what only the issue knows (number,
date, project code, version, signer) and freezes it. Everything a reader may see on the PDF comes from this structure,
and nothing else: same content, same bytes. Texts are bilingual; an empty English text prints the Vietnamese alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict


class Text(TypedDict):
    """The same words in Vietnamese (which prevails) and English (may be empty)."""

    vi: str
    en: str


class Row(TypedDict):
    """A labelled value: `Địa chỉ trụ sở chính / Head office: Lô I-4 ...`."""

    label: Text
    value: Text


class Column(TypedDict):
    """A table column; `width` is its share of the line (any positive number), default 1."""

    heading: Text
    align: NotRequired[Literal["left", "right", "center"]]
    width: NotRequired[float]


class Table(TypedDict):
    """A table; every row has one cell per column; `total` is printed bold under a rule."""

    caption: NotRequired[Text]
    columns: list[Column]
    rows: list[list[str]]
    total: NotRequired[list[str]]


class Clause(TypedDict):
    """A numbered point of an article: label and value, then rows, tables and paragraphs, in that order."""

    label: NotRequired[Text]
    value: NotRequired[Text]
    rows: NotRequired[list[Row]]
    tables: NotRequired[list[Table]]
    paragraphs: NotRequired[list[Text]]


class Article(TypedDict):
    """`Điều N`: the number is set by the printer; clauses are numbered 1, 2, 3 ... when `numbered` (the default)."""

    heading: Text
    clauses: list[Clause]
    numbered: NotRequired[bool]


class Party(TypedDict):
    """An investor or the organisation that carries out the project: a name in bold and its particulars."""

    heading: Text
    name: str
    rows: list[Row]


class Agency(TypedDict):
    """The issuing authority as printed top left; `superior` is the body above it."""

    superior: Text
    name: Text
    place: Text


class Signer(TypedDict):
    """Who signs: `position` may begin with `KT.` or `TUQ.`; `name` is printed under the signature."""

    position: Text
    name: str


class Issue(TypedDict):
    """One earlier issue of the same project's certificate; `version` 0 is the first, N the Nth adjustment."""

    version: int
    issued_on: str
    number: NotRequired[str]


class CertificateContent(TypedDict):
    """Everything printed on a certificate.

    `subject` names the project: the public check shows it beside the number. `replaces` is the number of the
    certificate that ends when this one is issued; without `history`, the earlier issues are then taken from it.
    """

    title: Text
    subject: Text
    form_code: NotRequired[str]
    agency: NotRequired[Agency]
    bases: list[Text]
    request: NotRequired[Text]
    parties: list[Party]
    changes: NotRequired[list[Clause]]
    articles: list[Article]
    history: NotRequired[list[Issue]]
    signer: NotRequired[Signer]
    replaces: NotRequired[str]


class FrozenContent(CertificateContent):
    """The content after the issue: what only the registry knows is added, and nothing changes any more.

    `test` says that the signer is a test authority; `version` counts the adjustments, 0 being the first certificate.
    """

    number: str
    version: int
    issued_on: str
    project_code: str
    test: bool


class ContentError(ValueError):
    """A kind's content does not have the shape; `.faults` names every place at once."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = list(faults)


def text(vi: str, en: str = "") -> Text:
    """Words in both languages."""
    return {"vi": vi, "en": en}


def row(label_vi: str, label_en: str, value_vi: str, value_en: str = "") -> Row:
    """A labelled value; the English value is only needed where it differs."""
    return {"label": text(label_vi, label_en), "value": text(value_vi, value_en)}


def column(vi: str, en: str = "", *, align: Literal["left", "right", "center"] = "left", width: float = 1) -> Column:
    """A table column."""
    return {"heading": text(vi, en), "align": align, "width": width}


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON (sorted keys, no spaces, UTF-8), in hex."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_content(content: Any) -> CertificateContent:
    """Return the content if it has the shape; raise `ContentError` naming every fault otherwise."""
    faults = list(_faults(content))
    if faults:
        raise ContentError(faults)
    checked: CertificateContent = content
    return checked


def _faults(content: Any) -> Iterator[str]:
    if not isinstance(content, dict):
        yield "content: must be a dictionary"
        return
    for key in ("title", "subject"):
        yield from _text_faults(content.get(key), key, required=True)
    for key in ("bases", "parties", "articles"):
        if not isinstance(content.get(key), list) or not content[key]:
            yield f"{key}: at least one is needed"
    yield from _list_faults(content.get("bases"), "bases", _text_faults)
    yield from _list_faults(content.get("parties"), "parties", _party_faults)
    yield from _list_faults(content.get("changes"), "changes", _clause_faults)
    yield from _list_faults(content.get("articles"), "articles", _article_faults)
    if "request" in content:
        yield from _text_faults(content["request"], "request")


def _list_faults(items: Any, path: str, check: Any) -> Iterator[str]:
    if not isinstance(items or [], list):
        yield f"{path}: must be a list"
        return
    for index, item in enumerate(items or []):
        yield from check(item, f"{path}[{index}]")


def _text_faults(value: Any, path: str, required: bool = False) -> Iterator[str]:
    if not isinstance(value, dict) or not all(isinstance(value.get(lang), str) for lang in ("vi", "en")):
        yield f"{path}: must be a text with vi and en"
    elif required and not value["vi"].strip():
        yield f"{path}: the Vietnamese text is empty"


def _row_faults(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: must be a row"
        return
    yield from _text_faults(value.get("label"), f"{path}.label")
    yield from _text_faults(value.get("value"), f"{path}.value")


def _party_faults(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict) or not str(value.get("name") or "").strip():
        yield f"{path}: must be a party with a name"
        return
    yield from _text_faults(value.get("heading"), f"{path}.heading")
    yield from _list_faults(value.get("rows"), f"{path}.rows", _row_faults)


def _article_faults(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: must be an article"
        return
    yield from _text_faults(value.get("heading"), f"{path}.heading", required=True)
    yield from _list_faults(value.get("clauses"), f"{path}.clauses", _clause_faults)


def _clause_faults(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: must be a clause"
        return
    for key in ("label", "value"):
        if key in value:
            yield from _text_faults(value[key], f"{path}.{key}")
    yield from _list_faults(value.get("rows"), f"{path}.rows", _row_faults)
    yield from _list_faults(value.get("paragraphs"), f"{path}.paragraphs", _text_faults)
    yield from _list_faults(value.get("tables"), f"{path}.tables", _table_faults)


def _table_faults(value: Any, path: str) -> Iterator[str]:
    columns = value.get("columns") if isinstance(value, dict) else None
    if not columns:
        yield f"{path}: must be a table with columns"
        return
    lines = [*value.get("rows", []), *([value["total"]] if value.get("total") else [])]
    for index, cells in enumerate(lines):
        if len(cells) != len(columns) or not all(isinstance(cell, str) for cell in cells):
            yield f"{path}.rows[{index}]: needs {len(columns)} texts"
