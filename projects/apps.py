"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        """Put the life of a project on its page."""
        from projects.life_parts import register_all

        register_all()
