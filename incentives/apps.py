"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncentivesConfig(AppConfig):
    name = "incentives"
    verbose_name = _("Incentives")

    def ready(self) -> None:
        """Put the city's petitions on the pages of the projects they name; offer past cases for replays."""
        from incentives.petitions.parts import register_parts
        from incentives.revising.sources import register_sources

        register_parts()
        register_sources()
