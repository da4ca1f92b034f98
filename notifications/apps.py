"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Listen to the one signal, and put the letters' box on the case page."""
        from cases.panels import register
        from cases.signals import case_moved
        from notifications.checks import register_checks
        from notifications.outbox import on_case_moved
        from notifications.panel import PANEL

        case_moved.connect(on_case_moved, dispatch_uid="notifications")
        register(PANEL)
        register_checks()
