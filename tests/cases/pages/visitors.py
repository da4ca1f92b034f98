"""Who opens the pages, and what their browsers send."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
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
