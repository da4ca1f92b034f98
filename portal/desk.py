"""The officials' desk: Django's admin under our name, behind our sign-in, in our look."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PortalAdminSite(AdminSite):
    """Open to officials only; signing in and passwords are the portal's own."""

    site_title = gettext_lazy("Officials' desk")
    site_header = gettext_lazy("Hai Phong investor portal")
    index_title = gettext_lazy("Officials' desk")
    empty_value_display = "–"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Officials who are active."""
        return request.user.is_active and request.user.is_staff

    def login(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the portal's sign-in (with its second factor); someone who is signed in has no business here."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied(_("Only officials may enter the officials' desk."))
        return redirect_to_login(wanted, reverse("account_login"))

    def logout(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Sign out in the one place where people sign out."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Change the password in the one place where people change it."""
        return redirect("account_change_password")
