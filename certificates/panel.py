"""The certificate's box on a case page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.panels import Panel
from certificates.answers import facts_of
from certificates.models import Certificate


def panel_context(case: Case, user: Any) -> dict[str, Any] | None:
    """What the box shows. Officials see a certificate once it is prepared, investors once it is issued."""
    certificate = Certificate.objects.select_related("replaced_by").filter(case=case).first()
    if certificate is None or not (certificate.is_issued or user.is_staff):
        return None
    return {
        "certificate": certificate,
        "case": case,
        "facts": facts_of(certificate) if certificate.is_issued else None,
        "being_prepared": certificate.is_issued and not certificate.is_ready,
        "for_official": user.is_staff,
    }


PANEL = Panel(
    key="certificate", title=_("Certificate"), template="certificates/panel.html", context=panel_context, order=10
)
