"""Reading an HTML page as a person does."""

from __future__ import annotations

from html.parser import HTMLParser


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
