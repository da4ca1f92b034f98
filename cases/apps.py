"""Application configuration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        """Find every app's kind, and the system checks that name what a kind forgot."""
        autodiscover_modules("kind")
        from cases import checks

        checks.register_checks()
