"""The adjustment dossier: what is to change in the certificate of a licensed project, and why.

Decree 96/2026, articles 52(1) and 56. The dossier starts from the certificate in force and keeps the content as it is
to become; what changes is reckoned from both, and each changed item is a row with its reason and its rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from adjustments import certificate, checks, effects, granting, items, sheet
from adjustments.content import Content, Item, changes
from adjustments.outline import OWN
from adjustments.procedure import procedure_code, required_papers
from adjustments.rules.change import Change
from cases.findings import Finding
from cases.models import Dossier
from cases.sheet import Part
from projects.columns import count, day, prose, usd, vnd, words, yes_no
from projects.models import Project, ProjectVersion, Registration
from projects.routing import authority_code
from projects.shape import hydrated, plain


class Adjustment(Dossier):
    """What an investor asks to change. `proposed` is the whole content as it is to become."""

    class Intent(models.TextChoices):
        INCREASE = "increase", _("Increase of the capital")
        DECREASE = "decrease", _("Decrease of the capital")
        CORRECTION = "correction", _("Correction that leaves the total capital as it is")
        TRANSFER = "transfer", _("Transfer between investors")
        OTHER = "other", _("Other changes")

    class ScheduleException(models.TextChoices):
        NONE = "none", _("None of these")
        FORCE_MAJEURE = "force_majeure", _("Force majeure")
        LATE_LAND = "late_land", _("The State handed the land over late")
        AUTHORITY = "authority", _("An authority asked for it, or its procedures were late")
        PLANNING = "planning", _("The planning was changed by an authority")
        OBJECTIVE = "objective", _("An objective of the in-principle approval is changed or added")
        CAPITAL_20 = "capital_20", _("The total capital rises by 20 % or more, which changes the scale")

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name=_("project")
    )
    base = models.ForeignKey(
        ProjectVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("certificate it starts from"),
    )  # fmt: skip
    holds = models.OneToOneField(
        Project, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="open_adjustment",
        help_text=_("The project while the application is open: a project has one at a time."),
    )  # fmt: skip
    proposed = models.JSONField(_("content as it is to become"), default=dict, encoder=DjangoJSONEncoder)
    # --- why, and who decided it ------------------------------------------------------------------------------------
    intent = models.CharField(_("what is asked for"), max_length=10, choices=Intent.choices, blank=True)
    reason = prose(_("reason for the change"))
    decision_number = words(_("number of the investor's decision"), 80)
    decision_on = day(_("date of the investor's decision"))
    decision_by = words(_("who decided for the investor"), 200)
    address_remapped = yes_no(_("Do addresses change only because wards, communes or provinces were rearranged?"))
    late_handover = yes_no(_("Does the schedule change only because the State handed the land over late?"))
    operation_started = yes_no(_("Is the project in operation already, in full or in part?"))
    schedule_exception = models.CharField(
        _("legal ground for a later completion"), max_length=14, choices=ScheduleException.choices, blank=True
    )
    # --- a certificate that was not issued here: what this adjustment restates ---------------------------------------
    earlier_number = words(_("number of the certificate in force"), 60)
    earlier_first_on = day(_("day of the first certificate"))
    earlier_adjustments = count(_("how many times the certificate has been adjusted before"))
    earlier_last_on = day(_("day of the latest adjustment"))
    # --- report on the implementation so far ------------------------------------------------------------------------
    report_on = day(_("state of the report on"))
    disbursed_contributed_vnd = vnd(_("contributed capital paid in so far (VND)"))
    disbursed_contributed_usd = usd(_("contributed capital paid in so far (USD)"))
    disbursed_mobilised_vnd = vnd(_("mobilised capital disbursed so far (VND)"))
    report_progress = prose(_("progress against the schedule"))
    report_workers = count(_("workers now"))
    report_revenue_vnd = vnd(_("net revenue of the last full year (VND)"))
    report_export_usd = usd(_("export value of the last full year (USD)"))
    report_profit_vnd = models.DecimalField(
        _("profit after tax of the last full year (VND)"), max_digits=20, decimal_places=0, null=True, blank=True
    )
    report_taxes_vnd = vnd(_("taxes and fees paid in the last full year (VND)"))
    report_problems = prose(_("difficulties and proposals"))
    supervision_report_filed = yes_no(_("Has the investment supervision report been filed before this application?"))

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")

    def __str__(self) -> str:
        return self.title() or str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new dossier starts from the company's licensed project where there is only one."""
        if self._state.adding and self.project_id is None:
            items.start_from_only_project(self)
        super().save(*args, **kwargs)

    # --- content ----------------------------------------------------------------------------------------------------
    @property
    def current(self) -> Content:
        """The content of the certificate the dossier starts from; empty without one."""
        content: Content = self.base.data if self.base else {}
        return content

    @cached_property
    def certified(self) -> Registration:
        """The project as certified today, to be read like a registration."""
        return hydrated(self.current, self.case)

    @cached_property
    def wanted(self) -> Registration:
        """The project as it is to become, to be read like a registration."""
        return hydrated(self.proposed, self.case)

    @cached_property
    def changed(self) -> list[Item]:
        """What differs between the two."""
        return changes(self.current, self.proposed) if self.project_id else []

    def forget(self) -> None:
        """Reckon anew after the content was written."""
        for name in ("certified", "wanted", "changed", "change"):
            self.__dict__.pop(name, None)

    @cached_property
    def change(self) -> Change:
        """What differs, as the rules of the law read it.

        Where the certificate was not issued here, the totals before are those of the register.
        """
        before = self.certified
        if self.base is None and self.project is not None:
            before = hydrated(items.known_totals(self.project), self.case)
        return Change(
            before, self.wanted, self.changed, remapped=bool(self.address_remapped),
            late_handover=bool(self.late_handover), operating=self.operation_started,
            exception=self.schedule_exception, restated=self.base is None,
        )  # fmt: skip

    # --- what every dossier says (see cases.models.Dossier) ---------------------------------------------------------
    def title(self) -> str:
        """The project's name."""
        return self.project.name if self.project else ""

    def amount_usd(self) -> Decimal | None:
        """The change of the total capital in USD, signed."""
        if not self.project_id:
            return None
        before, after = (content.total_capital_usd or Decimal(0) for content in (self.change.before, self.wanted))
        return after - before

    def search_words(self) -> Sequence[str]:
        """Names and codes of the project."""
        project = self.project
        return [project.code or "", project.national_code, project.name_en, project.investors] if project else []

    def procedure_code(self) -> str:
        """The procedure of the slowest change."""
        return procedure_code(self)

    def authority_code(self) -> str:
        """The authority of the project as it is to become."""
        return authority_code(self.wanted)

    def required_papers(self) -> frozenset[str]:
        """Papers that what changes calls for."""
        return required_papers(self)

    def known_project_code(self) -> str:
        """The code the national system gave the project."""
        return self.project.national_code if self.project else ""

    def effects(self) -> Sequence[str]:
        """The total that it becomes, and the certificate that ends."""
        return tuple(effects.sentences(self)) if self.project_id else ()

    def findings(self, on: date) -> list[Finding]:
        """Every check under the rules of that day."""
        return checks.findings(self, on)

    def sheet(self) -> list[Part]:
        """The certificate today beside what is asked for."""
        return sheet.parts(self)

    def as_data(self) -> dict[str, Any]:
        """Its own answers, and of the content what changes, in the shape the API takes."""
        own = {name: plain(self, name) for name in OWN}
        return {
            "project": self.project.code if self.project else None,
            "base_version": self.base.number if self.base else None,
            **own,
            **items.as_data(self),
        }

    def grant(self, *, by: User, at: datetime) -> None:
        """Decide only on the certificate that is still in force."""
        del by, at
        granting.ensure_base(self)

    def certificate_content(self) -> dict[str, Any]:
        """The whole project restated, and first what changes."""
        return dict(certificate.content(self))

    def take_effect(self, *, certificate_number: str, project_code: str, on: date, by: User | None) -> None:
        """The chain's entry and the next version, in the issuing transaction."""
        granting.take_effect(self, certificate_number=certificate_number, project_code=project_code, on=on, by=by)


class AdjustmentItem(models.Model):
    """One changed item: what the certificate says, what is asked for, why, and how the law treats it."""

    class RuleClass(models.TextChoices):
        FAST = "fast", _("3 working days")
        STANDARD = "standard", _("7 working days")
        SPECIAL = "special", _("special procedure, 15 working days")
        APPROVAL = "approval", _("in-principle approval first")

    adjustment = models.ForeignKey(Adjustment, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(_("item"), max_length=80)
    before = models.JSONField(_("in the certificate"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("asked for"), null=True, encoder=DjangoJSONEncoder)
    reason = prose(_("reason"))
    rule_class = models.CharField(_("rule"), max_length=8, choices=RuleClass.choices)
    clause = models.CharField(_("clause"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("changed item")
        verbose_name_plural = _("changed items")
        ordering = ("adjustment", "position")
        constraints: ClassVar = [models.UniqueConstraint(fields=("adjustment", "path"), name="one_item_per_path")]

    def __str__(self) -> str:
        return self.path
