"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        """Put the company's projects on its home, and the life of a project on its page."""
        from cases.home_boxes import register
        from projects.home_box import BOX
        from projects.life_parts import register_all

        register(BOX)
        register_all()
