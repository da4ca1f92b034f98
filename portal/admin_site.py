"""Puts the officials' desk in the place of Django's own admin site."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """The admin, with our site (a module of its own: this one is read before any model exists)."""

    default_site = "portal.desk.PortalAdminSite"
