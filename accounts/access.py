"""Who may open a page. Every view says so with `open_to`; a view that says nothing is refused (default deny).

Third-party views cannot be decorated: they are declared in the table named by `settings.ACCESS_TABLE`, a mapping
whose keys are a view name ("account_login"), a namespace ("admin"), or, for a view without a name, the dotted path of
the view function. This module only knows the question "may this person open this page"; which objects a person sees
is asked of `visible_to(user)` by the views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.urls import ResolverMatch
from django.utils.module_loading import import_string

from accounts.models import User

ANYONE: Final = "anyone"
PERSON: Final = "person"
INVESTOR: Final = "investor"
OFFICIAL: Final = "official"
AUDIENCES: Final = frozenset({ANYONE, PERSON, INVESTOR, OFFICIAL})

View = TypeVar("View", bound=Callable[..., Any] | type)


def open_to(*audiences: str) -> Callable[[View], View]:
    """Declare who may open a view (function or class): any of the audiences is enough.

    "anyone", "person" (signed in), "investor" (member of an organisation), "official" (staff), or a permission
    "app.codename", which only officials can use. Raises ImproperlyConfigured for a word that is none of these.
    """
    declared = checked(audiences)

    def mark(view: View) -> View:
        view.access = declared  # type: ignore[union-attr]
        return view

    return mark


def checked(audiences: str | Iterable[str]) -> frozenset[str]:
    """The audiences as a set; a spelling mistake must not quietly open or close a page."""
    declared = frozenset([audiences] if isinstance(audiences, str) else audiences)
    unknown = sorted(word for word in declared if word not in AUDIENCES and "." not in word)
    if unknown or not declared:
        raise ImproperlyConfigured(f"Not an audience: {', '.join(unknown) or 'nothing at all'}")
    return declared


def declaration(view: Callable[..., Any], match: ResolverMatch | None) -> frozenset[str] | None:
    """Who may open the view: its own word first, then the table's; None if nobody said."""
    for holder in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        declared = getattr(holder, "access", None)
        if declared is not None:
            return checked(declared)
    return _tabled(view, match) if match else None


def admits(audiences: Iterable[str], user: User | AnonymousUser) -> bool:
    """Whether one of the audiences includes this person."""
    return any(_includes(audience, user) for audience in audiences)


def _includes(audience: str, user: User | AnonymousUser) -> bool:
    if audience == ANYONE:
        return True
    if not isinstance(user, User) or not user.is_active:
        return False
    if audience == PERSON:
        return True
    if audience == OFFICIAL:
        return user.is_staff
    if audience == INVESTOR:
        return user.memberships.exists()
    return user.is_staff and user.has_perm(audience)


def _tabled(view: Callable[..., Any], match: ResolverMatch) -> frozenset[str] | None:
    table = access_table()
    path = f"{view.__module__}.{getattr(view, '__qualname__', type(view).__qualname__)}"
    for key in (match.view_name, *reversed(match.namespaces), path):
        if key in table:
            return checked(table[key])
    return None


@cache
def access_table() -> Mapping[str, str | Iterable[str]]:
    """The declarations for views that are not ours."""
    table: Mapping[str, str | Iterable[str]] = import_string(settings.ACCESS_TABLE)
    return table
