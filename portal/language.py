"""The language menu: what a person chooses is kept with the person, not only in the browser."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views import i18n
from django.views.decorators.http import require_POST

from accounts.access import ANYONE, open_to
from accounts.models import User


@open_to(ANYONE)
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language and go back to the page (`next`); an unknown language changes nothing."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, User) and chosen in dict(settings.LANGUAGES):
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    return i18n.set_language(request)
