"""Every address of the portal, with values for its holes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

# Files of the site itself, and addresses that end a session, which would end the test's.
LEFT_OUT = {"account_logout", "admin:logout", "admin:jsi18n"}


@dataclass(frozen=True)
class Address:
    """A place of the portal: its name, the view behind it, and a path to it."""

    name: str
    view: Callable[..., Any]
    path: str

    def __str__(self) -> str:
        return self.name or self.path


def addresses(values: dict[str, str]) -> Iterator[Address]:
    """Every address; `values` fills the holes by name. A hole nobody has a value for is an error."""
    yield from _walk(get_resolver(), "/", [], values)


def _walk(resolver: URLResolver, prefix: str, spaces: list[str], values: dict[str, str]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = [*spaces, entry.namespace] if entry.namespace else spaces
            yield from _walk(entry, prefix + _fill(entry.pattern, values), inner, values)
        elif isinstance(entry, URLPattern):
            name = ":".join([*spaces, entry.name or ""])
            if name not in LEFT_OUT:
                yield Address(name, entry.callback, prefix + _fill(entry.pattern, values))


def _fill(pattern: Any, values: dict[str, str]) -> str:
    """A path that the pattern matches."""
    if isinstance(pattern, RoutePattern):
        route = str(pattern._route)
        for name in pattern.converters:
            route = _replace(route, name, values)
        return route
    if isinstance(pattern, RegexPattern):
        return _of_regex(pattern, values)
    return ""


def _replace(route: str, name: str, values: dict[str, str]) -> str:
    if name not in values:
        raise KeyError(f"Give a value for “{name}” of {route} in tests/access.")
    before, _, rest = route.partition("<")
    hole, _, after = rest.partition(">")
    if hole.split(":")[-1] == name:
        value = values[name]
        return before + ("1" if hole.startswith("int:") and not value.isdigit() else value) + after
    return f"{before}<{hole}>" + _replace(after, name, values)


REGEX = {  # allauth and the admin use a few
    "^confirm-email/(?P<key>[-:\\w]+)/$": "confirm-email/a-key/",
    "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-key/",
}


def _of_regex(pattern: RegexPattern, values: dict[str, str]) -> str:
    text = str(pattern._regex)
    if text in REGEX:
        return REGEX[text]
    if "/history/" in text:
        return "1/history/1/"
    if "(?P<app_label>" in text:
        return f"{values['app_label']}/"
    if "(?P<url>" in text:
        return "no-such-page/"
    if "(?P<path>" in text:
        return "no-such-file"
    raise KeyError(f"Give a path for the pattern {text} in tests/access/addresses.py.")
