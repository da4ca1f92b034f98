"""What an adjusted certificate does to the register: the chain's entry, the next version, the project's facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cases.errors import Invalid
from projects.chain import PARTS, Capital, ChainRefused, append, totals
from projects.granting import facts_of, stated_capital
from projects.models import CapitalEvent, Project, ProjectVersion
from projects.register import LICENSED
from projects.versions import add_version

if TYPE_CHECKING:
    from adjustments.models import Adjustment

Kind = CapitalEvent.Kind


def latest_of(adjustment: Adjustment) -> ProjectVersion | None:
    """The version in force of the dossier's project."""
    return adjustment.project.versions.newest() if adjustment.project else None


def ensure_base(adjustment: Adjustment) -> Project:
    """The project, locked, if it is licensed and the dossier's base still in force. Raises Invalid."""
    if adjustment.project_id is None:
        raise Invalid({"project": [_("Please choose the project whose certificate is to change.")]})
    project = Project.objects.select_for_update().get(pk=adjustment.project_id)
    if project.state not in LICENSED:
        raise Invalid({"project": [ended_sentence(project)]})
    latest = project.versions.newest()
    if latest is not None and latest != adjustment.base:
        raise Invalid({"base": [stale_sentence(adjustment.base, latest)]})
    return project


def ended_sentence(project: Project) -> str:
    """That the certificate of a project in this state can no longer change."""
    words = {"project": project.name, "state": project.get_state_display()}
    return _("The project “%(project)s” is “%(state)s”: its certificate can no longer change.") % words


def stale_sentence(base: ProjectVersion | None, latest: ProjectVersion) -> str:
    """That the certificate has changed since, with both numbers."""
    return _(
        "The application starts from adjustment %(base)s of the certificate, but adjustment %(latest)s (certificate "
        "%(number)s) is in force since %(day)s. Compare it with what you ask for and go on from there."
    ) % {
        "base": base.number if base else "–",
        "latest": latest.number,
        "number": latest.certificate_number,
        "day": date_format(latest.effective_on, "DATE_FORMAT"),
    }


def take_effect(
    adjustment: Adjustment, *, certificate_number: str, project_code: str, on: date, by: User | None
) -> None:
    """Write the capital event and the version, and let the register say what the certificate now says."""
    with transaction.atomic():
        project = ensure_base(adjustment)
        if project.national_code and project_code != project.national_code:
            raise Invalid({"project_code": [_("The project has the code %(known)s, not %(given)s.") % {
                "known": project.national_code, "given": project_code}]})  # fmt: skip
        capital = capital_change(adjustment, project)
        wanted = adjustment.wanted
        try:
            append(
                project, event_kind(adjustment, capital), capital=capital, effective_on=on, by=by,
                certificate_number=certificate_number, rate=wanted.exchange_rate, rate_on=wanted.rate_on,
            )  # fmt: skip
        except ChainRefused as refused:
            raise Invalid({"capital": [str(refused)]}) from refused
        add_version(
            project, adjustment.proposed, case=adjustment.case, certificate_number=certificate_number, on=on, by=by,
            first_number=(adjustment.earlier_adjustments or 0) + 1,
        )  # fmt: skip
        for name, value in facts_of(wanted).items():
            setattr(project, name, value)
        project.national_code = project.national_code or project_code
        project.authority = adjustment.case.authority or project.authority
        project.save()


def capital_change(adjustment: Adjustment, project: Project) -> Capital:
    """What is to be added to the chain so that it adds up to what the new certificate states, part by part.

    A total that the chain has never known (a public source stated the other currency only) is left unknown while the
    other one stays: stating it for the first time is no change of the capital, and the chain has no event for it.
    """
    stated, known = stated_capital(adjustment.wanted).amounts(), totals(project)
    change: dict[str, Decimal | None] = {}
    for currency in ("vnd", "usd"):
        parts = [f"{part}_{currency}" for part in PARTS]
        whole = [stated[name] is not None and known[name] is not None for name in parts]
        for name in parts:
            change[name] = _less(stated[name], known[name]) if all(whole) else None
        change[f"total_{currency}"] = _less(stated[f"total_{currency}"], known[f"total_{currency}"])
    for currency, other in (("vnd", "usd"), ("usd", "vnd")):
        first_stated = known[f"total_{currency}"] is None and known[f"total_{other}"] is not None
        if first_stated and not change[f"total_{other}"]:
            change[f"total_{currency}"] = None
    return Capital(**change)


def _less(after: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if after is None else after - (before or Decimal(0))


def event_kind(adjustment: Adjustment, capital: Capital) -> str:
    """What the chain calls the change: by its sign, and where there is none by what was asked for."""
    amounts = capital.amounts()
    total = amounts["total_usd"] if amounts["total_usd"] is not None else amounts["total_vnd"]
    if total:
        return Kind.INCREASE if total > 0 else Kind.DECREASE
    if any(amounts.values()):
        return Kind.CORRECTION
    return Kind.TRANSFER if adjustment.intent == adjustment.Intent.TRANSFER else Kind.AMENDMENT
