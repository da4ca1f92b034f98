"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Listen to the signals, and put the letters' box on the case page."""
        from cases.panels import register
        from cases.signals import case_moved, deadline_near, grant_moved, petition_adopted, project_moved
        from notifications.chaser_letters import on_deadline_near
        from notifications.checks import register_checks
        from notifications.grant_letters import on_grant_moved
        from notifications.outbox import on_case_moved
        from notifications.panel import PANEL
        from notifications.petition_letters import on_petition_adopted
        from notifications.project_letters import on_project_moved

        case_moved.connect(on_case_moved, dispatch_uid="notifications")
        project_moved.connect(on_project_moved, dispatch_uid="notifications")
        petition_adopted.connect(on_petition_adopted, dispatch_uid="notifications")
        grant_moved.connect(on_grant_moved, dispatch_uid="notifications")
        deadline_near.connect(on_deadline_near, dispatch_uid="notifications")
        register(PANEL)
        register_checks()
