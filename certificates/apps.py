"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        """Listen to the one signal, and put the certificate's box on the case page."""
        from cases.panels import register
        from cases.signals import case_moved
        from certificates.issuing import on_case_moved
        from certificates.panel import PANEL

        case_moved.connect(on_case_moved, dispatch_uid="certificates")
        register(PANEL)
