"""Reading an HTML page, and a letter, as a person does."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from notifications.models import Message
from notifications.writing import Written


class Words(HTMLParser):
    """The words of an HTML page, without its markup and title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.silent = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = self.silent or tag == "title"
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.silent = self.silent and tag != "title"

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += data.split()


def check_words(written: Written | Message, reference: str, title: str) -> None:
    """The subject begins with the reference, nothing is left unfilled, and text and HTML say the same."""
    assert written.subject.startswith(reference)
    assert "\n" not in written.subject
    assert len(written.subject) <= 255
    for part in (written.subject, written.text, written.html):
        assert not re.search(r"\{\{|\{%|%\(|None\b|&amp;lt;", part), part
    assert title in written.text
    seen = " ".join(Words(written.html).words)
    for line in written.text.split("-- \n")[0].splitlines():
        line = re.sub(r"^(- |\d+\. )", "", line.strip()).rstrip(":")
        if line and not line.startswith("http"):
            assert " ".join(line.split()) in re.sub(r" (?=[:,.])", "", seen) or _facts(line, seen), line


def _facts(line: str, seen: str) -> bool:
    """A line `label: value` of the plain text stands in two cells or elements of the HTML."""
    return all(" ".join(part.split()) in seen for part in line.split(": "))
