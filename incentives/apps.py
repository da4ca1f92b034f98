"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncentivesConfig(AppConfig):
    name = "incentives"
    verbose_name = _("Incentives")

    def ready(self) -> None:
        """Put petitions and grants on their projects' pages; end grants with their project; offer cases for replays."""
        from cases.panels import register
        from cases.signals import project_moved
        from incentives.dossier.panel import PANEL
        from incentives.grants.parts import register_grants
        from incentives.grants.revoking import on_project_moved
        from incentives.petitions.parts import register_parts
        from incentives.revising.sources import register_sources

        register(PANEL)
        register_parts()
        register_grants()
        project_moved.connect(on_project_moved, dispatch_uid="incentives.grants")
        register_sources()
