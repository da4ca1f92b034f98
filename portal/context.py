"""What the frame around every page needs: names, languages and the links that exist for this reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

NATIONAL_PORTAL: Final = "https://dichvucong.gov.vn/"


@dataclass(frozen=True)
class NavLink:
    """One link of the main navigation; `current` when the page lies under it."""

    label: str | Promise
    url: str
    current: bool


# (URL name, label, who sees it: "anyone", "person", "official")
NAVIGATION: Final = (
    ("dashboard", _("Overview"), "person"),
    ("admin:index", _("Officials' desk"), "official"),
    ("case-list", _("Cases"), "person"),
    ("message-list", _("Messages"), "person"),
    ("project-list", _("Projects"), "anyone"),
    ("incentives", _("Incentives"), "anyone"),
    ("verify", _("Check a certificate"), "anyone"),
    ("statistics", _("Statistics"), "anyone"),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Template variables of the frame; `nav` is only worked out by the templates that show it."""
    return {
        "site_name": _("Hai Phong investor portal"),
        "demo": settings.DEMO,
        "nav": partial(navigation, request),
        "languages": partial(languages),
        "national_portal": NATIONAL_PORTAL,
    }


def navigation(request: HttpRequest) -> list[NavLink]:
    """The main links this reader may follow and that exist."""
    person = getattr(request, "user", AnonymousUser())
    audiences = {"anyone"}
    if person.is_authenticated:
        audiences.add("official" if person.is_staff else "person")
    links = []
    for name, label, audience in NAVIGATION:
        url = address(name) if audience in audiences else None
        if url:
            links.append(NavLink(label, url, request.path.startswith(url)))
    return links


def address(name: str) -> str | None:
    """The address of a URL name, or None when nobody serves it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def languages() -> list[dict[str, str]]:
    """The languages of the portal, each called by its own name."""
    return [{"code": code, "name": get_language_info(code)["name_local"]} for code, _label in settings.LANGUAGES]
