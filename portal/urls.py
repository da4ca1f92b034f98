"""Every address of the portal; the names outsiders rely on are kept for good."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from portal import errors, home, language, mailbox, style
from portal.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("language/", language.set_language, name="set_language"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("portal.which.urls")),
    path("", include("cases.urls")),
    path("", include("projects.urls")),
    path("", include("adjustments.urls")),
    path("", include("incentives.urls")),
    path("", include("certificates.urls")),
    path("", include("notifications.urls")),
    path("api/v1/", include("portal.which.api_urls")),
    path("api/v1/", include("accounts.api_urls")),
    path("api/v1/", include("cases.api.urls")),
    path("api/v1/", include("projects.api.urls")),
    path("api/v1/", include("adjustments.api.urls")),
    path("api/v1/", include("incentives.api.urls")),
    path("api/v1/", include("certificates.api.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/v1/docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("style/", style.style, name="style"))
if settings.DEMO:
    urlpatterns += [
        path("mailbox/", mailbox.mailbox, name="mailbox"),
        path("mailbox/<str:name>/", mailbox.mail, name="mailbox-mail"),
        path("mailbox/<str:name>/html/", mailbox.mail_html, name="mailbox-html"),
    ]

handler400 = errors.bad_request
handler500 = errors.server_error
