"""Who opens the pages, and what their browsers send."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import transitions as verbs
from cases.models import Case
from cases.states import Status
from tests.walk import PDF, Cast, walk


def visitor(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    """What a reader sees of a page: no tags, one space between words."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def links_of(response: Any) -> set[str]:
    """The addresses a page leads to."""
    return set(re.findall(r'href="([^"]+)"', response.content.decode()))


def hidden(response: Any, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden"[^>]* name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name}"
    return unescape(found[1])


def address(name: str, case: Case, *rest: Any) -> str:
    """The address of a page of a case."""
    return reverse(name, args=[case.reference, *rest])


def section_data(page: HttpResponse, **answers: str) -> dict[str, str]:
    """A petition's section as the browser sends it: what the page was made from, and the answers."""
    return {
        "version": hidden(page, "version"),
        "seen": hidden(page, "seen"),
        "subject": "Đề nghị hỗ trợ đào tạo",
        "amount": "1000.00",
        "in_zone": "on",
    } | answers


def submission(page: HttpResponse, **more: str) -> dict[str, str]:
    """The declaration as the browser sends it."""
    return {"key": hidden(page, "key"), "version": hidden(page, "version"), "declared": "on"} | more


def paper(name: str = "paper.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file to upload."""
    return SimpleUploadedFile(name, content)


def asked(cast: Cast, *pins: tuple[str, str], kind: str = "petition", verb: str = "request_supplement") -> Case:
    """A case about which the office asked for something, pinned to fields and papers."""
    case = walk(kind, Status.ACCEPTED, cast)
    ask = verbs.VERBS[verb]
    ask(case, by=cast["appraiser"], reasons="Bổ sung.", pins=[{"path": path, "text": text} for path, text in pins])
    return case


class _Fields(HTMLParser):
    """Collects what a browser would send of the page's main form."""

    def __init__(self, marker: str) -> None:
        super().__init__()
        self.marker, self.inside, self.data = marker, False, QueryDict(mutable=True)
        self.select, self.area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.inside = self.marker in given
        if not self.inside or ("disabled" in given and tag != "option"):
            return
        if tag == "input" and name and given.get("type") not in ("submit", "file"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.data.appendlist(name, given.get("value") or ("on" if given.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.data.appendlist(self.select, given.get("value") or "")
        elif tag == "textarea":
            self.area = name
            self.data[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.data[self.area] += data


def untouched(page: Any, marker: str = "data-autosave") -> dict[str, Any]:
    """What a browser sends of the form that carries an attribute, with nothing changed in it."""
    reader = _Fields(marker)
    reader.feed(re.sub(r"<template\b.*?</template>", "", page.content.decode(), flags=re.DOTALL))
    return {name: values if len(values) > 1 else values[0] for name, values in reader.data.lists()}
