"""Which other application is open on the same project, and how that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Case

if TYPE_CHECKING:
    from adjustments.models import Adjustment


def open_on(adjustment: Adjustment) -> Case | None:
    """The other open application on the same project."""
    others = type(adjustment)._default_manager.filter(holds=adjustment.project_id).exclude(pk=adjustment.pk)
    other = others.select_related("case").first()
    return other.case if other else None


def second_sentence(other: Case) -> str:
    """That another application is open, and which."""
    since = date_format(timezone.localtime(other.submitted_at), "DATE_FORMAT") if other.submitted_at else ""
    return _(
        "Application %(reference)s on this project is open since %(day)s (“%(state)s”). A project has one application "
        "for adjustment at a time: wait for its result, or withdraw it."
    ) % {"reference": other.reference, "day": since, "state": other.public_status.label}
