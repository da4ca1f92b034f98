"""Addresses of the desk and what its pages say."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cases.models import Case

QUEUE = "admin:cases_case_changelist"


def queue(**choices: Any) -> str:
    """The queue with some choices."""
    return f"{reverse(QUEUE)}?{urlencode(choices)}"


def page(case: Case, name: str = "change", **query: Any) -> str:
    """A page of a case: a section or a verb."""
    address = reverse(f"admin:cases_case_{name}", args=[case.pk])
    return f"{address}?{urlencode(query)}" if query else address


def text_of(response: Any) -> str:
    """What a page says, without its tags, in single spaces."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(bare).split())


def references(response: Any) -> list[str]:
    """The references of the rows, in the order of the list."""
    return [line.reference for line in response.context["queue"].lines]


def hidden(response: Any, name: str) -> str:
    """The value of a hidden field, as a browser would send it back."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', response.content.decode())
    assert found, f"no hidden field {name}"
    return unescape(found.group(1))
