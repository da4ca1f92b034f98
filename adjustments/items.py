"""Writing the content of an adjustment: where it starts, what was changed, and the row for each changed item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from adjustments.content import Content, changed_content, overlaid
from adjustments.procedure import law_day
from adjustments.rules.law import class_of, fired
from adjustments.structure import CURRENCIES, TOTAL, written
from cases.errors import Invalid
from projects.capital import totals
from projects.models import Project
from projects.register import LICENSED
from projects.shape import blank

if TYPE_CHECKING:
    from adjustments.models import Adjustment

MANY = 2


def adjustable(adjustment: Adjustment) -> list[Project]:
    """The projects whose certificate the company may ask to change, by name."""
    licensed = Project.objects.filter(organisation=adjustment.case.organisation_id)
    return list(licensed.filter(state__in=LICENSED).order_by("name", "pk"))


def start_from_only_project(adjustment: Adjustment) -> None:
    """Begin with the company's project where there is only one."""
    found = adjustable(adjustment)[:MANY]
    if len(found) == 1:
        start_from(adjustment, found[0])


def start_from(adjustment: Adjustment, project: Project) -> None:
    """Begin with the certificate in force of a project; what was entered for another one is never thrown away."""
    if adjustment.project_id == project.pk:
        return
    if something_entered(adjustment):
        raise Invalid({"project": [other_project_sentence(adjustment.project, project)]})
    adjustment.project, adjustment.base = project, project.versions.newest()
    adjustment.proposed = _beginning(adjustment)
    adjustment.earlier_number = ""
    adjustment.earlier_first_on = adjustment.earlier_adjustments = adjustment.earlier_last_on = None
    adjustment.forget()


def something_entered(adjustment: Adjustment) -> bool:
    """Whether anything differs from what the application began with, which for a certificate that was not issued here
    is what the register knows.
    """
    return bool(changed_content(_beginning(adjustment), adjustment.proposed)) if adjustment.project_id else False


def _beginning(adjustment: Adjustment) -> Content:
    if adjustment.base is not None:
        content: Content = adjustment.base.data
        return content
    return _known(adjustment.project) if adjustment.project else {}


def other_project_sentence(first: Project | None, other: Project) -> str:
    """That an application is about one project, and another needs its own."""
    return _("Changes to “%(project)s” have been entered here already. Open another application for “%(other)s”.") % {
        "project": first,
        "other": other,
    }


def take_newer_base(adjustment: Adjustment) -> None:
    """Go on from the certificate in force now: what was asked for is laid over it."""
    if adjustment.project is None:
        return
    asked = changed_content(adjustment.current, adjustment.proposed)
    adjustment.base = adjustment.project.versions.newest()
    write(adjustment, overlaid(adjustment.current, asked))


def write(adjustment: Adjustment, proposed: Content, reasons: dict[str, str] | None = None) -> None:
    """Keep the content as it is to become, and bring the items in step; a reason stays with its item."""
    adjustment.proposed = proposed
    adjustment.forget()
    adjustment.save()
    restate(adjustment, reasons)


def restate(adjustment: Adjustment, reasons: dict[str, str] | None = None) -> None:
    """One row for each changed item, with how the law of the dossier's day treats it."""
    known = {item.path: item.reason for item in adjustment.items.all()} | (reasons or {})
    applying = fired(adjustment.change, law_day(adjustment))
    model = adjustment.items.model
    adjustment.items.all().delete()
    rows = []
    for position, item in enumerate(adjustment.changed):
        kind, clause = class_of(item, adjustment.change, applying)
        rows.append(model(
            adjustment=adjustment, position=position, path=item.path, before=item.before, after=item.after,
            reason=known.get(item.path, ""), rule_class=kind, clause=clause,
        ))  # fmt: skip
    model.objects.bulk_create(rows)


def as_data(adjustment: Adjustment) -> dict[str, Any]:
    """What changes: the answers as they are to become, and the items with old, new, reason and rule."""
    kept = [
        {name: getattr(item, name) for name in ("path", "before", "after", "reason", "rule_class", "clause")}
        for item in adjustment.items.all()
    ]
    return changed_content(adjustment.current, adjustment.proposed) | {"items": kept}


def known_totals(project: Project) -> Content:
    """The total capital as the chain of the project adds up to."""
    found = totals(project)
    amounts = {currency: found[f"total_{currency}"] for currency in CURRENCIES}
    return {f"{TOTAL}_{name}": written(amount, name) for name, amount in amounts.items() if amount is not None}


def _known(project: Project) -> Content:
    """What the register knows of a project whose certificate was not issued here: the rest is to be restated."""
    return blank() | {
        "project_name": project.name,
        "project_name_en": project.name_en,
        "location": "zone" if project.zone_id else "",
        "zone": project.zone.code if project.zone else None,
    }
