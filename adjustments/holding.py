"""One open application for adjustment per project: taken with the submission, given back when the case has ended."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from adjustments.granting import ended_sentence
from adjustments.models import Adjustment
from adjustments.rivals import open_on, second_sentence
from cases.errors import Invalid
from cases.models import Case, Event
from projects.models import Project
from projects.register import LICENSED


def on_case_moved(sender: type[Case], case: Case, event: Event, **kwargs: Any) -> None:
    """Listen to `case_moved`, in the moving transaction: a second open application undoes its own submission."""
    del sender, kwargs
    if case.kind != "adjustment":
        return
    if event.verb == "submit":
        hold(case.dossier)  # type: ignore[arg-type]  # the kind says it is an adjustment
    elif case.has_ended:
        Adjustment.objects.filter(pk=case.pk).update(holds=None)


def hold(adjustment: Adjustment) -> None:
    """Mark the project as having this open application. Raises Invalid if it has another."""
    if adjustment.project_id is None:
        raise Invalid({"project": [_("Please choose the project whose certificate is to change.")]})
    project = Project.objects.select_for_update().get(pk=adjustment.project_id)
    if project.state not in LICENSED:
        raise Invalid({"project": [ended_sentence(project)]})
    other = open_on(adjustment)
    if other is not None:
        raise Invalid({"project": [second_sentence(other)]})
    try:
        with transaction.atomic():
            Adjustment.objects.filter(pk=adjustment.pk).update(holds=adjustment.project_id)
    except IntegrityError as error:
        raise Invalid({"project": [_("Another application for this project is open.")]}) from error
