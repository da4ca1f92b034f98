"""The project itself as an app: template tags and the look."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Home page, error pages, demo mailbox, the officials' site and everything that makes the look."""

    name = "portal"
    verbose_name = _("Hai Phong investor portal")
