"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdjustmentsConfig(AppConfig):
    name = "adjustments"
    verbose_name = _("Adjustments")

    def ready(self) -> None:
        """Watch the procedure: a project has one open application for adjustment at a time."""
        from adjustments.holding import on_case_moved
        from adjustments.parts import register_parts
        from cases.signals import case_moved

        register_parts()
        case_moved.connect(on_case_moved, dispatch_uid="adjustments.holding")
