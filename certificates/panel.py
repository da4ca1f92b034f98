"""The certificate's box on a case page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.panels import Panel
from certificates.answers import facts_of
from certificates.models import Certificate
from certificates.numbering import project_code_warning


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
        "code_warning": project_code_warning(certificate.project_code)
        if user.is_staff and certificate.is_issued
        else "",
    }


PANEL = Panel(
    key="certificate", title=_("Certificate"), template="certificates/panel.html", context=panel_context, order=10
)
